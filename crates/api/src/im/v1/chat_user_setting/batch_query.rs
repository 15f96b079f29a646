//! `POST /open-apis/im/v1/chat_user_setting/batch_query`

use crate::prelude::*;

/// Tells which chats a user has muted: up to 10 at once.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_user_setting.batch_query",
    method = POST,
    path = "/open-apis/im/v1/chat_user_setting/batch_query",
    user = Any(&["im:chat.user_setting:read"]),
    rate = TIER_4,
    doc = "",
    cli = "chat_user_setting batch_query",
    response = Response,
    errors = [],
    example = r#"{"chat_ids":["oc_a0553eda9014c201e6969b478895c230"]}"#,
)]
pub struct Request {
    /// The chats.
    #[body(max_len = 10)]
    pub chat_ids: Vec<ChatId>,
}

/// What the user set.
#[object]
pub struct Response {
    /// The chats that the user is in.
    pub items: Vec<ChatUserSetting>,
}

/// What a user set for a chat.
#[object]
pub struct ChatUserSetting {
    /// The chat.
    pub chat_id: ChatId,
    /// Whether the user hears nothing of new messages.
    pub is_muted: bool,
    /// Whether the user hears nothing of messages that mention everyone.
    pub is_mute_at_all: bool,
}
