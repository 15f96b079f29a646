//! `POST /_larkspur/v1/act/enter`

use crate::prelude::*;

/// A user opens the one-to-one chat with a bot. It is made when it is first opened.
#[endpoint(
    id = "act.enter",
    method = POST,
    path = "/_larkspur/v1/act/enter",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "enter",
    response = Response,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The app. Without it: the only one that has a bot.
    #[body]
    pub app_id: Option<AppId>,
}

/// The chat.
#[object]
pub struct Response {
    /// The chat.
    pub chat_id: ChatId,
}
