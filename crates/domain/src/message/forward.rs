//! Forwarding: a message again somewhere else, or several of them in one.
//!
//! A merged forward holds copies. They stand in no chat, and their `upper_message_id` leads up to it.

use std::collections::BTreeSet;

use larkspur_api::{
    Code,
    code::{chat as chat_code, message},
    content::MergeForward,
    id::MessageId,
    im::v1::message::{ForwardIdType, Message, MsgType, ReceiveIdType, merge_forward},
    platform::chat::ChatKind,
};
use larkspur_store::{
    Tx, View,
    chat::ChatRow,
    message::{Container, Listing, MessageRow, State},
};
use serde_json::Value;

use super::{
    check_bot, check_member, find_with_children,
    send::{self, Place, Stored, check_may_speak, once, write},
};
use crate::{
    Caller, Context, Failure, Result, card_entity,
    chat::{
        self,
        nature::{self, Nature},
    },
    tenant,
};

/// The most messages in a merged forward, those in forwards in it included. Copies of copies would fill any disk.
const MAX_BELOW: usize = 5000;

/// Where something is forwarded to.
#[derive(Clone, Debug)]
pub struct Target {
    /// How the id is to be read.
    pub receive_id_type: ForwardIdType,
    /// The receiver.
    pub receive_id: String,
    /// Requests with the same value forward to one receiver once.
    pub uuid: Option<String>,
}

impl Target {
    /// Under which name a request is remembered: it counts for this receiver alone.
    fn endpoint(&self, id: &str) -> String {
        format!("{id}/{}/{}", self.receive_id_type, self.receive_id)
    }

    /// The chat that is to get it, and the place in it.
    fn find(&self, tx: &Tx<'_>, context: &Context, caller: &Caller) -> Result<(ChatRow, Place)> {
        let id = self.receive_id.as_str();
        if self.receive_id_type == ForwardIdType::ThreadId {
            if !id.starts_with("omt_") {
                return Err(message::INVALID_PARAM.because("invalid receive_id").into());
            }
            let (root, chat) = thread(tx, caller, id)?.ok_or(message::THREAD_UNKNOWN)?;
            if nature::is_hidden(tx, caller, &chat, &root)? {
                return Err(message::TARGET_THREAD_INVISIBLE.into());
            }
            check_target(caller, &chat)?;
            let root_id = Some(root.message_id);
            let thread_position = Some(tx.thread_length(id)? + 1);
            let thread_id = Some(id.to_owned());
            return Ok((chat, Place { parent_id: root_id.clone(), root_id, thread_id, thread_position }));
        }
        let id_type = ReceiveIdType::from(self.receive_id_type.as_str());
        let chat = send::receiver(tx, context, caller, &id_type, id).map_err(|failure| match failure {
            Failure::Refused(refusal)
                if id_type == ReceiveIdType::ChatId && refusal.code == message::RECEIVE_ID_INVALID =>
            {
                message::FORWARD_CHAT_INVALID.into()
            }
            other => other,
        })?;
        check_target(caller, &chat)?;
        let place = Place::in_chat(context, &chat);
        Ok((chat, place))
    }
}

/// A message, and what stands in it.
struct Tree {
    row: MessageRow,
    below: Vec<Tree>,
}

/// Forwards a message.
pub fn forward(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    target: &Target,
) -> Result<Message> {
    check_bot(&caller.app)?;
    tenant::of(context, caller).check_key()?;
    let endpoint = target.endpoint("im.v1.message.forward");
    once(tx, context, caller, &endpoint, target.uuid.as_deref(), |tx| {
        let row = find_with_children(tx, caller, message_id)?;
        let chat = tx.chat_by_row(row.chat)?.ok_or(message::FORWARD_INVALID)?;
        check_source(tx, caller, &chat, message::FORWARD_SECRET)?;
        match row.state {
            State::Sent => {}
            State::Recalled => return Err(message::FORWARD_RECALLED.into()),
            State::Deleted => return Err(message::DELETED.into()),
        }
        if row.upper_message_id.is_some() {
            return Err(message::FORWARD_INVALID.into());
        }
        if !is_forwardable(&row)
            || MsgType::from(row.msg_type.as_str()) == MsgType::Audio
            || card_entity::is_streaming(tx, context, row.id)?
        {
            return Err(message::FORWARD_TYPE_UNSUPPORTED.into());
        }
        let mut left = MAX_BELOW;
        let below = trees(tx, &row, &mut left)?;
        let (chat, place) = target.find(tx, context, caller)?;
        check_may_speak(tx, caller, &chat)?;
        let stored = Stored { msg_type: row.msg_type, content: row.content, mentions: row.mentions };
        let (chat, made) = write(tx, context, caller, &chat, stored, place)?;
        copy(tx, context, &made, &below)?;
        Ok((chat, made))
    })
}

