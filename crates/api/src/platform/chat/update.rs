//! `PATCH /_larkspur/v1/chats/:chat_id`

use super::{ChatKind, Nature};
use crate::prelude::*;

/// Makes a chat into what no app can make it: external, secret, muted, banned.
///
/// It is how a bot meets the refusals that only users and administrators cause.
#[endpoint(
    id = "platform.chat.update",
    method = PATCH,
    path = "/_larkspur/v1/chats/:chat_id",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "chat update",
    response = Nature,
    write,
    errors = [],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","kind":"external"}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// What kind it is.
    #[body]
    pub kind: Option<ChatKind>,
    /// Whether nobody may speak.
    #[body]
    pub muted: Option<bool>,
    /// Whether the user of a conversation stopped the bot.
    #[body]
    pub bot_stopped: Option<bool>,
    /// Whether new members do not see what was before they joined.
    #[body]
    pub hides_history: Option<bool>,
    /// Whether messages destruct themselves.
    #[body]
    pub self_destructs: Option<bool>,
    /// Whether the vendor banned it.
    #[body]
    pub banned: Option<bool>,
}
