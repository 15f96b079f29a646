//! `im.v1.message_reaction`: emoji that people and bots put below a message.

pub mod batch_query;
pub mod create;
pub mod delete;
pub mod list;

use crate::prelude::*;

/// An emoji below a message, and who put it there.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/overview-of-message-reaction-resources`.
#[object]
pub struct MessageReaction {
    /// The reaction.
    pub reaction_id: String,
    /// Who added it.
    pub operator: Operator,
    /// When, in ms.
    pub action_time: Millis,
    /// The emoji.
    pub reaction_type: Emoji,
}

/// Who added a reaction.
#[object]
pub struct Operator {
    /// The `app_id` of a bot; a user in the form asked for.
    pub operator_id: String,
    /// A person or a bot.
    pub operator_type: OperatorType,
}

/// What kind of operator.
#[open_enum]
pub enum OperatorType {
    /// A bot.
    App = "app",
    /// A person.
    User = "user",
}

/// An emoji.
#[object]
pub struct Emoji {
    /// Its name: one of [`EMOJI_TYPES`](crate::content::emoji::EMOJI_TYPES), spelled exactly so.
    pub emoji_type: String,
}

impl Emoji {
    /// The emoji of this name.
    pub fn new(emoji_type: impl Into<String>) -> Self {
        Self { emoji_type: emoji_type.into(), ..Self::default() }
    }
}
