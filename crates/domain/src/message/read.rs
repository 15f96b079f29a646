//! Reading single messages.

use larkspur_api::{code::message, im::v1::message::Message};
use larkspur_store::{
    View,
    message::{MessageRow, State},
};

use super::{Form, check_bot, check_member, check_read_scope, find, show};
use crate::{Caller, Context, Failure, Result};

/// A message.
pub fn get(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    form: &Form,
) -> Result<Message> {
    check_bot(&caller.app)?;
    let row = find(view, caller, message_id)?;
    readable(view, context, caller, &row, form)
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
        match find(view, caller, message_id).and_then(|row| readable(view, context, caller, &row, form)) {
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
    if row.state == State::Deleted {
        return Err(message::DELETED.into());
    }
    show(view, context, caller, &chat, row, form)
}
