//! `im.v1.chat_top_notice`: what stands at the top of a group.

pub mod delete_top_notice;
pub mod put_top_notice;
