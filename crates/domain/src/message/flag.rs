//! What users flag for later.

use larkspur_api::{
    code::gateway,
    im::v1::flag::{
        FlagType, ItemType, NewFlag,
        list::{FlagItem, Request, Response},
    },
    time::Millis,
};
use larkspur_store::{Actor, Tx, View, message::MessageRow};

use super::{Form, find, show};
use crate::{Caller, Context, Result, page};

/// Flags messages and threads, all of them or none.
pub fn create(tx: &Tx<'_>, context: &Context, caller: &Caller, items: &[NewFlag]) -> Result<()> {
    for item in items {
        let (user, row, item_type, flag_type) = checked(tx, caller, item)?;
        tx.put_flag(user, row.id, item_type, flag_type, context.now())?;
    }
    Ok(())
}

/// Takes flags away, all of them or none. Those that are not there do not matter.
pub fn cancel(tx: &Tx<'_>, context: &Context, caller: &Caller, items: &[NewFlag]) -> Result<()> {
    for item in items {
        let (user, row, item_type, flag_type) = checked(tx, caller, item)?;
        tx.cancel_flag(user, row.id, item_type, flag_type, context.now())?;
    }
    Ok(())
}

/// What the calling user has flagged, the last changed last.
pub fn list(view: &View<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let identity = format!("im.v1.flag.list {user}");
    let after = match request.page_token.as_deref().filter(|token| !token.is_empty()) {
        None => (i64::MIN, 0),
        Some(token) => {
            let wrong =
                |_| gateway::FIELD_VALIDATION_FAILED.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?
        }
    };
    let size = request.page_size.unwrap_or(50);
    let mut rows = view.flags(user, after, size + 1)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let last = rows.last().filter(|_| has_more);
    let page_token = last.map(|last| page::token(&identity, (last.updated_at, last.id)));
    let mut response = Response { has_more, page_token, ..Response::default() };
    for flag in rows {
        let Some(row) = view.message_by_row(flag.message)? else { continue };
        let item = FlagItem {
            item_id: row.message_id.as_str().into(),
            item_type: flag.item_type,
            flag_type: flag.flag_type,
            create_time: Millis(flag.created_at),
            update_time: Millis(flag.updated_at),
            ..FlagItem::default()
        };
        if flag.canceled {
            response.delete_flag_items.push(item);
            continue;
        }
        let is_seen = view.member(row.chat, Actor::User(user))?.is_some();
        if is_seen
            && ItemType::from(flag.item_type.to_string().as_str()) == ItemType::Default
            && let Some(chat) = view.chat_by_row(row.chat)?
        {
            response.messages.push(show(view, context, caller, &chat, &row, &Form::default())?);
        }
        response.flag_items.push(item);
    }
    Ok(response)
}

/// A message that the calling user sees, and the two types if they go together.
fn checked(view: &View<'_>, caller: &Caller, item: &NewFlag) -> Result<(i64, MessageRow, i64, i64)> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let (item_type, flag_type) = match (&item.item_type, &item.flag_type) {
        (ItemType::Default, FlagType::Message) => (0, 2),
        (ItemType::Thread, FlagType::Feed) => (4, 1),
        (ItemType::MsgThread, FlagType::Feed) => (11, 1),
        (_, flag_type) => {
            let what = "goes with item_type 0 as 2, with 4 and 11 as 1";
            let field = "flag_items[*].flag_type";
            return Err(gateway::FIELD_VALIDATION_FAILED.field(field, flag_type.as_str(), what).into());
        }
    };
    let id = item.item_id.as_str();
    let row = find(view, caller, id)?;
    if view.member(row.chat, Actor::User(user))?.is_none() {
        return Err(gateway::MESSAGE_ID_UNKNOWN.because(format!("[{id}]")).into());
    }
    Ok((user, row, item_type, flag_type))
}
