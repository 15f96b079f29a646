//! `POST /open-apis/auth/v3/tenant_access_token`

use crate::prelude::*;

/// Gets the token of a store app in a tenant that installed it.
#[endpoint(
    id = "auth.v3.auth.tenant_access_token",
    method = POST,
    path = "/open-apis/auth/v3/tenant_access_token",
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token",
    response = Response,
    flat,
    errors = [code::auth::INVALID_PARAM, code::auth::TENANT_TOKEN_FAILED],
    example = r#"{"app_access_token":"a-32bd8551db2f081cbfd26293f27516390b9feb04","tenant_key":"73658811060f175d"}"#,
)]
pub struct Request {
    /// The app token.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub app_access_token: String,
    /// The tenant.
    #[body(invalid = code::auth::INVALID_PARAM)]
    pub tenant_key: String,
}

/// The token.
#[object]
pub struct Response {
    /// The token: `t-…`.
    pub tenant_access_token: String,
    /// How long it is valid, in s.
    pub expire: i64,
}
