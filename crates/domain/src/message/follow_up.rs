//! Bubbles below the last message of a bot's chat with a user.

use std::collections::HashSet;

use larkspur_api::{code::message, im::v1::message::push_follow_up::FollowUp};
use larkspur_store::{
    Tx, View,
    message::{MessageRow, State},
};

use super::{check_bot, check_reachable, find};
use crate::{Caller, Context, Failure, Result};

/// How old the message may be, in ms: 600 s.
const MAX_AGE: i64 = 600 * 1000;

/// Hangs bubbles below a message that the caller sent.
pub fn push(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    follow_ups: &[FollowUp],
) -> Result<()> {
    check_bot(&caller.app)?;
    let row = find(tx, caller, message_id).map_err(|failure| match failure {
        Failure::Refused(refusal) if [message::INVISIBLE, message::DELETED].contains(&refusal.code) => {
            message::FOLLOW_UP_INVISIBLE.into()
        }
        other => other,
    })?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(message::FOLLOW_UP_INVISIBLE)?;
    if row.state != State::Sent || tx.member(chat.id, caller.actor())?.is_none() {
        return Err(message::FOLLOW_UP_INVISIBLE.into());
    }
    if chat.chat_mode != "p2p" {
        return Err(message::FOLLOW_UP_P2P_ONLY.into());
    }
    for other in tx.user_members(chat.id, 0, 2)? {
        match check_reachable(tx, &caller.app, other.member.row()) {
            Err(Failure::Refused(_)) => return Err(message::FOLLOW_UP_NO_AVAILABILITY.into()),
            reachable => reachable?,
        }
    }
    if row.sender != caller.actor() {
        return Err(message::INVALID_PARAM.because("the message is not sent by the bot").into());
    }
    if row.position != chat.last_position {
        return Err(message::FOLLOW_UP_NOT_LATEST.into());
    }
    if context.now() - row.created_at > MAX_AGE {
        return Err(message::FOLLOW_UP_EXPIRED.into());
    }
    if !follow_ups.iter().all(is_whole) {
        return Err(message::FOLLOW_UP_INVALID.into());
    }
    let column = serde_json::to_string(follow_ups).unwrap_or_default();
    if tx.insert_follow_ups(row.id, &column, context.now())? {
        Ok(())
    } else {
        Err(message::FOLLOW_UP_EXISTS.into())
    }
}

/// The bubbles that hang below a message now: none once another message came.
pub fn below(view: &View<'_>, row: &MessageRow) -> Result<Vec<FollowUp>> {
    let latest = view.chat_by_row(row.chat)?.is_some_and(|chat| chat.last_position == row.position);
    if !latest || row.state != State::Sent {
        return Ok(Vec::new());
    }
    let column = view.follow_ups(row.id)?;
    Ok(column.and_then(|column| serde_json::from_str(&column).ok()).unwrap_or_default())
}

/// Says something, and in each language once.
fn is_whole(bubble: &FollowUp) -> bool {
    let mut languages = HashSet::new();
    !bubble.content.is_empty()
        && bubble
            .i18n_contents
            .iter()
            .flatten()
            .all(|one| !one.content.is_empty() && languages.insert(&one.language))
}
