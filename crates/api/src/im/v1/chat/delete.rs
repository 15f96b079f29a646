//! `DELETE /open-apis/im/v1/chats/:chat_id`

use crate::prelude::*;

/// Dissolves a group. Its messages are not kept.
///
/// The owner does it, or the bot that made the group and has `im:chat:operate_as_owner`.
#[endpoint(
    id = "im.v1.chat.delete",
    method = DELETE,
    path = "/open-apis/im/v1/chats/:chat_id",
    tenant = Any(&["im:chat", "im:chat:delete"]),
    user = Any(&["im:chat", "im:chat:delete"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/delete",
    cli = "chats delete",
    response = Empty,
    write,
    errors = [
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::CHAT_TYPE_UNSUPPORTED,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::ADD_FORBIDDEN,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
}
