//! `POST /oauth/v1/device_authorization`

use crate::prelude::*;

/// Starts a login on a device that has no browser.
///
/// The app names itself in an `Authorization: Basic` header. The user opens the address, or types `user_code` there; the device
/// asks the token endpoint with `device_code` until it is answered.
#[endpoint(
    id = "oauth.v1.device_authorization",
    method = POST,
    path = "/oauth/v1/device_authorization",
    rate = Rate::UNLIMITED,
    doc = "",
    response = Response,
    flat,
    oauth,
    write,
    errors = [
        code::oauth::PARAMETER_MISSING,
        code::oauth::SECRET_INVALID,
        code::oauth::SCOPE_NOT_ENABLED,
        code::oauth::APP_NOT_EXIST,
        code::oauth::MALFORMED,
        code::oauth::SCOPE_DUPLICATE,
        code::oauth::APP_NOT_ENABLED,
        code::oauth::MULTIPLE_AUTHENTICATION,
    ],
    example = r#"{"client_id":"cli_a1b2c3d4e5f60718","scope":"im:message offline_access"}"#,
)]
pub struct Request {
    /// The app.
    #[body]
    pub client_id: AppId,
    /// What it wants to do, separated by spaces.
    #[body]
    pub scope: Option<String>,
}

/// What to show the user.
#[object]
pub struct Response {
    /// What the device asks with.
    pub device_code: String,
    /// What the user types.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: String,
    /// How long the user has, in s: 240.
    pub expires_in: i64,
    /// How long to wait between two questions, in s: 5.
    pub interval: i64,
}
