//! Reading single messages.

use larkspur_api::{code::message, im::v1::message::Message};
use larkspur_store::{
    View,
    message::{MessageRow, State},
};

use super::{Form, check_bot, check_member, check_read_scope, find_with_children, forward, show};
use crate::{Caller, Context, Failure, Result};

/// A message, and behind a merged forward all that stands in it: each message before those in it.
pub fn get(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    form: &Form,
) -> Result<Vec<Message>> {
    check_bot(&caller.app)?;
    let row = find_with_children(view, caller, message_id)?;
    let mut messages = vec![readable(view, context, caller, &row, form)?];
    if row.state == State::Sent {
        let chat = view.chat_by_row(row.chat)?.ok_or(message::BOT_OUTSIDE_GROUP)?;
        for child in forward::below(view, &row)? {
            messages.push(show(view, context, caller, &chat, &child, form)?);
        }
    }
    Ok(messages)
}

/// The messages that ids name, without those that cannot be read.
pub fn mget(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    message_ids: &[String],
    form: &Form,
) -> Result<Vec<Message>> {
    check_bot(&caller.app)?;
    let mut messages = Vec::with_capacity(message_ids.len());
    for message_id in message_ids {
        match find_with_children(view, caller, message_id)
            .and_then(|row| readable(view, context, caller, &row, form))
        {
            Ok(message) => messages.push(message),
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(messages)
}

fn readable(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    row: &MessageRow,
    form: &Form,
) -> Result<Message> {
    let chat = view.chat_by_row(row.chat)?.ok_or(message::BOT_OUTSIDE_GROUP)?;
    check_member(view, caller, &chat)?;
    check_read_scope(caller, &chat)?;
    if row.state == State::Deleted || forward::is_gone(view, row)? {
        return Err(message::DELETED.into());
    }
    show(view, context, caller, &chat, row, form)
}
