//! `POST /_larkspur/v1/act/leave`

use crate::prelude::*;

/// A user leaves a group.
#[endpoint(
    id = "act.leave",
    method = POST,
    path = "/_larkspur/v1/act/leave",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "leave",
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
