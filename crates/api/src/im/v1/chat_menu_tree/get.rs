//! `GET /open-apis/im/v1/chats/:chat_id/menu_tree`

use super::Menus;
use crate::prelude::*;

/// Gets the menus of a group.
#[endpoint(
    id = "im.v1.chat_menu_tree.get",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/menu_tree",
    tenant = Any(&["im:chat", "im:chat.menu_tree:read", "im:chat:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-menu_tree/get",
    cli = "chat.menu_tree get",
    response = Menus,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::OUT_OF_CHAT,
        code::chat::TOKEN_LACKS_PERMISSION,
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
