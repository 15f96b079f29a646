//! Refusals of the contact endpoints.
//!
//! Source: the error tables of `/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/…`.

super::codes! {
    INVALID_PARAMETER = 40001, "invalid parameter" => "correct the fields named in field_violations";
    PARAM_IS_INVALID = 40001, "param is invalid" => "correct the fields named in field_violations";
    INTERNAL = 40003 (retry), "internal error" => "try again; if it stays, report the log_id";
    NO_DEPARTMENT_AUTHORITY = 40004 / 403, "no dept. authority" => "add the department to the app's contact range";
    USER_ID_INVALID = 41012, "user id invalid error" => "check the id and user_id_type";
    NO_USER_AUTHORITY = 41050, "no user authority" => "add the user to the app's contact range";
}
