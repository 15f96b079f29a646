//! A user sends, replies, edits, recalls and reads.

use larkspur_api::{
    act::{edit, forward, react, read, reply, send, unreact},
    content::Content,
    id::{AppId, ChatId, MessageId},
    im::v1::message::{ForwardIdType, MsgType},
};
use larkspur_store::{
    Actor, Tx, View,
    chat::ChatRow,
    message::{Container, Listing},
};

use super::{Person, bot, mentions, person, wrong};
use crate::{
    Context, Result, chat,
    content::parse,
    event,
    message::{
        self,
        forward::Target,
        reaction,
        read_mark::mark_read,
        send::{Draft, send_to},
    },
};

/// What a user says: plain text with mentions before it, or content of any kind.
struct Words<'a> {
    text: Option<&'a String>,
    at: &'a [String],
    msg_type: Option<&'a MsgType>,
    content: Option<&'a String>,
}

/// What the requests of several endpoints hold alike.
macro_rules! words {
    ($request:expr) => {
        Words {
            text: $request.text.as_ref(),
            at: $request.at.as_deref().unwrap_or_default(),
            msg_type: $request.msg_type.as_ref(),
            content: $request.content.as_ref(),
        }
    };
}

impl Words<'_> {
    fn content(&self, view: &View<'_>, context: &Context, by: &Person) -> Result<Content> {
        match (self.text, self.content) {
            (Some(_), Some(_)) => Err(wrong("content", "", "give text or content, not both").into()),
            (None, Some(content)) if self.at.is_empty() => {
                parse(self.msg_type.unwrap_or(&MsgType::Text), content)
            }
            (None, Some(_)) => {
                Err(wrong("at", "", "mentions stand before text; put them into content").into())
            }
            (text, None) if text.is_some() || !self.at.is_empty() => {
                let mentions = mentions(view, context, by, self.at)?;
                let text = format!("{mentions}{}", text.map_or("", String::as_str));
                let content = Content::text(text);
                parse(&MsgType::Text, &content.to_wire())
            }
            _ => Err(wrong("text", "", "text is required").into()),
        }
    }
}

/// The chat that a user means: a group they are in, or the one-to-one chat with a bot, made if it is needed.
pub(super) fn chat_with(
    tx: &Tx<'_>,
    context: &Context,
    by: &Person,
    chat_id: Option<&str>,
    app_id: Option<&str>,
) -> Result<ChatRow> {
    if let Some(chat_id) = chat_id {
        return chat::find(tx, &by.caller, chat_id);
    }
    let app = bot(context, by, app_id)?;
    match tx.p2p_chat(app.row.id, by.user.id)? {
        Some(chat) => Ok(chat),
        None => chat::create_p2p(tx, context, &app, by.user.id, Actor::User(by.user.id)),
    }
}

/// Sends a message.
pub fn send(tx: &Tx<'_>, context: &Context, request: &send::Request) -> Result<send::Response> {
    let by = person(tx, context, &request.user)?;
    let (chat_id, app_id) = (request.chat_id.as_ref(), request.app_id.as_ref());
    let content = words!(request).content(tx, context, &by)?;
    let chat = chat_with(tx, context, &by, chat_id.map(ChatId::as_str), app_id.map(AppId::as_str))?;
    let (chat, row) = send_to(tx, context, &by.caller, &chat, &content)?;
    Ok(send::Response {
        message_id: row.message_id.into(),
        chat_id: chat.chat_id.into(),
        ..send::Response::default()
    })
}

/// Replies to a message.
pub fn reply(tx: &Tx<'_>, context: &Context, request: &reply::Request) -> Result<reply::Response> {
    let by = person(tx, context, &request.user)?;
    let draft = Draft { content: words!(request).content(tx, context, &by)?, uuid: None };
    let in_thread = request.reply_in_thread.unwrap_or_default();
    let sent =
        message::reply::reply(tx, context, &by.caller, request.message_id.as_str(), in_thread, &draft)?;
    Ok(reply::Response {
        message_id: sent.message_id,
        chat_id: sent.chat_id.unwrap_or_default(),
        ..reply::Response::default()
    })
}

