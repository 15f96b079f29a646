//! `POST /_larkspur/v1/act/unpin`

use crate::prelude::*;

/// A user takes a message off the pins of its chat.
#[endpoint(
    id = "act.unpin",
    method = POST,
    path = "/_larkspur/v1/act/unpin",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "unpin",
    response = Empty,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","message_id":"om_dc13264520392913993dd051dba21dcf"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The message.
    #[body]
    pub message_id: MessageId,
}
