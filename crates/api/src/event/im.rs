//! `im`: messages and chats.

pub mod chat;
pub mod message;
