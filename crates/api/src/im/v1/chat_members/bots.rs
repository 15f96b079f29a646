//! `GET /open-apis/im/v1/chats/:chat_id/members/bots`

use crate::prelude::*;

/// Lists the bots in a group.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_members.bots",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/members/bots",
    tenant = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    user = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    rate = TIER_4,
    doc = "",
    cli = "chat.members bots",
    response = Response,
    errors = [
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::BOT_NOT_ACTIVATED,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
}

/// The bots in a chat.
#[object]
pub struct Response {
    /// The bots, in the order they joined.
    pub items: Vec<Bot>,
}

/// A bot in a chat.
#[object]
pub struct Bot {
    /// The bot, as an `open_id`.
    pub bot_id: OpenId,
    /// Its name.
    pub bot_name: String,
}
