//! Recalling a message.

use larkspur_api::code::{chat as chat_code, message};
use larkspur_store::{Actor, Tx, message::State};

use super::{check_bot, check_member, find, search};
use crate::{Caller, Context, Result, chat, event, tenant};

/// How old a message of someone else may be, in ms: a year.
const MAX_AGE_OF_OTHERS: i64 = 365 * 24 * 60 * 60 * 1000;

/// Recalls a message: one's own, or as owner, admin or creator of the group someone else's.
pub fn delete(tx: &Tx<'_>, context: &Context, caller: &Caller, message_id: &str) -> Result<()> {
    check_bot(&caller.app)?;
    let row = find(tx, caller, message_id)?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(message::BOT_OUTSIDE_GROUP)?;
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    check_member(tx, caller, &chat)?;
    if row.state != State::Sent {
        return Err(message::DELETED.into());
    }
    // What was sent to many is recalled from all of them, or not at all.
    if row.only_for.is_some() || tx.is_batch_part(row.id)? {
        return Err(message::TYPE_NOT_SUPPORTED.into());
    }
    if row.sender != caller.actor() {
        let made_it = matches!(caller.actor(), Actor::App(app) if chat.creator == Some(app));
        if chat.chat_mode == "p2p" || !(made_it || chat::is_owner_or_manager(tx, caller, &chat)?) {
            return Err(message::RECALL_FORBIDDEN.into());
        }
        if context.now() - row.created_at > MAX_AGE_OF_OTHERS {
            return Err(message::RECALL_EXPIRED.into());
        }
    }
    tenant::of(context, caller).check_recallable(context, &row)?;
    tx.set_message_state(row.id, State::Recalled, context.now().max(row.created_at))?;
    search::index::remove(tx, row.id)?;
    event::message::recalled(tx, context, &chat, &row, caller.actor())
}
