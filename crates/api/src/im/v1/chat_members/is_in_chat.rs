//! `GET /open-apis/im/v1/chats/:chat_id/members/is_in_chat`

use crate::prelude::*;

/// Tells whether the caller is in a chat.
#[endpoint(
    id = "im.v1.chat_members.is_in_chat",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/members/is_in_chat",
    tenant = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    user = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/is_in_chat",
    cli = "chat.members is_in_chat",
    response = Response,
    errors = [
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::CROSS_TENANT,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
}

/// Whether the caller is in it.
#[object]
pub struct Response {
    /// Whether the caller is in it.
    pub is_in_chat: bool,
}
