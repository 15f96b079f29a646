//! `bot.v4.bot`: finding bots.

pub mod search;
