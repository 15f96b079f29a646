//! `im.v1.chat_user_setting`: what a user set for a chat.

pub mod batch_query;
pub mod batch_update;
