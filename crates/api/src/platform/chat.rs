//! `platform.chat`: what users and administrators make of a chat in their clients.

pub mod update;

use crate::prelude::*;

/// A chat, as far as no app can change it.
#[object]
pub struct Nature {
    /// The chat.
    pub chat_id: ChatId,
    /// What kind it is.
    pub kind: ChatKind,
    /// Whether nobody may speak.
    pub muted: bool,
    /// Whether the user of a conversation stopped the bot.
    pub bot_stopped: bool,
    /// Whether new members do not see what was before they joined.
    pub hides_history: bool,
    /// Whether messages destruct themselves.
    pub self_destructs: bool,
    /// Whether the vendor banned it.
    pub banned: bool,
}

/// What kind a chat is. Only users make the kinds besides the normal one.
#[open_enum]
pub enum ChatKind {
    /// All are of one tenant.
    Normal = "normal",
    /// With people of other tenants. Bots may not act in it.
    External = "external",
    /// Secret.
    Secret = "secret",
    /// Encrypted by a third party.
    Encrypted = "encrypted",
    /// It connects tenants.
    Connection = "connection",
    /// Of a team.
    Team = "team",
    /// Of a meeting that is under way.
    Meeting = "meeting",
}
