//! Refusals of the token endpoints. They travel with HTTP 200.
//!
//! Source: live answers of 2026-09-12; `/ukTMukTMukTM/ugjM14COyUjL4ITN` for 10015.

super::codes! {
    INVALID_PARAM = 10003 / 200, "invalid param" => "send app_id and app_secret as JSON strings; an app_id is cli_ and 16 hex digits";
    APP_ID_NOT_EXISTS = 10014 / 200, "app id not exists" => "check the app_id, and that the base URL is the one this app belongs to";
    WRONG_APP_SECRET = 10015 / 200, "wrong app secret" => "copy the app_secret again from the app's credentials page";
}
