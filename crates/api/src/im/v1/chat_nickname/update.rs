//! `PUT /open-apis/im/v1/chats/:chat_id/nickname`

use crate::prelude::*;

/// Sets what the user who asks is called in a chat.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_nickname.update",
    method = PUT,
    path = "/open-apis/im/v1/chats/:chat_id/nickname",
    user = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "chat.nickname update",
    response = Empty,
    write,
    errors = [],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","nickname":"晓"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// The name, up to 300 bytes.
    #[body]
    pub nickname: String,
}
