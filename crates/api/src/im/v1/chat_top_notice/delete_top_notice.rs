//! `POST /open-apis/im/v1/chats/:chat_id/top_notice/delete_top_notice`

use crate::prelude::*;

/// Takes away what stands at the top of a group.
#[endpoint(
    id = "im.v1.chat_top_notice.delete_top_notice",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/top_notice/delete_top_notice",
    tenant = Any(&["im:chat", "im:chat.top_notice:write_only"]),
    user = Any(&["im:chat", "im:chat.top_notice:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-top_notice/delete_top_notice",
    cli = "chat.top_notice delete_top_notice",
    response = Empty,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::TOKEN_LACKS_PERMISSION,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_INACTIVATE,
    ],
    example = r#"{"chat_id":"oc_5ad11d72b830411d72b836c20"}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
}
