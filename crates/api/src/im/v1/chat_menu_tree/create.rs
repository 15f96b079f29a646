//! `POST /open-apis/im/v1/chats/:chat_id/menu_tree`

use super::{MenuTree, Menus};
use crate::prelude::*;

/// Adds menus to a group, behind those it has.
#[endpoint(
    id = "im.v1.chat_menu_tree.create",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/menu_tree",
    tenant = Any(&["im:chat", "im:chat.menu_tree:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-menu_tree/create",
    cli = "chat.menu_tree create",
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
        code::chat::TAB_ICON_NOT_OWN,
        code::chat::MENUS_FULL,
        code::chat::MENU_ENTRIES_FULL,
        code::chat::MENU_BUSY,
        code::chat::MENU_ILLEGAL,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","menu_tree":{"chat_menu_top_levels":[{"chat_menu_item":{"action_type":"NONE","name":"评审","i18n_names":{"en_us":"Reviews"}},"children":[{"chat_menu_item":{"action_type":"REDIRECT_LINK","redirect_link":{"common_url":"https://open.feishu.cn/"},"name":"报名"}}]}]}}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// The menus to add.
    #[body]
    pub menu_tree: MenuTree,
}
