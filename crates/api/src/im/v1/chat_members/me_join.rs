//! `PATCH /open-apis/im/v1/chats/:chat_id/members/me_join`

use crate::prelude::*;

/// Joins a public group. Nothing happens if the caller is in it.
#[endpoint(
    id = "im.v1.chat_members.me_join",
    method = PATCH,
    path = "/open-apis/im/v1/chats/:chat_id/members/me_join",
    tenant = Any(&["im:chat", "im:chat.members:write_only"]),
    user = Any(&["im:chat", "im:chat.members:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/me_join",
    cli = "chat.members me_join",
    response = Empty,
    write,
    errors = [
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::CHAT_TYPE_UNSUPPORTED,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::CHAT_FULL,
        code::chat::RATE_LIMITED,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_VALID_MEMBERS,
        code::chat::APP_UNAVAILABLE,
        code::chat::JOIN_NEEDS_APPROVAL,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The group, which must be public.
    #[path]
    pub chat_id: ChatId,
}
