//! `POST /oauth/v1/revoke`

use crate::prelude::*;

/// Ends a user's token before its time. With a refresh token, all tokens of the user for the app end.
///
/// The app is told by `auth.user_access_token.revoked_v4`. A token that nobody knows is ended already.
#[endpoint(
    id = "oauth.v1.revoke",
    method = POST,
    path = "/oauth/v1/revoke",
    rate = Rate::UNLIMITED,
    doc = "",
    response = Empty,
    flat,
    oauth,
    write,
    errors = [
        code::oauth::PARAMETER_MISSING,
        code::oauth::SECRET_INVALID,
        code::oauth::APP_NOT_EXIST,
        code::oauth::MALFORMED,
        code::oauth::APP_NOT_ENABLED,
        code::oauth::MULTIPLE_AUTHENTICATION,
    ],
    example = r#"{"client_id":"cli_a1b2c3d4e5f60718","client_secret":"s3cr3t-value","token":"eyJhbGciOiJFUzI1NiIs","token_type_hint":"refresh_token"}"#,
)]
pub struct Request {
    /// The app.
    #[body]
    pub client_id: AppId,
    /// Its secret.
    #[body]
    pub client_secret: String,
    /// The token.
    #[body]
    pub token: String,
    /// Which it is: `access_token` or `refresh_token`.
    #[body]
    pub token_type_hint: Option<String>,
}
