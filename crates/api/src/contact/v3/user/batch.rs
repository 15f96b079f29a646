//! `GET /open-apis/contact/v3/users/batch`

use super::User;
use crate::prelude::*;

/// Gets up to 50 users. Those who do not exist or cannot be seen are left out.
#[endpoint(
    id = "contact.v3.user.batch",
    method = GET,
    path = "/open-apis/contact/v3/users/batch",
    tenant = Any(&["contact:contact.base:readonly"]),
    user = Any(&["contact:contact.base:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/batch",
    cli = "users batch",
    response = Response,
    errors = [
        code::contact::INVALID_PARAMETER,
        code::contact::NO_USER_AUTHORITY,
        code::contact::NO_DEPARTMENT_AUTHORITY,
    ],
    example = r#"{"user_ids":["7be5fg"],"user_id_type":"open_id","department_id_type":"open_department_id"}"#,
)]
pub struct Request {
    /// The users, in the form `user_id_type` names.
    #[query(max_len = 50)]
    pub user_ids: Vec<String>,
    /// How the ids are to be read, and others are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// In which form departments are given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
}

/// The users.
#[object]
pub struct Response {
    /// The users.
    pub items: Vec<User>,
}
