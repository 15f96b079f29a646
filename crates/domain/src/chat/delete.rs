//! Dissolving a group.

use larkspur_api::code::chat;
use larkspur_store::{Actor, Tx};

use super::{check_bot, find_as_member};
use crate::{Caller, Context, Result, event};

/// Dissolves a group: its owner may, and the bot that made it and has the scope for that.
///
/// Nobody is a member any more, so nobody reads its messages, and its custom bots are gone.
pub fn delete(tx: &Tx<'_>, context: &Context, caller: &Caller, chat_id: &str) -> Result<()> {
    check_bot(&caller.app)?;
    let row = find_as_member(tx, caller, chat_id)?;
    if row.chat_mode != "group" {
        return Err(chat::CHAT_TYPE_UNSUPPORTED.into());
    }
    let actor = caller.actor();
    let made_it = matches!(actor, Actor::App(app) if row.creator == Some(app));
    if row.owner != Some(actor) && !(made_it && caller.app.has_scope("im:chat:operate_as_owner")) {
        return Err(chat::ADD_FORBIDDEN.into());
    }
    event::chat::disbanded(tx, context, &row, actor)?;
    tx.dissolve_chat(row.id)?;
    Ok(())
}