/// Forwards a message, or several as one.
pub fn forward(tx: &Tx<'_>, context: &Context, request: &forward::Request) -> Result<forward::Response> {
    let by = person(tx, context, &request.user)?;
    let (chat_id, app_id) = (request.chat_id.as_ref(), request.app_id.as_ref());
    let chat = chat_with(tx, context, &by, chat_id.map(ChatId::as_str), app_id.map(AppId::as_str))?;
    let target = Target { receive_id_type: ForwardIdType::ChatId, receive_id: chat.chat_id, uuid: None };
    let (sent, invalid) = match request.message_id_list.as_slice() {
        [one] => (message::forward::forward(tx, context, &by.caller, one.as_str(), &target)?, Vec::new()),
        several => {
            let merged = message::forward::merge(tx, context, &by.caller, several, &target)?;
            (merged.message, merged.invalid_message_id_list)
        }
    };
    Ok(forward::Response {
        message_id: sent.message_id,
        chat_id: sent.chat_id.unwrap_or_default(),
        invalid_message_id_list: invalid,
        ..forward::Response::default()
    })
}

/// Edits a message.
pub fn edit(tx: &Tx<'_>, context: &Context, request: &edit::Request) -> Result<()> {
    let by = person(tx, context, &request.user)?;
    let content = words!(request).content(tx, context, &by)?;
    message::update::update(tx, context, &by.caller, request.message_id.as_str(), &content).map(drop)
}

/// Recalls a message.
pub fn recall(tx: &Tx<'_>, context: &Context, user: &str, message_id: &MessageId) -> Result<()> {
    let by = person(tx, context, user)?;
    message::delete::delete(tx, context, &by.caller, message_id.as_str())
}

/// Pins a message.
pub fn pin(tx: &Tx<'_>, context: &Context, user: &str, message_id: &MessageId) -> Result<()> {
    let by = person(tx, context, user)?;
    message::pin::create(tx, context, &by.caller, message_id.as_str()).map(drop)
}

/// Takes a message off the pins.
pub fn unpin(tx: &Tx<'_>, context: &Context, user: &str, message_id: &MessageId) -> Result<()> {
    let by = person(tx, context, user)?;
    message::pin::delete(tx, context, &by.caller, message_id.as_str())
}

/// Puts an emoji to a message.
pub fn react(tx: &Tx<'_>, context: &Context, request: &react::Request) -> Result<react::Response> {
    let by = person(tx, context, &request.user)?;
    let message_id = request.message_id.as_str();
    let made = reaction::create(tx, context, &by.caller, message_id, &request.emoji_type)?;
    Ok(react::Response { reaction_id: made.reaction_id, ..react::Response::default() })
}

/// Takes an emoji away.
pub fn unreact(tx: &Tx<'_>, context: &Context, request: &unreact::Request) -> Result<()> {
    let by = person(tx, context, &request.user)?;
    reaction::delete_own(tx, context, &by.caller, request.message_id.as_str(), &request.emoji_type)
}

/// The most messages that are read at once.
const READ_AT_ONCE: i64 = 1000;

/// Reads the messages of a chat that were not read before.
pub fn read(tx: &Tx<'_>, context: &Context, request: &read::Request) -> Result<read::Response> {
    let by = person(tx, context, &request.user)?;
    let (chat_id, app_id) = (request.chat_id.as_ref(), request.app_id.as_ref());
    let chat = chat_with(tx, context, &by, chat_id.map(ChatId::as_str), app_id.map(AppId::as_str))?;
    message::check_member(tx, &by.caller, &chat)?;
    let newest = Listing {
        of: Container::Chat(chat.id),
        from: i64::MIN,
        to: i64::MAX,
        descending: true,
        after: None,
        limit: READ_AT_ONCE,
    };
    let mut unread = Vec::new();
    for row in tx.messages(&newest)?.into_iter().rev() {
        if mark_read(tx, context, by.user.id, &row)? {
            unread.push(row);
        }
    }
    event::message::read(tx, context, &chat, &unread, by.user.id)?;
    let message_id_list = unread.into_iter().map(|row| row.message_id.into()).collect();
    Ok(read::Response { message_id_list, ..read::Response::default() })
}
