//! `DELETE /open-apis/im/v1/chats/:chat_id/menu_tree`

use super::Menus;
use crate::prelude::*;

/// Takes menus of a group away, with their entries.
#[endpoint(
    id = "im.v1.chat_menu_tree.delete",
    method = DELETE,
    path = "/open-apis/im/v1/chats/:chat_id/menu_tree",
    tenant = Any(&["im:chat", "im:chat.menu_tree:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-menu_tree/delete",
    cli = "chat.menu_tree delete",
    response = Menus,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::CHAT_TYPE_UNSUPPORTED,
        code::chat::DISSOLVED,
        code::chat::OUT_OF_CHAT,
        code::chat::TOKEN_LACKS_PERMISSION,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::TABS_FORBIDDEN,
        code::chat::MENU_BUSY,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","chat_menu_top_level_ids":["6936075528890826780"]}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// The menus.
    #[body]
    pub chat_menu_top_level_ids: Vec<String>,
}
