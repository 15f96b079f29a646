//! `im.v2.feed_shortcut`: the chats that users keep at the top of their list.

pub mod create;
pub mod list;
pub mod remove;

use crate::prelude::*;

/// A chat at the top.
#[object]
pub struct Shortcut {
    /// The chat.
    pub feed_card_id: ChatId,
    /// What it is: 1, a chat.
    pub r#type: i64,
}

/// What could not be done.
#[object]
pub struct FailedShortcut {
    /// The chat.
    pub shortcut: Shortcut,
    /// Why.
    pub reason: Reason,
}

/// Why something could not be done.
#[open_enum]
pub enum Reason {
    /// The user is not in the chat.
    NoPermission = 1,
    /// There is no such chat.
    InvalidItem = 2,
    /// It is being taken away.
    HasPendingDelete = 3,
    /// Only chats can be at the top.
    TypeNotSupport = 4,
    /// The platform failed.
    InternalError = 5,
}

/// What could not be done of several.
#[object]
pub struct Outcome {
    /// Those for which it was not done.
    pub failed_shortcuts: Vec<FailedShortcut>,
}
