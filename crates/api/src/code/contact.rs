//! Refusals of the contact endpoints.
//!
//! Source: the error tables of `/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/{user,department,scope}/…`.

super::codes! {
    INVALID_PARAMETER = 40001, "invalid parameter" => "correct the fields named in field_violations";
    PARAM_IS_INVALID = 40001, "param is invalid" => "correct the fields named in field_violations";
    PARAM_ERROR = 40001, "param error" => "correct the fields named in field_violations";
    ROOT_DEPARTMENT = 40002, "process root dept error" => "name a department below the root";
    INTERNAL = 40003 (retry), "internal error" => "try again; if it stays, report the log_id";
    NO_DEPARTMENT_AUTHORITY = 40004 / 403, "no dept. authority" => "add the department to the app's contact range";
    DEPARTMENT_DENIED = 40004 / 403, "no dept authority error" => "add the department to the app's contact range; for the root, all members";
    DEPARTMENT_NULL = 40008, "dept Info is null error" => "check the department_id and department_id_type";
    CHAT_ID_INVALID = 40010, "chat id is invalid error" => "check the chat_id";
    PAGE_SIZE_INVALID = 40011, "page size is invalid" => "choose a page_size from 1 up to the limit of the page";
    PAGE_SIZE_ABOVE_50 = 40011, "page size is more than 50 error" => "choose a page_size from 1 up to the limit of the page";
    PAGE_TOKEN_INVALID = 40012, "page token is invalid error" => "pass the page_token of the page before";
    PARENT_DENIED = 40014 / 403, "no parent dept authority error" => "add the department above it to the app's contact range";
    DEPARTMENT_UNKNOWN = 40015, "department not exist" => "check the department_id and department_id_type";
    DEPARTMENT_WITHOUT_CHAT = 40020 / 403, "department does not have a chat error" => "the department has no group: there is nothing to do";
    USER_ID_INVALID = 41012, "user id invalid error" => "check the id and user_id_type";
    NO_USER_AUTHORITY = 41050, "no user authority" => "add the user to the app's contact range";
    USER_DENIED = 41050, "no user authority error" => "add the user to the app's contact range";
    TENANT_ID_INVALID = 42008 / 401, "tenant id is invalid error" => "check the token";
    UNIT_REPEATED = 43001 / 409, "dept unit repeat error" => "choose another unit";
    UNIT_IN_USE = 43002 / 409, "dept unit is still using error" => "choose another unit";
    SEVERAL_UNITS = 43003 / 409, "multi dept unit error" => "name one unit";
    UNIT_ILLEGAL = 43004, "illegal unit error" => "check the unit";
    ORDER_TAKEN = 43005, "duplicate order error" => "choose another order";
    DEPARTMENT_ID_TAKEN = 43007, "duplicated department custom id error" => "choose another department_id";
    UNIT_ID_TAKEN = 43007, "duplicated department unit custom id error" => "choose another department_id";
    DEPARTMENT_ID_INVALID = 43008, "custom dept id invalid error" => "choose letters, digits, _, -, @ and ., not beginning with od-";
    DEPARTMENT_ID_FIXED = 43009, "exceed update custom dept limit error" => "the id was changed too often";
    DEPARTMENT_TOO_BIG = 43010, "big dept forbid recursion error" => "ask for the departments below it one by one";
    DEPARTMENT_HAS_USERS = 43011, "delete has member dept error" => "move its users first";
    DEPARTMENT_HAS_CHILDREN = 43012, "delete has sub dept department error" => "delete the departments below it first";
    TOO_MANY_DEPARTMENTS = 43013, "dept too many children error" => "a department has at most 1000 right below it";
    DEPARTMENT_ID_MISSING = 44102, "miss department_id error" => "name a department";
    SEARCH_INVALID_PARAM = 48001, "invalid param" => "give a query, and the page_token of the same request";
    SEARCH_INTERNAL = 48002 / 500 (retry), "Internal Server Error" => "try again; if it stays, report the log_id";
}
