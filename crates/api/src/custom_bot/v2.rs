//! `custom_bot.v2`.

pub mod hook;
