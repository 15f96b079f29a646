//! `im.v1.chat_menu_tree`: the menu below the messages of a group.

pub mod create;
pub mod delete;
pub mod get;
pub mod sort;

use crate::{im::v1::message::I18nNames, prelude::*};

/// The most menus of a group.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-menu_tree/create`.
pub const MAX_TOP_LEVELS: usize = 3;

/// The most entries of a menu.
pub const MAX_SECOND_LEVELS: usize = 5;

/// The most characters in the name of a menu or an entry.
pub const MAX_NAME: usize = 120;

/// The menus of a group, as an answer has them.
#[object]
pub struct Menus {
    /// All of them.
    pub menu_tree: MenuTree,
}

/// The menus of a group.
#[object]
pub struct MenuTree {
    /// From left to right.
    #[field(max_len = 3)]
    pub chat_menu_top_levels: Vec<ChatMenuTopLevel>,
}

/// A menu.
#[object]
pub struct ChatMenuTopLevel {
    /// The menu. Not given to make one.
    pub chat_menu_top_level_id: Option<String>,
    /// How it looks, and what it does.
    pub chat_menu_item: ChatMenuItem,
    /// Its entries.
    #[field(max_len = 5)]
    pub children: Option<Vec<ChatMenuSecondLevel>>,
}

/// An entry of a menu.
#[object]
pub struct ChatMenuSecondLevel {
    /// The entry. Not given to make one.
    pub chat_menu_second_level_id: Option<String>,
    /// How it looks, and what it does.
    pub chat_menu_item: Option<ChatMenuItem>,
}

/// A menu or an entry: how it looks, and what it does.
#[object]
pub struct ChatMenuItem {
    /// What it does. It stays as it was made.
    pub action_type: Option<ActionType>,
    /// Where it leads.
    pub redirect_link: Option<RedirectLink>,
    /// The icon: a key uploaded with `image_type=message`. A menu with entries has none.
    pub image_key: Option<String>,
    /// The name, up to 120 characters.
    pub name: Option<String>,
    /// The name by language.
    pub i18n_names: Option<I18nNames>,
}

/// Where an entry leads: addresses that begin with `http://` or `https://`.
#[object]
pub struct RedirectLink {
    /// On any device that has no address of its own.
    pub common_url: Option<String>,
    /// On iOS.
    pub ios_url: Option<String>,
    /// On Android.
    pub android_url: Option<String>,
    /// On a PC.
    pub pc_url: Option<String>,
    /// In a browser.
    pub web_url: Option<String>,
}

/// What an entry does.
#[open_enum]
pub enum ActionType {
    /// Nothing, or it opens its entries.
    None = "NONE",
    /// It leads somewhere.
    RedirectLink = "REDIRECT_LINK",
}
