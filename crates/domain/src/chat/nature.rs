//! What users and administrators make of a chat, and what bots may then not do in it.

use larkspur_api::{
    Code,
    code::{gateway, message},
    platform::chat::{ChatKind, Nature as Shown, update::Request},
};
use larkspur_store::{Tx, View, chat::ChatRow, message::MessageRow};
use serde::{Deserialize, Serialize};

use super::Settings;
use crate::{Caller, Result};

/// What no app can change, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Nature {
    pub(crate) kind: ChatKind,
    pub(crate) muted: bool,
    pub(crate) bot_stopped: bool,
    pub(crate) hides_history: bool,
    pub(crate) self_destructs: bool,
    pub(crate) banned: bool,
}

impl Nature {
    /// The nature of a chat.
    pub(crate) fn of(chat: &ChatRow) -> Self {
        Settings::of(chat).nature
    }
}

/// Changes what the request names.
pub fn update(tx: &Tx<'_>, request: &Request) -> Result<Shown> {
    let chat_id = request.chat_id.as_str();
    let unknown = || gateway::FIELD_VALIDATION_FAILED.field("chat_id", chat_id, "no such chat");
    let row = tx.chat_by_chat_id(chat_id)?.ok_or_else(unknown)?;
    let settings = Settings::of(&row);
    let old = settings.nature.clone();
    let nature = Nature {
        kind: request.kind.clone().unwrap_or(old.kind),
        muted: request.muted.unwrap_or(old.muted),
        bot_stopped: request.bot_stopped.unwrap_or(old.bot_stopped),
        hides_history: request.hides_history.unwrap_or(old.hides_history),
        self_destructs: request.self_destructs.unwrap_or(old.self_destructs),
        banned: request.banned.unwrap_or(old.banned),
    };
    let settings = Settings { nature: nature.clone(), ..settings };
    tx.update_chat(row.id, &settings.to_column(), row.owner)?;
    Ok(Shown {
        chat_id: request.chat_id.clone(),
        kind: nature.kind,
        muted: nature.muted,
        bot_stopped: nature.bot_stopped,
        hides_history: nature.hides_history,
        self_destructs: nature.self_destructs,
        banned: nature.banned,
        ..Shown::default()
    })
}

/// Refuses a bot in a chat with people of other tenants: none here is shared with them.
pub(crate) fn check_internal(caller: &Caller, chat: &ChatRow, code: Code) -> Result<()> {
    if caller.user.is_none() && Nature::of(chat).kind == ChatKind::External {
        Err(code.into())
    } else {
        Ok(())
    }
}

/// Refuses to write where nobody may: a muted group.
pub(crate) fn check_not_muted(chat: &ChatRow, code: Code) -> Result<()> {
    if Nature::of(chat).muted { Err(code.into()) } else { Ok(()) }
}

/// Refuses a bot that its user stopped.
pub(crate) fn check_not_stopped(caller: &Caller, chat: &ChatRow, code: Code) -> Result<()> {
    if caller.user.is_none() && Nature::of(chat).bot_stopped { Err(code.into()) } else { Ok(()) }
}

/// Refuses a message that destructs itself.
pub(crate) fn check_lasting(chat: &ChatRow) -> Result<()> {
    if Nature::of(chat).self_destructs { Err(message::SELF_DESTRUCTS.into()) } else { Ok(()) }
}

/// When the caller joined, if what was before is hidden from it.
pub(crate) fn hidden_before(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<Option<i64>> {
    if !Nature::of(chat).hides_history {
        return Ok(None);
    }
    Ok(view.member(chat.id, caller.actor())?.map(|member| member.joined_at))
}

/// Whether a message is older than the caller's membership, and so hidden.
pub(crate) fn is_hidden(view: &View<'_>, caller: &Caller, chat: &ChatRow, row: &MessageRow) -> Result<bool> {
    Ok(hidden_before(view, caller, chat)?.is_some_and(|joined_at| row.created_at < joined_at))
}
