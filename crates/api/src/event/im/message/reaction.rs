//! `im.message.reaction`: emoji that are put to messages and taken away.

pub mod created_v1;
pub mod deleted_v1;

use crate::prelude::*;

/// Which emoji.
#[object]
pub struct ReactionType {
    /// One of [`EMOJI_TYPES`](crate::content::emoji::EMOJI_TYPES).
    pub emoji_type: String,
}

/// Who reacted.
#[open_enum]
pub enum OperatorType {
    /// A user: `user_id` says who.
    User = "user",
    /// An app: `app_id` says which.
    App = "app",
}
