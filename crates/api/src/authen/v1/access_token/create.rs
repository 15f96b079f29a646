//! `POST /open-apis/authen/v1/access_token`

use crate::{authen::v1::Identity, prelude::*};

/// Exchanges a code of the authorize page for a user's tokens and who the user is.
///
/// The older form: it takes an `app_access_token`. New programs use `authen.v2.oauth_token`.
#[endpoint(
    id = "authen.v1.access_token.create",
    method = POST,
    path = "/open-apis/authen/v1/access_token",
    app = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/access_token/create",
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
