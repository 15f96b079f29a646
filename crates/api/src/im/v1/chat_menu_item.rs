//! `im.v1.chat_menu_item`: one menu of a group, or one entry of a menu.

pub mod patch;
