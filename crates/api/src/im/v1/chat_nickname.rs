//! `im.v1.chat_nickname`: what a user is called in one chat.

pub mod delete;
pub mod get;
pub mod update;

/// The most bytes of a nickname.
///
/// Source: the official command line.
pub const MAX_BYTES: usize = 300;
