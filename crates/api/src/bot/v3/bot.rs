//! `bot.v3.bot`.

pub mod info;
