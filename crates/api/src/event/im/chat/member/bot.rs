//! `im.chat.member.bot`: the bot joins and leaves.

pub mod added_v1;
pub mod deleted_v1;
