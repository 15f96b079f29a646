//! `POST /_larkspur/v1/act/withdraw`

use crate::prelude::*;

/// A user takes back that they added others to a group. Those leave it, and bots hear of it as withdrawn.
#[endpoint(
    id = "act.withdraw",
    method = POST,
    path = "/_larkspur/v1/act/withdraw",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "withdraw",
    response = Empty,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","chat_id":"oc_a0553eda9014c201e6969b478895c230","members":["Sam Rivera"]}"#,
)]
pub struct Request {
    /// The user who had added them: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The group.
    #[body]
    pub chat_id: ChatId,
    /// Those who were added, each by any of their names.
    #[body(min_len = 1)]
    pub members: Vec<String>,
}
