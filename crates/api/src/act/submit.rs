//! `POST /_larkspur/v1/act/submit`

use std::collections::BTreeMap;

use serde_json::Value;

use crate::prelude::*;

/// A user fills in the form of a card and sends it. The bot is asked, and its answer comes back.
#[endpoint(
    id = "act.submit",
    method = POST,
    path = "/_larkspur/v1/act/submit",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "submit",
    response = Response,
    write,
    errors = [
        code::client::NO_ADDRESS,
        code::client::LATE,
        code::client::NOT_CONNECTED,
        code::client::NOT_RESOLVED,
        code::client::STATUS,
        code::client::MALFORMED,
        code::client::CARD_INVALID,
        code::client::CARD_VERSION,
    ],
    example = r#"{"user":"Ada Okafor","message_id":"om_dc13264520392913993dd051dba21dcf","form_value":{"reason":"holiday"}}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The message.
    #[body]
    pub message_id: MessageId,
    /// What the user filled in, by the names of the elements, as a JSON object. An array stands for several choices.
    #[body]
    pub form_value: BTreeMap<String, Value>,
    /// The button that sends the form: its name or text. Without it: the only one there is.
    #[body]
    pub element: Option<String>,
}

/// What came of it.
#[object]
pub struct Response {
    /// What the bot answered, as it came.
    pub answer: Value,
    /// The notice that the user sees, if there is one.
    pub toast: Option<String>,
    /// Whether the answer replaced the card.
    pub card_updated: bool,
}
