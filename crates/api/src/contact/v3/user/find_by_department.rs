//! `GET /open-apis/contact/v3/users/find_by_department`

use super::User;
use crate::prelude::*;

/// Lists the users right in a department.
#[endpoint(
    id = "contact.v3.user.find_by_department",
    method = GET,
    path = "/open-apis/contact/v3/users/find_by_department",
    tenant = Any(&["contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    user = Any(&["contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/find_by_department",
    cli = "users find_by_department",
    response = Response,
    paged = User,
    errors = [
        code::contact::USER_DENIED,
        code::contact::PAGE_SIZE_INVALID,
        code::contact::PAGE_TOKEN_INVALID,
        code::contact::DEPARTMENT_DENIED,
    ],
    example = r#"{"department_id":"od-4e6ac4d14bcd5071a37a39de902c7141"}"#,
)]
pub struct Request {
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// The department; `0` is the root.
    #[query]
    pub department_id: String,
    /// How many to a page.
    #[query(max = 50, default = "10")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of users.
#[object]
pub struct Response {
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// The users.
    pub items: Vec<User>,
}
