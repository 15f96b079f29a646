//! `POST /open-apis/im/v1/chat_user_setting/batch_update`

use crate::prelude::*;

/// Mutes chats of a user, or ends that: up to 10 at once.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_user_setting.batch_update",
    method = POST,
    path = "/open-apis/im/v1/chat_user_setting/batch_update",
    user = Any(&["im:chat.user_setting:write"]),
    rate = TIER_4,
    doc = "",
    cli = "chat_user_setting batch_update",
    response = Response,
    write,
    errors = [],
    example = r#"{"chat_settings":[{"chat_id":"oc_a0553eda9014c201e6969b478895c230","is_muted":true}]}"#,
)]
pub struct Request {
    /// What to set.
    #[body(max_len = 10)]
    pub chat_settings: Vec<ChatSetting>,
}

/// What to set for a chat. What is left out stays as it is.
#[object]
pub struct ChatSetting {
    /// The chat.
    pub chat_id: ChatId,
    /// Whether the user hears nothing of new messages.
    pub is_muted: Option<bool>,
    /// Whether the user hears nothing of messages that mention everyone.
    pub is_mute_at_all: Option<bool>,
}

/// For which chats nothing was set.
#[object]
pub struct Response {
    /// Those chats, and why.
    pub invalid_ids: Vec<InvalidId>,
}

/// A chat for which nothing was set.
#[object]
pub struct InvalidId {
    /// The chat.
    pub id: ChatId,
    /// Why.
    pub msg: String,
}
