//! `bot.v4`.

pub mod bot;
