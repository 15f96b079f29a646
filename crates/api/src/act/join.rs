//! `POST /_larkspur/v1/act/join`

use crate::prelude::*;

/// A user comes into a group.
#[endpoint(
    id = "act.join",
    method = POST,
    path = "/_larkspur/v1/act/join",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "join",
    response = Empty,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The group.
    #[body]
    pub chat_id: ChatId,
}
