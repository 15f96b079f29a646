//! `POST /_larkspur/v1/act/pin`

use crate::prelude::*;

/// A user pins a message to its chat.
#[endpoint(
    id = "act.pin",
    method = POST,
    path = "/_larkspur/v1/act/pin",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "pin",
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
