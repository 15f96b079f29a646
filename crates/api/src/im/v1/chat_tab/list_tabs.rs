//! `GET /open-apis/im/v1/chats/:chat_id/chat_tabs/list_tabs`

use super::ChatTabs;
use crate::prelude::*;

/// Lists the tabs of a chat.
#[endpoint(
    id = "im.v1.chat_tab.list_tabs",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/chat_tabs/list_tabs",
    tenant = Any(&["im:chat", "im:chat.tabs:read", "im:chat:readonly"]),
    user = Any(&["im:chat", "im:chat.tabs:read", "im:chat:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-tab/list_tabs",
    cli = "chat.tab list_tabs",
    response = ChatTabs,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::CHAT_ID_INVALID,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::NO_TABS_IN_CHAT,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
}
