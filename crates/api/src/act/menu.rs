//! `POST /_larkspur/v1/act/menu`

use crate::prelude::*;

/// A user chooses an entry of a bot's menu.
#[endpoint(
    id = "act.menu",
    method = POST,
    path = "/_larkspur/v1/act/menu",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "menu",
    response = Empty,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","event_key":"help"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The app. Without it: the only one that has a bot.
    #[body]
    pub app_id: Option<AppId>,
    /// The key of the entry, as the bot's settings have it.
    #[body]
    pub event_key: String,
}
