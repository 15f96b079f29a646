//! Messages pinned to their chat.

use larkspur_api::{
    code::{chat as chat_code, message},
    im::v1::{
        chat::Permission,
        message::MsgType,
        pin::{OperatorIdType, Pin, list},
    },
    time::Millis,
    user::UserIdType,
};
use larkspur_store::{
    Actor, Tx, View,
    chat::ChatRow,
    message::{MessageRow, State},
    pin::PinRow,
};

use super::{check_bot, check_member, find};
use crate::{
    Caller, Context, Result, chat,
    page::{self, BadToken},
    person,
};

/// Pins a message, if it is not pinned yet.
pub fn create(tx: &Tx<'_>, context: &Context, caller: &Caller, message_id: &str) -> Result<Pin> {
    let (row, chat) = changeable(tx, context, caller, message_id)?;
    if row.state != State::Sent {
        return Err(message::RECALLED.into());
    }
    chat::nature::check_lasting(&chat)?;
    if row.only_for.is_some() || MsgType::from(row.msg_type.as_str()) == MsgType::System {
        return Err(message::TYPE_NOT_SUPPORTED.into());
    }
    if tx.pin_of(row.id)?.is_none() {
        tx.insert_pin(chat.id, row.id, caller.actor(), context.now())?;
    }
    let pin = tx.pin_of(row.id)?.ok_or(message::RECALLED)?;
    show(tx, context, caller, &chat, &pin)
}

/// Takes a message off the pins. One that is not pinned, or was recalled, is no reason to refuse.
pub fn delete(tx: &Tx<'_>, context: &Context, caller: &Caller, message_id: &str) -> Result<()> {
    let (row, _) = changeable(tx, context, caller, message_id)?;
    tx.delete_pin(row.id)?;
    Ok(())
}

/// A page of the pins of a chat.
pub fn list(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &list::Request,
) -> Result<list::Response> {
    check_bot(&caller.app)?;
    let invalid = |what: &str| message::INVALID_PARAM.because(what);
    let (from, to) = (request.start_time, request.end_time);
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        return Err(invalid("The end_time is earlier than the start_time").into());
    }
    let chat = view.chat_by_chat_id(request.chat_id.as_str())?;
    let chat = chat.filter(|chat| chat.tenant_key == caller.tenant_key());
    let chat = chat.ok_or_else(|| invalid("invalid chat_id"))?;
    check_member(view, caller, &chat)?;

    let identity = format!("im.v1.pin.list {} {from:?} {to:?}", chat.chat_id);
    let after = request.page_token.as_deref().map(|token| page::place(&identity, token)).transpose();
    let after = after.map_err(|bad| match bad {
        BadToken::Malformed => invalid("invalid page_token"),
        BadToken::OtherRequest => invalid("the request parameters have changed, page_token is invalid"),
    })?;
    let size = request.page_size.unwrap_or(20);
    let span = (from.map_or(i64::MIN, |from| from.0), to.map_or(i64::MAX, |to| to.0));
    let mut rows = view.pins(chat.id, span, after, size + 1)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let last = rows.last().filter(|_| has_more);
    let page_token = last.map(|last| page::token(&identity, (last.created_at, last.id)));
    let items = rows.iter().map(|row| show(view, context, caller, &chat, row)).collect::<Result<_>>()?;
    Ok(list::Response { items, has_more, page_token, ..list::Response::default() })
}

/// A message, and its chat, in which the caller may pin.
fn changeable(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
) -> Result<(MessageRow, ChatRow)> {
    check_bot(&caller.app)?;
    let row = find(view, caller, message_id)?;
    let chat = view.chat_by_row(row.chat)?.ok_or(message::PIN_CHAT_UNKNOWN)?;
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    check_member(view, caller, &chat)?;
    if chat::Settings::of(&chat).pin_manage_setting == Permission::OnlyOwner
        && !chat::is_owner_or_manager(view, caller, &chat)?
    {
        return Err(message::PIN_FORBIDDEN.into());
    }
    // Nobody slows people down.
    if caller.user.is_none() && !context.pace.allows_pin(row.id, context.now()) {
        return Err(message::PIN_TOO_OFTEN.into());
    }
    Ok((row, chat))
}

fn show(view: &View<'_>, context: &Context, caller: &Caller, chat: &ChatRow, row: &PinRow) -> Result<Pin> {
    let (operator_id, operator_id_type) = match row.operator {
        Actor::App(app) => {
            let app = context.apps.get(app).map(|app| app.row.app_id.clone());
            (app.unwrap_or_default(), OperatorIdType::AppId)
        }
        Actor::User(user) => {
            let name = match view.user_by_row(user)? {
                Some(user) => person::name_of(view, &caller.app, &UserIdType::OpenId, &user)?,
                None => String::new(),
            };
            (name, OperatorIdType::OpenId)
        }
    };
    Ok(Pin {
        message_id: row.message_id.as_str().into(),
        chat_id: chat.chat_id.as_str().into(),
        operator_id,
        operator_id_type,
        create_time: Millis(row.created_at),
        ..Pin::default()
    })
}
