//! `POST /open-apis/authen/v1/refresh_access_token`

use crate::{authen::v1::Identity, prelude::*};

/// Exchanges a refresh token for new tokens, and tells who the user is.
///
/// The older form: it takes an `app_access_token`. New programs use `authen.v2.oauth_token`.
#[endpoint(
    id = "authen.v1.refresh_access_token.create",
    method = POST,
    path = "/open-apis/authen/v1/refresh_access_token",
    app = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/refresh_access_token/create",
    response = Identity,
    write,
    errors = [
        code::authen::INVALID_REQUEST,
        code::authen::NOT_GENERATED,
        code::authen::USER_NOT_EXIST,
        code::authen::NOT_INSTALLED,
        code::authen::USER_RESIGNED,
        code::authen::USER_FROZEN,
        code::authen::USER_NOT_REGISTERED,
        code::authen::APP_MISMATCH,
        code::authen::CREDENTIALS_LACKING,
        code::authen::APP_ID_INVALID,
        code::authen::SYSTEM_ERROR,
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
