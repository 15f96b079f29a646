//! `POST /_larkspur/v1/users/token`

use crate::prelude::*;

/// Gives an app a user's tokens, as if the user had agreed to it on the authorize page.
#[endpoint(
    id = "platform.user.token",
    method = POST,
    path = "/_larkspur/v1/users/token",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "user token",
    response = Response,
    write,
    errors = [
        code::oauth::APP_NOT_ENABLED,
        code::oauth::USER_STATUS_INVALID,
        code::oauth::APP_NOT_INSTALLED,
        code::oauth::USER_NOT_ALLOWED,
        code::oauth::SCOPE_DUPLICATE,
        code::oauth::SCOPE_NOT_ENABLED,
    ],
    example = r#"{"user":"Ada Okafor","app_id":"cli_a1b2c3d4e5f60718","scope":"im:message offline_access"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The app, by its id or name. Without it: the only one with a bot.
    #[body]
    pub app_id: Option<String>,
    /// What the app may do, separated by spaces. Without it: everything that the app may do.
    #[body]
    pub scope: Option<String>,
}

/// The tokens.
#[object]
pub struct Response {
    /// The `user_access_token`.
    pub access_token: String,
    /// How long it is valid, in s.
    pub expires_in: i64,
    /// Gets new tokens, once; there if `offline_access` is among the scopes.
    pub refresh_token: Option<String>,
    /// How long it is valid, in s.
    pub refresh_token_expires_in: Option<i64>,
    /// What the token allows, separated by spaces.
    pub scope: String,
    /// The user within the app.
    pub open_id: OpenId,
}
