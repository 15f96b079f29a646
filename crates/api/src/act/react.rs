//! `POST /_larkspur/v1/act/react`

use crate::prelude::*;

/// A user puts an emoji to a message.
#[endpoint(
    id = "act.react",
    method = POST,
    path = "/_larkspur/v1/act/react",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "react",
    response = Response,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","message_id":"om_dc13264520392913993dd051dba21dcf","emoji_type":"THUMBSUP"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The message.
    #[body]
    pub message_id: MessageId,
    /// The emoji: one of `EMOJI_TYPES`, such as `THUMBSUP`.
    #[body]
    pub emoji_type: String,
}

/// The reaction.
#[object]
pub struct Response {
    /// The reaction.
    pub reaction_id: String,
}
