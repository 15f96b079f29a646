//! `POST /_larkspur/v1/act/authorize`

use crate::prelude::*;

/// A user lets an app act in their name, or does not: on the authorize page, or for a device that shows a code.
#[endpoint(
    id = "act.authorize",
    method = POST,
    path = "/_larkspur/v1/act/authorize",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "authorize",
    response = Response,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","user_code":"BCDF-GHJK"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The address of the authorize page, with everything the app put into it.
    #[body]
    pub url: Option<String>,
    /// The code that a device shows.
    #[body]
    pub user_code: Option<String>,
    /// Whether the user refuses.
    #[body]
    pub deny: Option<bool>,
}

/// What follows.
#[object]
pub struct Response {
    /// Where the browser would go, with the code in it.
    pub redirect_to: Option<String>,
}
