//! `GET /open-apis/im/v1/chats/:chat_id`

use super::Chat;
use crate::prelude::*;

/// Gets a chat. To someone who is not a member it shows name, picture, counts and status only.
#[endpoint(
    id = "im.v1.chat.get",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id",
    tenant = Any(&["im:chat", "im:chat:read", "im:chat:readonly"]),
    user = Any(&["im:chat", "im:chat:read", "im:chat:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/get",
    cli = "chats get",
    response = Chat,
    errors = [
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","user_id_type":"open_id"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
}
