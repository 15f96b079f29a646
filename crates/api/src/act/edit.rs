//! `POST /_larkspur/v1/act/edit`

use crate::{im::v1::message::MsgType, prelude::*};

/// A user edits a text or post they sent.
#[endpoint(
    id = "act.edit",
    method = POST,
    path = "/_larkspur/v1/act/edit",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "edit",
    response = Empty,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","message_id":"om_dc13264520392913993dd051dba21dcf","text":"yes!"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The message.
    #[body]
    pub message_id: MessageId,
    /// Plain text.
    #[body]
    pub text: Option<String>,
    /// Whom to mention before the text: names of users and bots, or `all`.
    #[body]
    pub at: Option<Vec<String>>,
    /// What kind of content, if it is not `text`.
    #[body]
    pub msg_type: Option<MsgType>,
    /// Content of that kind: JSON in a string, as in `im.v1.message.create`.
    #[body]
    pub content: Option<String>,
}
