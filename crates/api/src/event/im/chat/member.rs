//! `im.chat.member`: who joins and leaves.

pub mod bot;
pub mod user;
