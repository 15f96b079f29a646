//! `POST /_larkspur/v1/act/open_link`

use serde_json::Value;

use crate::prelude::*;

/// A user sees a link in a message. The app that previews it is asked, and its answer comes back.
#[endpoint(
    id = "act.open_link",
    method = POST,
    path = "/_larkspur/v1/act/open_link",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "open-link",
    response = Response,
    write,
    errors = [
        code::client::NO_ADDRESS,
        code::client::LATE,
        code::client::NOT_CONNECTED,
        code::client::NOT_RESOLVED,
        code::client::STATUS,
        code::client::MALFORMED,
        code::client::CARD_INVALID,
        code::client::CARD_VERSION,
    ],
    example = r#"{"user":"Ada Okafor","url":"https://example.com/page/1"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The link.
    #[body]
    pub url: String,
    /// The message that holds it.
    #[body]
    pub message_id: Option<MessageId>,
    /// The app. Without it: the only one that has a bot.
    #[body]
    pub app_id: Option<AppId>,
}

/// What came of it.
#[object]
pub struct Response {
    /// What the bot answered, as it came.
    pub answer: Value,
}
