//! `im.v1`.

pub mod batch_message;
pub mod chat;
pub mod chat_members;
pub mod file;
pub mod image;
pub mod message;
pub mod message_reaction;
pub mod message_resource;
pub mod pin;
pub mod thread;
