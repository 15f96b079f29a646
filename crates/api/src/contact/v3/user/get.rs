//! `GET /open-apis/contact/v3/users/:user_id`

use super::User;
use crate::prelude::*;

/// Gets a user.
#[endpoint(
    id = "contact.v3.user.get",
    method = GET,
    path = "/open-apis/contact/v3/users/:user_id",
    tenant = Any(&["contact:contact.base:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    user = Any(&["contact:contact.base:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/get",
    cli = "users get",
    response = Response,
    errors = [
        code::contact::NO_USER_AUTHORITY,
        code::contact::INVALID_PARAMETER,
        code::contact::USER_ID_INVALID,
        code::contact::INTERNAL,
    ],
    example = r#"{"user_id":"7be5fg9a","user_id_type":"open_id","department_id_type":"open_department_id"}"#,
)]
pub struct Request {
    /// The user, in the form `user_id_type` names.
    #[path]
    pub user_id: String,
    /// How the id is to be read, and others are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// In which form departments are given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
}

/// The user.
#[object]
pub struct Response {
    /// The user.
    pub user: User,
}
