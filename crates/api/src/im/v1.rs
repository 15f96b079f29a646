//! `im.v1`.

pub mod batch_message;
pub mod chat;
pub mod chat_managers;
pub mod chat_members;
pub mod chat_menu_item;
pub mod chat_menu_tree;
pub mod chat_moderation;
pub mod chat_nickname;
pub mod chat_p2p;
pub mod chat_tab;
pub mod chat_top_notice;
pub mod chat_user_setting;
pub mod file;
pub mod flag;
pub mod image;
pub mod message;
pub mod message_reaction;
pub mod message_resource;
pub mod pin;
pub mod thread;
