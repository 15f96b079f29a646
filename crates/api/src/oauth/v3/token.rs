//! `POST /oauth/v3/token`

use crate::prelude::*;

/// Gets a token of any kind: of the tenant, for a code, a refresh token, or a device.
///
/// `grant_type` says which: `client_credentials`, `authorization_code`, `refresh_token`, or
/// `urn:ietf:params:oauth:grant-type:device_code`. A device that is not let in yet is answered with HTTP 400 and the words of RFC
/// 8628: `authorization_pending`, `slow_down`, `access_denied`, `expired_token`.
#[endpoint(
    id = "oauth.v3.token",
    method = POST,
    path = "/oauth/v3/token",
    rate = Rate::UNLIMITED,
    doc = "",
    response = Response,
    flat,
    oauth,
    write,
    errors = [
        code::oauth::APP_NOT_ENABLED,
        code::oauth::APP_NOT_EXIST,
        code::oauth::APP_NOT_INSTALLED,
        code::oauth::CLIENT_MISMATCH,
        code::oauth::CODE_EXPIRED,
        code::oauth::CODE_NOT_FOUND,
        code::oauth::CODE_USED,
        code::oauth::GRANT_TYPE_UNSUPPORTED,
        code::oauth::MALFORMED,
        code::oauth::MULTIPLE_AUTHENTICATION,
        code::oauth::PARAMETER_MISSING,
        code::oauth::PKCE_FAILED,
        code::oauth::REDIRECT_URI_MISMATCH,
        code::oauth::REFRESH_EXPIRED,
        code::oauth::REFRESH_INVALID,
        code::oauth::REFRESH_NOT_ALLOWED,
        code::oauth::REFRESH_REVOKED,
        code::oauth::REFRESH_USED,
        code::oauth::SCOPE_DUPLICATE,
        code::oauth::SCOPE_NOT_PERMITTED,
        code::oauth::SECRET_INVALID,
        code::oauth::SERVER_ERROR,
        code::oauth::UNAVAILABLE,
        code::oauth::USER_NOT_ALLOWED,
        code::oauth::USER_NOT_EXIST,
        code::oauth::USER_STATUS_INVALID,
    ],
    example = r#"{"grant_type":"client_credentials","client_id":"cli_a1b2c3d4e5f60718","client_secret":"s3cr3t-value"}"#,
)]
pub struct Request {
    /// What is exchanged.
    #[body]
    pub grant_type: GrantType,
    /// The app.
    #[body]
    pub client_id: AppId,
    /// Its secret.
    #[body]
    pub client_secret: String,
    /// The code of the authorize page.
    #[body]
    pub code: Option<String>,
    /// The address that the authorize page was given.
    #[body]
    pub redirect_uri: Option<String>,
    /// What the page's `code_challenge` was made of.
    #[body(min_len = 43, max_len = 128)]
    pub code_verifier: Option<String>,
    /// The refresh token.
    #[body]
    pub refresh_token: Option<String>,
    /// What the device asks with.
    #[body]
    pub device_code: Option<String>,
    /// Takes scopes away: those named stay, separated by spaces.
    #[body]
    pub scope: Option<String>,
}

/// What is exchanged.
#[open_enum]
pub enum GrantType {
    /// The app's own secret, for its tenant's token.
    ClientCredentials = "client_credentials",
    /// A code of the authorize page.
    AuthorizationCode = "authorization_code",
    /// A refresh token.
    RefreshToken = "refresh_token",
    /// The code of a device.
    DeviceCode = "urn:ietf:params:oauth:grant-type:device_code",
}

/// The token.
#[object]
pub struct Response {
    /// The token.
    pub access_token: String,
    /// How long it is valid, in s.
    pub expires_in: i64,
    /// Gets new tokens, once; there if `offline_access` was granted.
    pub refresh_token: Option<String>,
    /// How long it is valid, in s: 604800.
    pub refresh_token_expires_in: Option<i64>,
    /// `Bearer`.
    pub token_type: String,
    /// What a user's token allows, separated by spaces.
    pub scope: Option<String>,
}
