//! `im`: messages, images, files and chats.

pub mod v1;
