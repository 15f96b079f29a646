//! `POST /_larkspur/v1/act/recall`

use crate::prelude::*;

/// A user recalls a message: their own, or as owner or admin of the group someone else's.
#[endpoint(
    id = "act.recall",
    method = POST,
    path = "/_larkspur/v1/act/recall",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "recall",
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
