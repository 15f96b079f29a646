//! Who has read a message.

use larkspur_api::{
    code::{gateway, message},
    id::MessageId,
    im::v1::message::{
        read_status::{self, ReadStatus},
        read_users::{ReadUser, Request, Response},
    },
    time::Millis,
};
use larkspur_store::{
    Actor, Tx, View,
    message::{MessageRow, State},
};

use super::{check_bot, check_member, find, find_or_unknown};
use crate::{Caller, Context, Failure, Result, page, person};

/// How long it is told who read a message, in ms: 7 days.
const TOLD_FOR: i64 = 7 * 24 * 60 * 60 * 1000;

/// Notes that a user has read a message. Tells whether that is new, and so whether there is something to
/// [tell](crate::event::message::read).
///
/// Nothing is noted of one's own messages, of messages in chats one is not in, and of what was recalled.
pub fn mark_read(tx: &Tx<'_>, context: &Context, user: i64, message: &MessageRow) -> Result<bool> {
    let reader = Actor::User(user);
    if message.sender == reader || message.state != State::Sent || tx.member(message.chat, reader)?.is_none()
    {
        return Ok(false);
    }
    Ok(tx.insert_read_mark(message.id, user, context.now().max(message.created_at))?)
}

/// Of each message whether the user who asks has read it. One's own are read.
pub fn status(view: &View<'_>, caller: &Caller, message_ids: &[MessageId]) -> Result<read_status::Response> {
    // Apps read nothing: the endpoint takes no token of theirs.
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let mut response = read_status::Response::default();
    for message_id in message_ids {
        let row = match find(view, caller, message_id.as_str()) {
            Ok(row) => Some(row),
            Err(Failure::Refused(_)) => None,
            Err(failure) => return Err(failure),
        };
        match row {
            Some(row) if row.state == State::Sent && view.member(row.chat, caller.actor())?.is_some() => {
                let is_read = row.sender == caller.actor() || view.has_read(row.id, user)?;
                let message_id = message_id.clone();
                response.items.push(ReadStatus { message_id, is_read, ..ReadStatus::default() });
            }
            _ => response.invalid_message_ids.push(message_id.clone()),
        }
    }
    Ok(response)
}

/// A page of the users who have read a message of the caller.
pub fn readers(view: &View<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    check_bot(&caller.app)?;
    let row = find_or_unknown(view, caller, request.message_id.as_str())?;
    let chat = view.chat_by_row(row.chat)?.ok_or(message::BOT_OUTSIDE_GROUP)?;
    check_member(view, caller, &chat)?;
    if row.sender != caller.actor() {
        return Err(message::NOT_SENDER.into());
    }
    if row.state != State::Sent {
        return Err(message::DELETED.into());
    }
    if context.now() - row.created_at > TOLD_FOR {
        return Err(message::READ_STATUS_EXPIRED.into());
    }
    let identity = format!("im.v1.message.read_users {}", row.message_id);
    let after = match request.page_token.as_deref() {
        None => (i64::MIN, 0),
        Some(token) => {
            page::place(&identity, token).map_err(|_| message::INVALID_PARAM.because("invalid page_token"))?
        }
    };
    let size = request.page_size.unwrap_or(20);
    let mut marks = view.readers(row.id, after, size + 1)?;
    let has_more = marks.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        marks.pop();
    }
    let last = marks.last().filter(|_| has_more);
    let page_token = last.map(|last| page::token(&identity, (last.read_at, last.user)));
    let mut items = Vec::with_capacity(marks.len());
    for mark in marks {
        if let Some(user) = view.user_by_row(mark.user)? {
            items.push(ReadUser {
                user_id: person::name_of(view, &caller.app, &request.user_id_type, &user)?,
                user_id_type: request.user_id_type.clone(),
                timestamp: Millis(mark.read_at),
                tenant_key: user.tenant_key,
                ..ReadUser::default()
            });
        }
    }
    Ok(Response { items, has_more, page_token, ..Response::default() })
}
