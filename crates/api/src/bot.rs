//! `bot`: the app as a bot.

pub mod v3;
