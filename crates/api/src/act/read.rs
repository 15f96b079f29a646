//! `POST /_larkspur/v1/act/read`

use crate::prelude::*;

/// A user reads the messages of a chat, up to the newest.
#[endpoint(
    id = "act.read",
    method = POST,
    path = "/_larkspur/v1/act/read",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "read",
    response = Response,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The chat. Without it: the one-to-one chat with the only bot there is.
    #[body]
    pub chat_id: Option<ChatId>,
    /// The app whose one-to-one chat is meant.
    #[body]
    pub app_id: Option<AppId>,
}

/// What was read now.
#[object]
pub struct Response {
    /// Messages that the user had not read before.
    pub message_id_list: Vec<MessageId>,
}
