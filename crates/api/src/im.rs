//! `im`: messages, images, files and chats.

pub mod v1;
pub mod v2;
