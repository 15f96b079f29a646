//! Refusals of the OAuth endpoints. Their text stands in `error_description`, and there is no `msg`.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token` and
//! `…/refresh-user-access-token`; the authorize page for 20027 and 20029.

super::codes! {
    PARAMETER_MISSING = 20001, "The request is missing a required parameter." => "send every required parameter; `larkspur schema authen.v2.oauth_token.create` lists them";
    SECRET_INVALID = 20002, "The client secret is invalid." => "copy the app_secret again from the app's credentials page";
    CODE_NOT_FOUND = 20003, "The authorization code is not found. Please note that an authorization code can only be used once." => "let the user authorize again and use the new code";
    CODE_EXPIRED = 20004, "The authorization code has expired." => "use the code within five minutes; let the user authorize again";
    USER_NOT_EXIST = 20008, "The user does not exist." => "let another user authorize";
    APP_NOT_INSTALLED = 20009, "The specified app is not installed." => "install the app in the user's tenant";
    USER_NOT_ALLOWED = 20010, "The user does not have permission to use this app." => "add the user to the app's availability";
    CLIENT_MISMATCH = 20024, "The provided authorization code or refresh token does not match the provided client ID." => "use the client_id that the code or token was issued to";
    REFRESH_INVALID = 20026, "The refresh token passed is invalid. Please check the value." => "send the refresh_token as it was issued, or let the user authorize again";
    SCOPE_NOT_ENABLED = 20027, "The scope list contains scopes that the app has not enabled: %v" => "enable the named scopes for the app, or leave them out of `scope`";
    REDIRECT_URI_INVALID = 20029, "The redirect_uri is invalid." => "add the redirect_uri to the app's redirect URLs, letter by letter";
    GRANT_TYPE_UNSUPPORTED = 20036, "The specified grant_type is not supported." => "use authorization_code, refresh_token, or urn:ietf:params:oauth:grant-type:device_code";
    REFRESH_EXPIRED = 20037, "The refresh token passed has expired. Please generate a new one." => "let the user authorize again";
    APP_NOT_EXIST = 20048, "The specified app does not exist." => "check the client_id, and that the base URL is the one this app belongs to";
    PKCE_FAILED = 20049, "PKCE code challenge failed." => "send the code_verifier whose challenge the authorize page was given";
    SERVER_ERROR = 20050 / 500 (retry), "An unexpected server error occurred. Please retry your request." => "try again; if it stays, report the log_id";
    MALFORMED = 20063, "The request is malformed. Please check your request." => "send a JSON object or a form whose values are strings";
    REFRESH_REVOKED = 20064, "The refresh token has been revoked. Please note that a refresh token can only be used once." => "let the user authorize again";
    CODE_USED = 20065, "The authorization code has been used. Please note that an authorization code can only be used once." => "let the user authorize again and use the new code";
    USER_STATUS_INVALID = 20066, "The user status is invalid." => "the user has left or is suspended: let another user authorize";
    SCOPE_DUPLICATE = 20067, "The provided scope list contains duplicate scopes. Please ensure all scopes are unique." => "name each scope once";
    SCOPE_NOT_PERMITTED = 20068, "The provided scope list contains scopes that are not permitted. Please ensure all scopes are allowed." => "ask only for scopes that the user granted";
    APP_NOT_ENABLED = 20069, "The specified app is not enabled." => "enable the app in the developer console";
    MULTIPLE_AUTHENTICATION = 20070, "Multiple authentication methods were provided. Please only use one to proceed." => "send the client_secret in the Authorization header or in the body, not in both";
    REDIRECT_URI_MISMATCH = 20071, "The provided redirect URI does not match the one used during authorization." => "send the redirect_uri that the authorize page was given";
    UNAVAILABLE = 20072 / 503 (retry), "The server is temporarily unavailable. Please retry your request." => "try again; if it stays, report the log_id";
    REFRESH_USED = 20073, "The refresh token has been used. Please note that a refresh token can only be used once." => "use the refresh_token of the newest answer, or let the user authorize again";
    REFRESH_NOT_ALLOWED = 20074, "The specified app is not allowed to refresh token." => "give the app the scope offline_access";
}

/// The `error` word that goes with a code: RFC 6749's, where the pages name none.
pub fn error(number: i64) -> &'static str {
    match number {
        n if n == SERVER_ERROR.number => "server_error",
        n if n == UNAVAILABLE.number => "temporarily_unavailable",
        n if n == GRANT_TYPE_UNSUPPORTED.number => "unsupported_grant_type",
        n if [SECRET_INVALID, APP_NOT_EXIST].iter().any(|code| code.number == n) => "invalid_client",
        n if [APP_NOT_ENABLED, APP_NOT_INSTALLED, REFRESH_NOT_ALLOWED]
            .iter()
            .any(|code| code.number == n) =>
        {
            "unauthorized_client"
        }
        n if [SCOPE_DUPLICATE, SCOPE_NOT_PERMITTED, SCOPE_NOT_ENABLED]
            .iter()
            .any(|code| code.number == n) =>
        {
            "invalid_scope"
        }
        n if [PARAMETER_MISSING, MALFORMED, MULTIPLE_AUTHENTICATION].iter().any(|code| code.number == n) => {
            "invalid_request"
        }
        _ => "invalid_grant",
    }
}
