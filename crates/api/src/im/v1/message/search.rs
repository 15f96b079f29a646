//! `POST /open-apis/im/v1/messages/search`

use crate::prelude::*;

/// Searches the messages that the user sees, the newest first.
#[endpoint(
    id = "im.v1.message.search",
    method = POST,
    path = "/open-apis/im/v1/messages/search",
    user = Any(&["search:message"]),
    rate = Rate { per_minute: Some(100), per_second: None },
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/search",
    cli = "messages search",
    response = Response,
    paged = Item,
    errors = [],
    example = r#"{"page_size":15,"user_id_type":"open_id","query":"测试","filter":{"chat_ids":["oc_a0553eda9014c201e6969b478895c230"],"from_types":["user"],"time_range":{"start_time":"2026-11-20T08:30:00+08:00"}}}"#,
)]
#[derive(Default)]
pub struct Request {
    /// How many to a page.
    #[query(min = 1, max = 30, default = "15")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// The words to look for; each must be there. What is longer than 50 characters is cut.
    #[body]
    pub query: Option<String>,
    /// What else must hold.
    #[body]
    pub filter: Option<Filter>,
}

/// What must hold of a message that is found.
#[object]
pub struct Filter {
    /// One of these users sent it.
    pub from_ids: Option<Vec<String>>,
    /// It stands in one of these chats.
    pub chat_ids: Option<Vec<String>>,
    /// It was sent in this time.
    pub time_range: Option<TimeRange>,
    /// It holds one of these.
    pub include_attachment_types: Option<Vec<AttachmentType>>,
    /// One of these sent it.
    pub from_types: Option<Vec<FromType>>,
    /// None of these sent it.
    pub exclude_from_types: Option<Vec<FromType>>,
    /// It mentions one of these users.
    pub at_chatter_ids: Option<Vec<String>>,
    /// It stands in a chat of this kind.
    pub chat_type: Option<ChatType>,
    /// It mentions the user who asks, or everyone.
    pub is_at_me: Option<bool>,
}

/// A time: RFC 3339, or seconds since 1970.
#[object]
pub struct TimeRange {
    /// From then on.
    pub start_time: Option<String>,
    /// Up to then.
    pub end_time: Option<String>,
}

/// What a message may hold.
#[open_enum]
pub enum AttachmentType {
    /// A picture.
    Image = "image",
    /// A video.
    Video = "video",
    /// A file.
    File = "file",
    /// A link.
    Link = "link",
}

/// Who sends.
#[open_enum]
pub enum FromType {
    /// A person.
    User = "user",
    /// A bot.
    Bot = "bot",
}

/// A kind of chat.
#[open_enum]
pub enum ChatType {
    /// A group.
    Group = "group",
    /// A one-to-one chat.
    P2p = "p2p",
}

/// A page of messages.
#[object]
pub struct Response {
    /// The messages.
    pub items: Vec<Item>,
    /// How many there are in all, counted up to 1000.
    pub total: i64,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// What the caller should know of the result.
    pub notice: Option<String>,
}

/// A message that was found.
#[object]
pub struct Item {
    /// The message.
    pub id: MessageId,
    /// What to show of it.
    pub display_info: Option<String>,
    /// The message.
    pub meta_data: Option<MetaData>,
}

/// A message.
#[object]
pub struct MetaData {
    /// The message.
    pub message_id: MessageId,
    /// What kind of message it is. Search has names of its own for some: `card` is `interactive` elsewhere.
    pub r#type: String,
    /// When it was sent.
    pub create_time: Option<Millis>,
    /// When it was last edited, or sent.
    pub update_time: Option<Millis>,
    /// Its place in the chat, counted from 1.
    pub position: Option<i64>,
    /// The chat it stands in.
    pub chat_id: ChatId,
    /// Who sent it: a user, or the `app_id` of a bot.
    pub from_id: Option<String>,
    /// The thread it stands in.
    pub thread_id: Option<ThreadId>,
    /// Its place in its thread, counted from 1.
    pub thread_position: Option<i64>,
    /// Whether the chat is a one-to-one chat.
    pub is_p2p_chat: Option<bool>,
}
