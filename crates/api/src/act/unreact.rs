//! `POST /_larkspur/v1/act/unreact`

use crate::prelude::*;

/// A user takes their emoji away from a message.
#[endpoint(
    id = "act.unreact",
    method = POST,
    path = "/_larkspur/v1/act/unreact",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "unreact",
    response = Empty,
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
