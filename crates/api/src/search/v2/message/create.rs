//! `POST /open-apis/search/v2/message`

use crate::prelude::*;

/// Searches the messages that the user sees, and gives their ids, the newest first.
#[endpoint(
    id = "search.v2.message.create",
    method = POST,
    path = "/open-apis/search/v2/message",
    user = Any(&["search:message"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/search-v2/message/create",
    cli = "message create",
    response = Response,
    paged = MessageId,
    errors = [code::search::INVALID_PARAM, code::search::INTERNAL],
    example = r#"{"user_id_type":"open_id","page_size":20,"query":"测试消息","from_ids":["ou_7dab8a3d3cdcc9da365777c7ad535d62"],"chat_ids":["oc_a0553eda9014c201e6969b478895c230"],"message_type":"image","at_chatter_ids":["ou_7dab8a3d3cdcc9da365777c7ad535d62"],"from_type":"user","chat_type":"group_chat","start_time":"1609296809","end_time":"1609296809"}"#,
)]
pub struct Request {
    /// How user ids are to be read.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// How many to a page.
    #[query(min = 1, max = 100, default = "20")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// The words to look for; each must be there.
    #[body]
    pub query: String,
    /// One of these users sent it.
    #[body]
    pub from_ids: Option<Vec<String>>,
    /// It stands in one of these chats.
    #[body]
    pub chat_ids: Option<Vec<String>>,
    /// It is of this type.
    #[body]
    pub message_type: Option<MessageType>,
    /// It mentions one of these users.
    #[body]
    pub at_chatter_ids: Option<Vec<String>>,
    /// A person or a bot sent it.
    #[body]
    pub from_type: Option<FromType>,
    /// It stands in a group or in a one-to-one chat.
    #[body]
    pub chat_type: Option<ChatType>,
    /// It was sent then or later, in s.
    #[body]
    pub start_time: Option<Seconds>,
    /// It was sent then or earlier, in s.
    #[body]
    pub end_time: Option<Seconds>,
}

/// A type of message.
#[open_enum]
pub enum MessageType {
    /// A file.
    File = "file",
    /// A picture.
    Image = "image",
    /// A video.
    Media = "media",
}

/// Who sends.
#[open_enum]
pub enum FromType {
    /// A bot.
    Bot = "bot",
    /// A person.
    User = "user",
}

/// A kind of chat.
#[open_enum]
pub enum ChatType {
    /// A group.
    GroupChat = "group_chat",
    /// A one-to-one chat.
    P2pChat = "p2p_chat",
}

/// A page of messages.
#[object]
pub struct Response {
    /// The messages.
    pub items: Vec<MessageId>,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// Whether another page follows.
    pub has_more: bool,
}
