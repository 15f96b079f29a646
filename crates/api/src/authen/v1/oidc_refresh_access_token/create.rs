//! `POST /open-apis/authen/v1/oidc/refresh_access_token`

use crate::{authen::v1::Tokens, prelude::*};

/// Exchanges a refresh token for new tokens.
///
/// The older form: it takes an `app_access_token`. New programs use `authen.v2.oauth_token`.
#[endpoint(
    id = "authen.v1.oidc_refresh_access_token.create",
    method = POST,
    path = "/open-apis/authen/v1/oidc/refresh_access_token",
    app = NO_SCOPE,
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/oidc-refresh_access_token/create",
    response = Tokens,
    write,
    errors = [
        code::authen::INVALID_REQUEST,
        code::authen::APP_INCORRECT,
        code::authen::NOT_GENERATED,
        code::authen::USER_NOT_EXIST,
        code::authen::TENANT_TOKEN_INVALID,
        code::authen::APP_TOKEN_INVALID,
        code::authen::USER_RESIGNED,
        code::authen::USER_FROZEN,
        code::authen::USER_NOT_REGISTERED,
        code::authen::APP_MISMATCH,
        code::authen::REFRESH_INVALID,
        code::authen::APP_ID_INVALID,
        code::authen::REDIRECT_URI_INVALID,
        code::authen::GRANT_TYPE_UNSUPPORTED,
        code::authen::REFRESH_EXPIRED,
        code::authen::REFRESH_NOT_FOUND,
        code::authen::APP_DISABLED,
        code::authen::BRAND_INCONSISTENT,
    ],
    example = r#"{"grant_type":"refresh_token","refresh_token":"ur-t9HHgRCjMqGqIU9v05Zhos"}"#,
)]
pub struct Request {
    /// `refresh_token`.
    #[body(invalid = code::authen::INVALID_REQUEST)]
    pub grant_type: String,
    /// The refresh token. It is good once.
    #[body(invalid = code::authen::INVALID_REQUEST)]
    pub refresh_token: String,
}
