//! `POST /open-apis/auth/v3/tenant_access_token/internal`

use crate::prelude::*;

/// Gets the tenant token of an app that belongs to one tenant.
#[endpoint(
    id = "auth.v3.auth.tenant_access_token_internal",
    method = POST,
    path = "/open-apis/auth/v3/tenant_access_token/internal",
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal",
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

/// The token.
#[object]
pub struct Response {
    /// The token: `t-…`.
    pub tenant_access_token: String,
    /// How long it is valid, in s: 1800 to 7200.
    pub expire: i64,
}
