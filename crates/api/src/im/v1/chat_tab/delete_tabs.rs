//! `DELETE /open-apis/im/v1/chats/:chat_id/chat_tabs/delete_tabs`

use super::ChatTabs;
use crate::prelude::*;

/// Takes tabs from a chat: documents and pages.
#[endpoint(
    id = "im.v1.chat_tab.delete_tabs",
    method = DELETE,
    path = "/open-apis/im/v1/chats/:chat_id/chat_tabs/delete_tabs",
    tenant = Any(&["im:chat", "im:chat.tabs:write_only"]),
    user = Any(&["im:chat", "im:chat.tabs:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-tab/delete_tabs",
    cli = "chat.tab delete_tabs",
    response = ChatTabs,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::TAB_NOT_DELETABLE,
        code::chat::NO_TABS_IN_CHAT,
        code::chat::TABS_FORBIDDEN,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","tab_ids":["6936075528890826780"]}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// The tabs.
    #[body]
    pub tab_ids: Vec<String>,
}
