//! `card.action.trigger_v1`

use super::{Action, Toast};
use crate::prelude::*;

/// A user did something to a card, in the form of old. New apps take `card.action.trigger`.
///
/// It comes bare: no envelope, never encrypted, signed in a way of its own.
#[event(
    event_type = "card.action.trigger_v1",
    schema = Legacy,
    scopes = NO_SCOPE,
    doc = "/ukTMukTMukTM/uYzM3QjL2MzN04iNzcDN/configuring-card-callbacks/card-callback-structure",
    answer = Answer,
    example = r#"{"open_id":"ou_sdfimx9948345","user_id":"eu_sd923r0sdf5","open_message_id":"om_abcdefg1234567890","tenant_key":"d32004232","token":"c-xxxxx","action":{"value":{"key":"value"},"tag":"button"}}"#,
)]
pub struct Event {
    /// The user within this app.
    pub open_id: OpenId,
    /// The user within its tenant.
    pub user_id: Option<UserId>,
    /// The tenant.
    pub tenant_key: Option<String>,
    /// Lets the card be changed later: twice at most, within 30 min.
    pub token: String,
    /// The message.
    pub open_message_id: Option<MessageId>,
    /// The chat.
    pub open_chat_id: Option<ChatId>,
    /// What the user did.
    pub action: Action,
}

/// What becomes of the card: the JSON of the one that takes its place stands in `other`.
#[object]
pub struct Answer {
    /// A notice to show.
    pub toast: Option<Toast>,
}
