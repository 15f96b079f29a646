//! `im.chat`: what happens to chats.

pub mod access_event;
pub mod disbanded_v1;
pub mod member;
pub mod updated_v1;
