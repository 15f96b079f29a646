//! `im.v2.chat`: finding chats.

pub mod search;