/// Forwards several messages as one.
pub fn merge(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_ids: &[MessageId],
    target: &Target,
) -> Result<merge_forward::Response> {
    check_bot(&caller.app)?;
    tenant::of(context, caller).check_key()?;
    let endpoint = target.endpoint("im.v1.message.merge_forward");
    let mut invalid = Vec::new();
    let message = once(tx, context, caller, &endpoint, target.uuid.as_deref(), |tx| {
        let mut rows = Vec::new();
        let mut recalled = 0;
        for message_id in message_ids {
            match mergeable(tx, caller, message_id.as_str())? {
                Ok(row) => rows.push(row),
                Err(state) => {
                    recalled += usize::from(state == State::Recalled);
                    invalid.push(message_id.clone());
                }
            }
        }
        let first = rows.first().ok_or(if recalled == message_ids.len() {
            message::FORWARD_ALL_RECALLED
        } else {
            message::FORWARD_ALL_INVALID
        })?;
        let source = tx.chat_by_row(first.chat)?.ok_or(message::FORWARD_ALL_INVALID)?;
        if rows.iter().any(|row| row.chat != source.id) {
            return Err(message::FORWARD_OF_SEVERAL_GROUPS.into());
        }
        check_one_thread(&rows)?;
        check_source(tx, caller, &source, message::FORWARD_ALL_SECRET)?;
        // In the order they were sent, each once.
        rows.sort_by_key(|row| (row.created_at, row.id));
        rows.dedup_by_key(|row| row.id);
        put_together(tx, context, caller, rows, target)
    })?;
    Ok(merge_forward::Response {
        message,
        invalid_message_id_list: invalid,
        ..merge_forward::Response::default()
    })
}

/// Forwards all messages of a thread as one.
pub fn forward_thread(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    thread_id: &str,
    target: &Target,
) -> Result<Message> {
    check_bot(&caller.app)?;
    tenant::of(context, caller).check_key()?;
    let endpoint = target.endpoint("im.v1.thread.forward");
    once(tx, context, caller, &endpoint, target.uuid.as_deref(), |tx| {
        let (root, chat) = thread(tx, caller, thread_id)?.ok_or(message::FORWARD_THREAD_INVALID)?;
        check_source(tx, caller, &chat, message::FORWARD_THREAD_SECRET)?;
        if nature::is_hidden(tx, caller, &chat, &root)? {
            return Err(message::THREAD_INVISIBLE.into());
        }
        let all = Listing {
            of: Container::Thread(thread_id.to_owned()),
            from: i64::MIN,
            to: i64::MAX,
            descending: false,
            after: None,
            limit: i64::try_from(MAX_BELOW + 1).unwrap_or(i64::MAX),
        };
        let mut rows = tx.messages(&all)?;
        rows.retain(|row| row.state == State::Sent && is_mergeable(row));
        if rows.is_empty() {
            return Err(message::DELETED.into());
        }
        put_together(tx, context, caller, rows, target)
    })
    .map_err(|failure| match failure {
        // The page has another word for it than those of messages.
        Failure::Refused(refusal)
            if [message::FORBIDDEN_BY_CHAT, message::SEND_DENIED].contains(&refusal.code) =>
        {
            message::UPDATE_DENIED.into()
        }
        Failure::Refused(refusal) if refusal.code == message::USER_RESIGNED => {
            message::NO_AVAILABILITY.into()
        }
        other => other,
    })
}

/// All that stands in a merged forward, each message before those in it.
pub(super) fn below(view: &View<'_>, row: &MessageRow) -> Result<Vec<MessageRow>> {
    fn flatten(trees: Vec<Tree>, out: &mut Vec<MessageRow>) {
        for tree in trees {
            out.push(tree.row);
            flatten(tree.below, out);
        }
    }
    let mut all = Vec::new();
    flatten(trees(view, row, &mut MAX_BELOW.clone())?, &mut all);
    Ok(all)
}

/// Whether a message stands in a forward that was recalled.
pub(super) fn is_gone(view: &View<'_>, row: &MessageRow) -> Result<bool> {
    let mut upper = row.upper_message_id.clone();
    while let Some(message_id) = upper {
        match view.message(&message_id)? {
            Some(row) if row.state == State::Sent => upper = row.upper_message_id,
            _ => return Ok(true),
        }
    }
    Ok(false)
}

fn thread(view: &View<'_>, caller: &Caller, thread_id: &str) -> Result<Option<(MessageRow, ChatRow)>> {
    let Some(root) = view.thread_root(thread_id)? else { return Ok(None) };
    let chat = view.chat_by_row(root.chat)?.filter(|chat| chat.tenant_key == caller.tenant_key());
    Ok(chat.map(|chat| (root, chat)))
}

