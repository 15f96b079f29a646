//! What a user set for a chat.

use larkspur_api::{
    code::chat,
    im::v1::chat_user_setting::{
        batch_query::{self, ChatUserSetting},
        batch_update::{self, InvalidId},
    },
};
use larkspur_store::{Tx, View, chat::ChatRow};

use crate::{Caller, Result};

/// A chat that the calling user is in.
fn own(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<Option<ChatRow>> {
    let Some(row) = view.chat_by_chat_id(chat_id)? else { return Ok(None) };
    Ok(view.member(row.id, caller.actor())?.map(|_| row))
}

/// What the calling user set. Chats that the user is not in are left out.
pub fn query(
    view: &View<'_>,
    caller: &Caller,
    request: &batch_query::Request,
) -> Result<batch_query::Response> {
    let mut items = Vec::new();
    for chat_id in &request.chat_ids {
        let (Some(row), Some(user)) = (own(view, caller, chat_id.as_str())?, caller.user) else { continue };
        let setting = view.chat_user_setting(row.id, user)?.unwrap_or_default();
        items.push(ChatUserSetting {
            chat_id: chat_id.clone(),
            is_muted: setting.is_muted,
            is_mute_at_all: setting.is_mute_at_all,
            ..ChatUserSetting::default()
        });
    }
    Ok(batch_query::Response { items, ..batch_query::Response::default() })
}

/// Sets what the request names, for the chats that the calling user is in.
pub fn update(
    tx: &Tx<'_>,
    caller: &Caller,
    request: &batch_update::Request,
) -> Result<batch_update::Response> {
    let mut invalid_ids = Vec::new();
    for wanted in &request.chat_settings {
        let (Some(row), Some(user)) = (own(tx, caller, wanted.chat_id.as_str())?, caller.user) else {
            let msg = chat::OUT_OF_CHAT.message(None);
            invalid_ids.push(InvalidId { id: wanted.chat_id.clone(), msg, ..InvalidId::default() });
            continue;
        };
        let mut setting = tx.chat_user_setting(row.id, user)?.unwrap_or_default();
        setting.is_muted = wanted.is_muted.unwrap_or(setting.is_muted);
        setting.is_mute_at_all = wanted.is_mute_at_all.unwrap_or(setting.is_mute_at_all);
        tx.set_chat_user_setting(row.id, user, setting)?;
    }
    Ok(batch_update::Response { invalid_ids, ..batch_update::Response::default() })
}
