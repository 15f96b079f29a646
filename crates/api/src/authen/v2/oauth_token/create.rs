//! `POST /open-apis/authen/v2/oauth/token` with a code

use super::Response;
use crate::prelude::*;

/// Exchanges a code of the authorize page for a user's tokens.
///
/// A code is good for five minutes and once. JSON and forms are taken; `client_id` and `client_secret` may also stand in
/// an `Authorization: Basic` header. Refusals carry `error` and `error_description` and no `msg`.
#[endpoint(
    id = "authen.v2.oauth_token.create",
    method = POST,
    path = "/open-apis/authen/v2/oauth/token",
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token",
    response = Response,
    flat,
    oauth,
    write,
    errors = [
        code::oauth::PARAMETER_MISSING,
        code::oauth::SECRET_INVALID,
        code::oauth::CODE_NOT_FOUND,
        code::oauth::CODE_EXPIRED,
        code::oauth::USER_NOT_EXIST,
        code::oauth::APP_NOT_INSTALLED,
        code::oauth::USER_NOT_ALLOWED,
        code::oauth::CLIENT_MISMATCH,
        code::oauth::GRANT_TYPE_UNSUPPORTED,
        code::oauth::APP_NOT_EXIST,
        code::oauth::PKCE_FAILED,
        code::oauth::SERVER_ERROR,
        code::oauth::MALFORMED,
        code::oauth::CODE_USED,
        code::oauth::USER_STATUS_INVALID,
        code::oauth::SCOPE_DUPLICATE,
        code::oauth::SCOPE_NOT_PERMITTED,
        code::oauth::APP_NOT_ENABLED,
        code::oauth::MULTIPLE_AUTHENTICATION,
        code::oauth::REDIRECT_URI_MISMATCH,
        code::oauth::UNAVAILABLE,
    ],
    example = r#"{"grant_type":"authorization_code","client_id":"cli_a5ca35a685b0x26e","client_secret":"baBqE5um9LbFGDy3X7LcfxQX1sqpXlwy","code":"a61hb967bd094dge949h79bbexd16dfe","redirect_uri":"https://example.com/api/oauth/callback","code_verifier":"TxYmzM4PHLBlqm5NtnCmwxMH8mFlRWl_ipie3O0aVzo"}"#,
)]
pub struct Request {
    /// `authorization_code`.
    #[body]
    pub grant_type: GrantType,
    /// The app.
    #[body]
    pub client_id: AppId,
    /// Its secret.
    #[body]
    pub client_secret: String,
    /// The code.
    #[body]
    pub code: String,
    /// The address that the authorize page was given.
    #[body]
    pub redirect_uri: Option<String>,
    /// What the page's `code_challenge` was made of.
    #[body(min_len = 43, max_len = 128)]
    pub code_verifier: Option<String>,
    /// Takes scopes away: those named stay, separated by spaces.
    #[body]
    pub scope: Option<String>,
}

/// What is exchanged.
#[open_enum]
pub enum GrantType {
    /// A code of the authorize page.
    AuthorizationCode = "authorization_code",
}
