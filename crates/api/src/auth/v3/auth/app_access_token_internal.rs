//! `POST /open-apis/auth/v3/app_access_token/internal`

use crate::prelude::*;

/// Gets the app token of an app that belongs to one tenant. The tenant token has the same value.
#[endpoint(
    id = "auth.v3.auth.app_access_token_internal",
    method = POST,
    path = "/open-apis/auth/v3/app_access_token/internal",
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_access_token_internal",
    response = Response,
    flat,
    errors = [code::auth::INVALID_PARAM, code::auth::APP_UNAUTHORIZED, code::auth::APP_ID_NOT_EXISTS, code::auth::WRONG_APP_SECRET],
    example = r#"{"app_id":"cli_slkdjalasdkjasd","app_secret":"dskLLdkasdjlasdKK"}"#,
)]
pub struct Request {
    /// The app.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub app_id: AppId,
    /// Its secret.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub app_secret: String,
}

/// The tokens.
#[object]
pub struct Response {
    /// The app token: `t-…`.
    pub app_access_token: String,
    /// The tenant token.
    pub tenant_access_token: String,
    /// How long they are valid, in s: 1800 to 7200.
    pub expire: i64,
}