/// A chat that the caller sees and may carry messages out of.
fn check_source(view: &View<'_>, caller: &Caller, chat: &ChatRow, secret: Code) -> Result<()> {
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    check_member(view, caller, chat)?;
    let settings = chat::Settings::of(chat);
    if settings.nature.kind == ChatKind::Secret {
        return Err(secret.into());
    }
    if settings.forbids_copying() {
        return Err(message::FORWARD_RESTRICTED.into());
    }
    Ok(())
}

/// A chat that takes what comes from elsewhere.
fn check_target(caller: &Caller, chat: &ChatRow) -> Result<()> {
    nature::check_not_stopped(caller, chat, message::BOT_STOPPED_BY_USER)?;
    match Nature::of(chat).kind {
        ChatKind::Encrypted => Err(message::FORWARD_INTO_ENCRYPTED.into()),
        ChatKind::Secret => Err(message::SEND_DENIED.into()),
        _ => Ok(()),
    }
}

/// Types that stay where they are: notices, polls, red packets, events handed over, and cards that say so.
fn is_forwardable(row: &MessageRow) -> bool {
    match MsgType::from(row.msg_type.as_str()) {
        MsgType::Vote | MsgType::Hongbao | MsgType::GeneralCalendar => false,
        _ => is_mergeable(row),
    }
}

fn is_mergeable(row: &MessageRow) -> bool {
    match MsgType::from(row.msg_type.as_str()) {
        MsgType::System => false,
        MsgType::Interactive => {
            let card: Value = serde_json::from_str(&row.content).unwrap_or_default();
            card.pointer("/config/enable_forward") != Some(&Value::Bool(false))
        }
        _ => true,
    }
}

/// A message to be merged. One that cannot be is told by its state: recalled, or anything else.
fn mergeable(
    view: &View<'_>,
    caller: &Caller,
    message_id: &str,
) -> Result<std::result::Result<MessageRow, State>> {
    let row = match find_with_children(view, caller, message_id) {
        Ok(row) => row,
        Err(Failure::Refused(_)) => return Ok(Err(State::Deleted)),
        Err(failure) => return Err(failure),
    };
    if row.state != State::Sent {
        return Ok(Err(row.state));
    }
    let member = view.member(row.chat, caller.actor())?.is_some();
    let whole = row.upper_message_id.is_none() && is_mergeable(&row);
    Ok(if member && whole { Ok(row) } else { Err(State::Deleted) })
}

/// Replies come from one thread, and with them nothing from outside it.
fn check_one_thread(rows: &[MessageRow]) -> Result<()> {
    let is_reply = |row: &&MessageRow| row.thread_position.is_some_and(|position| position > 1);
    let threads: BTreeSet<_> = rows.iter().filter(is_reply).map(|row| row.thread_id.as_deref()).collect();
    let stray = |thread| rows.iter().any(|row| row.thread_id.as_deref() != thread);
    if threads.len() > 1 || threads.first().is_some_and(|thread| stray(*thread)) {
        return Err(message::FORWARD_MIXED.into());
    }
    Ok(())
}

/// Writes the message that holds copies of others.
fn put_together(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    rows: Vec<MessageRow>,
    target: &Target,
) -> Result<(ChatRow, MessageRow)> {
    let mut left = MAX_BELOW;
    let trees = rows.into_iter().map(|row| tree(tx, row, &mut left)).collect::<Result<Vec<_>>>()?;
    let (chat, place) = target.find(tx, context, caller)?;
    check_may_speak(tx, caller, &chat)?;
    let stored = Stored {
        msg_type: MsgType::MergeForward.as_str().to_owned(),
        content: MergeForward::TEXT.to_owned(),
        mentions: None,
    };
    let (chat, made) = write(tx, context, caller, &chat, stored, place)?;
    copy(tx, context, &made, &trees)?;
    Ok((chat, made))
}

fn tree(view: &View<'_>, row: MessageRow, left: &mut usize) -> Result<Tree> {
    *left = left.checked_sub(1).ok_or_else(|| message::INVALID_PARAM.because("too many messages"))?;
    let below = trees(view, &row, left)?;
    Ok(Tree { row, below })
}

fn trees(view: &View<'_>, row: &MessageRow, left: &mut usize) -> Result<Vec<Tree>> {
    if MsgType::from(row.msg_type.as_str()) != MsgType::MergeForward {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(*left + 1).unwrap_or(i64::MAX);
    view.forwarded(&row.message_id, limit)?.into_iter().map(|row| tree(view, row, left)).collect()
}

fn copy(tx: &Tx<'_>, context: &Context, upper: &MessageRow, trees: &[Tree]) -> Result<()> {
    for tree in trees {
        let mut row = MessageRow {
            message_id: context.message_id().into(),
            chat: upper.chat,
            root_id: None,
            parent_id: None,
            thread_id: None,
            upper_message_id: Some(upper.message_id.clone()),
            only_for: None,
            position: 0,
            thread_position: None,
            ..tree.row.clone()
        };
        row.id = tx.insert_message(&row)?;
        copy(tx, context, &row, &tree.below)?;
    }
    Ok(())
}
