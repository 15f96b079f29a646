//! `POST /open-apis/auth/v3/app_ticket/resend`

use crate::prelude::*;

/// Asks for another ticket, which comes with the event `app_ticket` at once.
#[endpoint(
    id = "auth.v3.auth.app_ticket_resend",
    method = POST,
    path = "/open-apis/auth/v3/app_ticket/resend",
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_ticket_resend",
    response = Empty,
    flat,
    errors = [code::auth::INVALID_PARAM, code::auth::APP_ID_NOT_EXISTS, code::auth::WRONG_APP_SECRET, code::auth::TICKET_NOT_SENT],
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
