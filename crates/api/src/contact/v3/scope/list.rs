//! `GET /open-apis/contact/v3/scopes`

use crate::prelude::*;

/// Lists the users and departments that the app may see.
#[endpoint(
    id = "contact.v3.scope.list",
    method = GET,
    path = "/open-apis/contact/v3/scopes",
    tenant = Any(&["contact:contact.base:readonly", "contact:contact:access_as_app", "contact:contact:readonly_as_app"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/scope/list",
    cli = "scopes list",
    response = Response,
    errors = [
        code::contact::PAGE_SIZE_INVALID,
        code::contact::PAGE_TOKEN_INVALID,
    ],
    example = r#"{"page_size":50}"#,
)]
pub struct Request {
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// How many to a page.
    #[query(min = 1, max = 100, default = "50")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// What the app may see: a page of users, then of departments, then of groups of users.
#[object]
pub struct Response {
    /// Departments. All below them belong to it.
    pub department_ids: Option<Vec<String>>,
    /// Users.
    pub user_ids: Option<Vec<String>>,
    /// Groups of users.
    pub group_ids: Option<Vec<String>>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}
