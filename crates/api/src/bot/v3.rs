//! `bot.v3`.

pub mod bot;
