//! `POST /open-apis/authen/v1/oidc/access_token`

use crate::{authen::v1::Tokens, prelude::*};

/// Exchanges a code of the authorize page for a user's tokens.
///
/// The older form: it takes an `app_access_token`. New programs use `authen.v2.oauth_token`.
#[endpoint(
    id = "authen.v1.oidc_access_token.create",
    method = POST,
    path = "/open-apis/authen/v1/oidc/access_token",
    app = NO_SCOPE,
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/oidc-access_token/create",
    response = Tokens,
    write,
    errors = [
        code::authen::INVALID_REQUEST,
        code::authen::APP_INCORRECT,
        code::authen::CODE_INVALID,
        code::authen::CODE_EXPIRED,
        code::authen::NOT_GENERATED,
        code::authen::USER_NOT_EXIST,
        code::authen::TENANT_TOKEN_INVALID,
        code::authen::APP_TOKEN_INVALID,
        code::authen::USER_RESIGNED,
        code::authen::USER_FROZEN,
        code::authen::USER_NOT_REGISTERED,
        code::authen::APP_MISMATCH,
        code::authen::CREDENTIALS_LACKING,
        code::authen::APP_ID_INVALID,
        code::authen::REDIRECT_URI_INVALID,
        code::authen::APP_UNKNOWN,
        code::authen::GRANT_TYPE_UNSUPPORTED,
        code::authen::USER_TOKEN_NOT_FOUND,
        code::authen::APP_DISABLED,
        code::authen::BRAND_INCONSISTENT,
    ],
    example = r#"{"grant_type":"authorization_code","code":"xMSldislSkdK"}"#,
)]
pub struct Request {
    /// `authorization_code`.
    #[body(invalid = code::authen::INVALID_REQUEST)]
    pub grant_type: String,
    /// The code. It is good for five minutes and once.
    #[body(invalid = code::authen::INVALID_REQUEST)]
    pub code: String,
}
