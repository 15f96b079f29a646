//! `POST /open-apis/im/v1/chats/:chat_id/chat_tabs`

use super::{ChatTab, ChatTabs};
use crate::prelude::*;

/// Adds tabs to a chat: documents and pages.
#[endpoint(
    id = "im.v1.chat_tab.create",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/chat_tabs",
    tenant = Any(&["im:chat", "im:chat.tabs:write_only"]),
    user = Any(&["im:chat", "im:chat.tabs:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-tab/create",
    cli = "chat.tab create",
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
        code::chat::TABS_FULL,
        code::chat::TAB_NAME_TOO_LONG,
        code::chat::TAB_CONTENT_ILLEGAL,
        code::chat::NO_TABS_IN_CHAT,
        code::chat::NO_DOC_PERMISSION,
        code::chat::TABS_FORBIDDEN,
        code::chat::TAB_ICON_NOT_OWN,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","chat_tabs":[{"tab_name":"Home","tab_type":"url","tab_content":{"url":"https://www.feishu.cn"}}]}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// The tabs.
    #[body(max_len = 20)]
    pub chat_tabs: Vec<ChatTab>,
}
