//! `bot`: the app as a bot.

pub mod v3;
pub mod v4;
