//! `GET /open-apis/im/v1/chats/:chat_id/nickname`

use crate::prelude::*;

/// Gets what the user who asks is called in a chat.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_nickname.get",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/nickname",
    user = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "chat.nickname get",
    response = Response,
    errors = [],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
}

/// The name.
#[object]
pub struct Response {
    /// What the user is called there; empty if it is as everywhere.
    pub nickname: String,
}
