//! What users call themselves in single chats.

use larkspur_api::{
    code::{chat, gateway},
    im::v1::chat_nickname::{MAX_BYTES, get::Response},
};
use larkspur_store::{Tx, View};

use super::find_as_member;
use crate::{Caller, Result};

/// What the calling user is called in a chat; empty if it is as everywhere.
pub fn get(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<Response> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let row = find_as_member(view, caller, chat_id)?;
    let nickname = view.chat_nickname(row.id, user)?.unwrap_or_default();
    Ok(Response { nickname, ..Response::default() })
}

/// Sets what the calling user is called in a group, or forgets it.
pub fn set(tx: &Tx<'_>, caller: &Caller, chat_id: &str, nickname: Option<&str>) -> Result<()> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let row = find_as_member(tx, caller, chat_id)?;
    if row.chat_mode == "p2p" {
        return Err(chat::CHAT_TYPE_UNSUPPORTED.into());
    }
    if let Some(nickname) = nickname.filter(|name| name.is_empty() || name.len() > MAX_BYTES) {
        return Err(chat::INVALID_PARAM.field("nickname", nickname, "1 to 300 bytes").into());
    }
    Ok(tx.set_chat_nickname(row.id, user, nickname)?)
}
