//! `custom_bot.v1.hook`.

pub mod send;
