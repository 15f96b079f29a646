//! Dissolving a group.

use larkspur_api::code::chat;
use larkspur_store::Tx;

use super::{check_available, check_bot, find_as_member, is_owner_or_maker};
use crate::{Caller, Context, Result, event};

/// Dissolves a group: its owner may, and the bot that made it and has the scope for that.
///
/// Nobody is a member any more, so nobody reads its messages, and its custom bots are gone.
pub fn delete(tx: &Tx<'_>, context: &Context, caller: &Caller, chat_id: &str) -> Result<()> {
    check_bot(&caller.app)?;
    check_available(caller)?;
    let row = find_as_member(tx, caller, chat_id)?;
    if row.chat_mode != "group" {
        return Err(chat::CHAT_TYPE_UNSUPPORTED.into());
    }
    if !is_owner_or_maker(caller, &row) {
        return Err(chat::ADD_FORBIDDEN.into());
    }
    event::chat::disbanded(tx, context, &row, caller.actor())?;
    tx.dissolve_chat(row.id)?;
    Ok(())
}
