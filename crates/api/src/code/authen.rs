//! Refusals of the older login endpoints. They travel with HTTP 200.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/oidc-access_token/create` and its neighbours.

super::codes! {
    INVALID_REQUEST = 20001 / 200, "Invalid request. Please check request param" => "send every required field";
    APP_INCORRECT = 20002 / 200, "The app_id or app_secret passed is incorrect. Please check the value" => "check the credentials that the app_access_token was got with";
    CODE_INVALID = 20003 / 200, "The code passed is invalid. Please note that the code could only be used once" => "let the user authorize again and use the new code";
    CODE_EXPIRED = 20004 / 200, "The code passed has expired. Please generate a new one" => "use the code within five minutes; let the user authorize again";
    USER_TOKEN_INVALID = 20005 / 200, "The user access token passed is invalid. Please check the value" => "log in again";
    NOT_GENERATED = 20007 / 200 (retry), "Failed to generate a user access token. Please try again" => "try again; if it stays, report the log_id";
    USER_NOT_EXIST = 20008 / 200, "User not exist" => "let another user authorize";
    NOT_INSTALLED = 20009 / 200, "Tenant does not install app" => "install the app in the user's tenant";
    TENANT_TOKEN_INVALID = 20013 / 200, "The tenant access token passed is invalid. Please check the value" => "send an app_access_token";
    APP_TOKEN_INVALID = 20014 / 200, "The app access token passed is invalid. Please check the value" => "get a new app_access_token";
    USER_RESIGNED = 20021 / 200, "User resigned" => "let another user authorize";
    USER_FROZEN = 20022 / 200, "User frozen" => "let an administrator restore the user";
    USER_NOT_REGISTERED = 20023 / 200, "User not registered" => "let the user log in to the client once";
    APP_MISMATCH = 20024 / 200, "App id in user_access_token or refresh_token diff with app id in app_access_token or tenant_access_token. Please keep the app id consistent" => "use the app that the code or token was issued to";
    CREDENTIALS_LACKING = 20025 / 200, "Lack of app_id or app_secret in request" => "send an app_access_token";
    REFRESH_INVALID = 20026 / 200, "The refresh token passed is invalid. Please check the value" => "use the refresh_token of the newest answer, or let the user authorize again";
    APP_ID_INVALID = 20028 / 200, "Invalid app id" => "check the app_id";
    REDIRECT_URI_INVALID = 20029 / 200, "Invalid redirect uri" => "add the redirect_uri to the app's redirect URLs, letter by letter";
    APP_UNKNOWN = 20035 / 200, "The app_id or app_secret passed is incorrect. Please check the value" => "check the credentials that the app_access_token was got with";
    GRANT_TYPE_UNSUPPORTED = 20036 / 200, "The grant_type passed is not supported" => "use authorization_code or refresh_token, as the endpoint wants it";
    REFRESH_EXPIRED = 20037 / 200, "The refresh token passed has expired. Please generate a new one" => "let the user authorize again";
    REFRESH_NOT_FOUND = 20038 / 200, "The refresh token passed is not found. Please check the value" => "send the refresh_token as it was issued";
    USER_TOKEN_NOT_FOUND = 20039 / 200, "The user access token is not found. Please check the value" => "log in again";
    APP_DISABLED = 20042 / 200, "App disabled" => "enable the app in the developer console";
    BRAND_INCONSISTENT = 20046 / 200, "Brand inconsistency" => "call the brand that the user belongs to";
    SYSTEM_ERROR = 20050 / 500 (retry), "System error" => "try again; if it stays, report the log_id";
}
