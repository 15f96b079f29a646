//! `POST /open-apis/authen/v2/oauth/token` with a refresh token

use super::Response;
use crate::prelude::*;

/// Exchanges a refresh token for new tokens.
///
/// A refresh token is good once: the answer brings the next one. The old `user_access_token` lives out its time. 365 days after
/// the user agreed no refresh token helps any more.
#[endpoint(
    id = "authen.v2.oauth_token.refresh",
    method = POST,
    path = "/open-apis/authen/v2/oauth/token",
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/refresh-user-access-token",
    response = Response,
    flat,
    oauth,
    write,
    errors = [
        code::oauth::PARAMETER_MISSING,
        code::oauth::SECRET_INVALID,
        code::oauth::USER_NOT_EXIST,
        code::oauth::APP_NOT_INSTALLED,
        code::oauth::USER_NOT_ALLOWED,
        code::oauth::CLIENT_MISMATCH,
        code::oauth::REFRESH_INVALID,
        code::oauth::GRANT_TYPE_UNSUPPORTED,
        code::oauth::REFRESH_EXPIRED,
        code::oauth::APP_NOT_EXIST,
        code::oauth::SERVER_ERROR,
        code::oauth::MALFORMED,
        code::oauth::REFRESH_REVOKED,
        code::oauth::USER_STATUS_INVALID,
        code::oauth::SCOPE_DUPLICATE,
        code::oauth::SCOPE_NOT_PERMITTED,
        code::oauth::APP_NOT_ENABLED,
        code::oauth::MULTIPLE_AUTHENTICATION,
        code::oauth::UNAVAILABLE,
        code::oauth::REFRESH_USED,
        code::oauth::REFRESH_NOT_ALLOWED,
    ],
    example = r#"{"grant_type":"refresh_token","client_id":"cli_a5ca35a685b0x26e","client_secret":"baBqE5um9LbFGDy3X7LcfxQX1sqpXlwy","refresh_token":"eyJhbGciOiJFUzI1NiIs"}"#,
)]
pub struct Request {
    /// `refresh_token`.
    #[body]
    pub grant_type: GrantType,
    /// The app.
    #[body]
    pub client_id: AppId,
    /// Its secret.
    #[body]
    pub client_secret: String,
    /// The refresh token.
    #[body]
    pub refresh_token: String,
    /// Takes scopes away: those named stay, separated by spaces.
    #[body]
    pub scope: Option<String>,
}

/// What is exchanged.
#[open_enum]
pub enum GrantType {
    /// A refresh token.
    RefreshToken = "refresh_token",
}
