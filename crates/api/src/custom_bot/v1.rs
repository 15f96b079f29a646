//! `custom_bot.v1`.

pub mod hook;
