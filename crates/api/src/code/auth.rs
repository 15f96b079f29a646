//! Refusals of the token endpoints. They travel with HTTP 200.
//!
//! Source: live answers of 2026-09-12; `/ukTMukTMukTM/ugjM14COyUjL4ITN` for 10015.

super::codes! {
    INVALID_PARAM = 10003 / 200, "invalid param" => "send app_id and app_secret as JSON strings; an app_id is cli_ and 16 hex digits";
    APP_UNAUTHORIZED = 10005 / 200, "app id unauthorized" => "an app of the store gets its token with a ticket: auth.v3.auth.app_access_token";
    APP_TOKEN_FAILED = 10012 / 200, "get app access token fail" => "send the app_ticket of the newest app_ticket event; ask for another with auth.v3.auth.app_ticket_resend";
    TENANT_TOKEN_FAILED = 10013 / 200, "get tenant access token fail" => "check the app_access_token, and that the tenant has installed the app";
    APP_ID_NOT_EXISTS = 10014 / 200, "app id not exists" => "check the app_id, and that the base URL is the one this app belongs to";
    WRONG_APP_SECRET = 10015 / 200, "wrong app secret" => "copy the app_secret again from the app's credentials page";
    TICKET_NOT_SENT = 10016 / 200, "app resend fail" => "only apps of the store have tickets";
}
