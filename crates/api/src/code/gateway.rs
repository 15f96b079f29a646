//! Refusals of the gateway, before any endpoint is asked.
//!
//! Source: `/ukTMukTMukTM/ugjM14COyUjL4ITN`.

super::codes! {
    INTERNAL = 2200 / 500 (retry), "Internal Error" => "try again; if it stays, report the log_id";
    BAD_REQUEST = 9499, "Bad Request" => "send a JSON object whose fields have the documented types; `content` is a string that holds JSON, not an object";
    RESOURCE_NOT_FOUND = 99991201 / 404, "resource not find" => "check the path; `larkspur schema` lists the endpoints";
    METHOD_MISMATCH = 99991301 / 405, "request method doesn’t match" => "check the HTTP method of the endpoint with `larkspur schema`";
    RATE_LIMITED = 99991400 / 429 (retry), "request trigger frequency limit" => "wait the seconds of the x-ogw-ratelimit-reset header, then repeat";
    TOKEN_MISSING = 99991661, "Need a token" => "send `Authorization: Bearer <tenant_access_token>`";
    APP_NOT_IN_USE = 99991662, "app not in use" => "enable the app in the developer console";
    TENANT_TOKEN_INVALID = 99991663, "Invalid access token for authorization. Please make a request with token attached" => "get a new tenant_access_token; if it is new, the endpoint does not take this kind of token";
    APP_TOKEN_INVALID = 99991664, "invalid app token" => "get a new app_access_token";
    USER_TOKEN_INVALID = 99991668, "Invalid access token for authorization. Please make a request with token attached." => "log in again; if the login is fresh, the endpoint does not take user tokens";
    TOKEN_MALFORMED = 99991671, "Invalid token: must start with t-/u-" => "send the token as it was issued";
    APP_SCOPE_MISSING = 99991672, "Access denied. One of the following scopes is required: %v" => "add one of the named scopes to the app and publish a new version";
    APP_UNAUTHORIZED = 99991673, "unauthorized app" => "install the app in this tenant";
    USER_TOKEN_EXPIRED = 99991677, "token expire" => "refresh the user_access_token";
    USER_SCOPE_MISSING = 99991679, "Unauthorized. You do not have permission to perform the requested operation on the resource. Please request user re-authorization and try again. required one of these privileges: [%v]" => "let the user grant the named scopes";
    OPEN_ID_UNKNOWN = 99992351, "these open ids not existed: %v" => "check the open_id; look it up by e-mail with contact.v3.user.batch_get_id";
    MESSAGE_ID_UNKNOWN = 99992354, "these ids not existed: %v" => "check the message_id: it starts with om_ and comes from sending or listing";
    USER_ID_UNKNOWN = 99992360, "Your request contains not existed id." => "check the user_id, and that the id type of the request is user_id";
    OPEN_ID_CROSS_APP = 99992361, "open_id cross app" => "an open_id belongs to one app: use the open_id this app sees, or a union_id or user_id";
    UNION_ID_UNKNOWN = 99992364, "Your request contains not existed id." => "check the union_id, and that the id type of the request is union_id";
    FIELD_VALIDATION_FAILED = 99992402, "field validation failed" => "correct the fields named in field_violations";
}
