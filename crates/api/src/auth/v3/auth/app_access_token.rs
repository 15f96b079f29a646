//! `POST /open-apis/auth/v3/app_access_token`

use crate::prelude::*;

/// Gets the app token of a store app.
///
/// The ticket comes with the event `app_ticket`, every hour.
#[endpoint(
    id = "auth.v3.auth.app_access_token",
    method = POST,
    path = "/open-apis/auth/v3/app_access_token",
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_access_token",
    response = Response,
    flat,
    errors = [code::auth::INVALID_PARAM, code::auth::APP_TOKEN_FAILED, code::auth::APP_ID_NOT_EXISTS, code::auth::WRONG_APP_SECRET],
    example = r#"{"app_id":"cli_slkdjalasdkjasd","app_secret":"dskLLdkasdjlasdKK","app_ticket":"dskLLdkasd"}"#,
)]
pub struct Request {
    /// The app.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub app_id: AppId,
    /// Its secret.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub app_secret: String,
    /// The newest ticket.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub app_ticket: String,
}

/// The token.
#[object]
pub struct Response {
    /// The token: `a-…`.
    pub app_access_token: String,
    /// How long it is valid, in s.
    pub expire: i64,
}
