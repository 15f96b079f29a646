//! What stands at the top of a group.

use larkspur_api::{
    code::chat,
    im::v1::{
        chat::Permission,
        chat_top_notice::put_top_notice::{ActionType, Request},
    },
};
use larkspur_store::{Tx, View, chat::ChatRow, message::State, top_notice::TopNoticeRow};

use super::{Settings, check_available, check_bot, find_as_member, is_owner_or_manager, nature};
use crate::{Caller, Result};

/// Puts a message or the announcement at the top of a group.
pub fn put(tx: &Tx<'_>, caller: &Caller, request: &Request) -> Result<()> {
    let row = manageable(tx, caller, request.chat_id.as_str())?;
    let wrong = |field: &str, value: &str, what: &str| chat::INVALID_PARAM.field(field, value, what);
    let mut last = None;
    for notice in &request.chat_top_notice {
        let message = match notice.action_type.clone().unwrap_or_default() {
            ActionType::Announcement => None,
            ActionType::Message => {
                let field = "chat_top_notice[*].message_id";
                let id =
                    notice.message_id.as_ref().ok_or_else(|| wrong(field, "", "message_id is required"))?;
                let message = tx.message(id.as_str())?.filter(|message| message.chat == row.id);
                let message = message.filter(|message| message.state == State::Sent);
                let message =
                    message.ok_or_else(|| wrong(field, id.as_str(), "no such message in this chat"))?;
                nature::check_lasting(&row)?;
                Some(message.id)
            }
            ActionType::Other(other) => {
                return Err(wrong("chat_top_notice[*].action_type", &other, "options: [1,2]").into());
            }
        };
        last = Some(TopNoticeRow { message });
    }
    let last = last.ok_or_else(|| wrong("chat_top_notice", "", "chat_top_notice is required"))?;
    tx.put_top_notice(row.id, last)?;
    Ok(())
}

/// Takes away what stands at the top of a group, if anything does.
pub fn delete(tx: &Tx<'_>, caller: &Caller, chat_id: &str) -> Result<()> {
    let row = manageable(tx, caller, chat_id)?;
    tx.delete_top_notice(row.id)?;
    Ok(())
}

/// A group whose top the caller may change.
fn manageable(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    check_bot(&caller.app)?;
    check_available(caller)?;
    let row = find_as_member(view, caller, chat_id)?;
    if row.chat_mode == "p2p" {
        return Err(chat::INVALID_PARAM.field("chat_id", chat_id, "only groups have a top notice").into());
    }
    if Settings::of(&row).pin_manage_setting == Permission::OnlyOwner
        && !is_owner_or_manager(view, caller, &row)?
    {
        return Err(chat::TOKEN_LACKS_PERMISSION.into());
    }
    Ok(row)
}
