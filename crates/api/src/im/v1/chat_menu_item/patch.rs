//! `PATCH /open-apis/im/v1/chats/:chat_id/menu_items/:menu_item_id`

use crate::{im::v1::chat_menu_tree::ChatMenuItem, prelude::*};

/// Changes a menu of a group, or an entry of a menu.
#[endpoint(
    id = "im.v1.chat_menu_item.patch",
    method = PATCH,
    path = "/open-apis/im/v1/chats/:chat_id/menu_items/:menu_item_id",
    tenant = Any(&["im:chat", "im:chat.menu_tree:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-menu_item/patch",
    cli = "chat.menu_item patch",
    response = Response,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::DISSOLVED,
        code::chat::OUT_OF_CHAT,
        code::chat::TOKEN_LACKS_PERMISSION,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::TABS_FORBIDDEN,
        code::chat::MENU_BUSY,
        code::chat::MENU_ILLEGAL,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","menu_item_id":"7156553273518882844","update_fields":["NAME"],"chat_menu_item":{"name":"评审"}}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// The menu or the entry.
    #[path]
    pub menu_item_id: String,
    /// What to change; the rest of `chat_menu_item` does not count.
    #[body]
    pub update_fields: Vec<UpdateField>,
    /// What it is to be.
    #[body]
    pub chat_menu_item: ChatMenuItem,
}

/// What can be changed.
#[open_enum]
pub enum UpdateField {
    /// The icon.
    Icon = "ICON",
    /// The name.
    Name = "NAME",
    /// The name by language.
    I18nName = "I18N_NAME",
    /// Where it leads.
    RedirectLink = "REDIRECT_LINK",
}

/// What was changed.
#[object]
pub struct Response {
    /// As it is now.
    pub chat_menu_item: ChatMenuItem,
}
