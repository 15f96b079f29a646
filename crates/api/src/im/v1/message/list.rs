//! `GET /open-apis/im/v1/messages`

use super::{CardMsgContentType, Message};
use crate::prelude::*;

/// Lists the messages of a chat or a thread.
///
/// Of a thread in an ordinary group the chat shows the root only; ask for the thread to get the rest.
/// Messages of groups need the scope `im:message.group_msg` as well.
#[endpoint(
    id = "im.v1.message.list",
    method = GET,
    path = "/open-apis/im/v1/messages",
    tenant = Any(&["im:message", "im:message:readonly", "im:message.history:readonly"]),
    user = Any(&["im:message", "im:message:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/list",
    cli = "messages list",
    response = Response,
    paged = Message,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::LACK_OF_PERMISSION,
        code::message::THREAD_INVISIBLE,
        code::message::DELETED,
        code::message::CHAT_TYPE_UNSUPPORTED,
        code::message::APP_TYPE_UNSUPPORTED,
    ],
    example = r#"{"container_id_type":"chat","container_id":"oc_234jsi43d3ssi993d43545f","start_time":"1608594809","end_time":"1609296809","sort_type":"ByCreateTimeAsc","page_size":20}"#,
)]
pub struct Request {
    /// What `container_id` names.
    #[query]
    pub container_id_type: ContainerIdType,
    /// The chat or thread.
    #[query]
    pub container_id: String,
    /// From this second on. Not for threads.
    #[query]
    pub start_time: Option<Seconds>,
    /// Up to this second. Not for threads.
    #[query]
    pub end_time: Option<Seconds>,
    /// The order. It cannot change between pages.
    #[query(default = "ByCreateTimeAsc")]
    pub sort_type: Option<SortType>,
    /// How many to a page.
    #[query(default = "20", min = 1, max = 50)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// In which form a card is given: by default simplified, otherwise as it was sent.
    #[query]
    pub card_msg_content_type: Option<CardMsgContentType>,
    /// Whether to leave out replies in threads of topic groups.
    #[query(default = "false")]
    pub only_thread_root_messages: Option<bool>,
    /// Whether to give the senders' names.
    #[query(default = "false")]
    pub with_sender_name: Option<bool>,
}

impl Request {
    /// The messages of a chat.
    pub fn of_chat(chat_id: impl Into<ChatId>) -> Self {
        Self::new(ContainerIdType::Chat, chat_id.into())
    }

    /// The messages of a thread.
    pub fn of_thread(thread_id: impl Into<ThreadId>) -> Self {
        Self::new(ContainerIdType::Thread, thread_id.into())
    }
}

/// What messages are listed of.
#[open_enum]
pub enum ContainerIdType {
    /// A chat, group or one-to-one.
    Chat = "chat",
    /// A thread.
    Thread = "thread",
}

/// In which order.
#[open_enum]
pub enum SortType {
    /// Oldest first.
    ByCreateTimeAsc = "ByCreateTimeAsc",
    /// Newest first.
    ByCreateTimeDesc = "ByCreateTimeDesc",
}

/// A page of messages.
#[object]
pub struct Response {
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// The messages.
    pub items: Vec<Message>,
}
