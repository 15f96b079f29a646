//! Replying to a message.

use larkspur_api::{
    code::message,
    im::v1::message::{Message, MsgType},
};
use larkspur_store::{
    Tx,
    chat::ChatRow,
    message::{MessageRow, State},
};

use super::{
    check_bot, find,
    send::{Draft, Place, once, post},
};
use crate::{Caller, Context, Result, chat};

/// Replies to a message, in its thread if it stands in one or is to start one.
pub fn reply(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    in_thread: bool,
    draft: &Draft,
) -> Result<Message> {
    check_bot(&caller.app)?;
    once(tx, context, caller, "im.v1.message.reply", draft.uuid.as_deref(), |tx| {
        let to = find(tx, caller, message_id)?;
        let chat = tx.chat_by_row(to.chat)?.ok_or(message::BOT_OUTSIDE_GROUP)?;
        if to.state != State::Sent {
            return Err(message::RECALLED.into());
        }
        if to.only_for.is_some() || MsgType::from(to.msg_type.as_str()) == MsgType::System {
            return Err(message::TYPE_NOT_SUPPORTED.into());
        }
        chat::nature::check_lasting(&chat)?;
        let place = place(tx, context, &chat, &to, in_thread)?;
        let threaded = place.thread_id.clone();
        let posted = post(tx, context, caller, &chat, &draft.content, place)?;
        // The thread begins with its first reply.
        if let Some(thread_id) = threaded.filter(|_| to.thread_id.is_none()) {
            tx.start_thread(to.id, &thread_id)?;
        }
        Ok(posted)
    })
}

fn place(tx: &Tx<'_>, context: &Context, chat: &ChatRow, to: &MessageRow, in_thread: bool) -> Result<Place> {
    if let Some(thread_id) = &to.thread_id {
        let root = tx.thread_root(thread_id)?.map_or_else(|| to.message_id.clone(), |root| root.message_id);
        let thread_position = Some(tx.thread_length(thread_id)? + 1);
        let (root_id, parent_id) = (Some(root.clone()), Some(root));
        return Ok(Place { root_id, parent_id, thread_id: Some(thread_id.clone()), thread_position });
    }
    let parent_id = Some(to.message_id.clone());
    if in_thread || chat::Settings::of(chat).is_threaded() {
        let thread_id = Some(context.thread_id().into());
        return Ok(Place { root_id: parent_id.clone(), parent_id, thread_id, thread_position: Some(2) });
    }
    let root_id = to.root_id.clone().or_else(|| parent_id.clone());
    Ok(Place { root_id, parent_id, ..Place::default() })
}
