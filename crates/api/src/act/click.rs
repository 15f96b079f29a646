//! `POST /_larkspur/v1/act/click`

use serde_json::Value;

use crate::prelude::*;

/// A user presses a button of a card, or uses another of its elements. The bot is asked, and its answer comes back.
///
/// An answer that the client could not use is refused with the code that a client shows.
#[endpoint(
    id = "act.click",
    method = POST,
    path = "/_larkspur/v1/act/click",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "click",
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
    example = r#"{"user":"Ada Okafor","message_id":"om_dc13264520392913993dd051dba21dcf","element":"Approve"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The message.
    #[body]
    pub message_id: MessageId,
    /// The element: its name, its text, or its `element_id`. Without it: the only one there is to press.
    #[body]
    pub element: Option<String>,
    /// What the user chose, in a menu or a picker.
    #[body]
    pub option: Option<String>,
    /// What the user chose, where several can be.
    #[body]
    pub options: Option<Vec<String>>,
    /// What the user wrote, in an input.
    #[body]
    pub input_value: Option<String>,
    /// Whether the user ticked it, of a box.
    #[body]
    pub checked: Option<bool>,
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
