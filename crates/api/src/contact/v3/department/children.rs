//! `GET /open-apis/contact/v3/departments/:department_id/children`

use super::{Department, Departments};
use crate::prelude::*;

/// Lists the departments below one.
#[endpoint(
    id = "contact.v3.department.children",
    method = GET,
    path = "/open-apis/contact/v3/departments/:department_id/children",
    tenant = Any(&["contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    user = Any(&["contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/children",
    cli = "departments children",
    response = Departments,
    paged = Department,
    errors = [
        code::contact::DEPARTMENT_TOO_BIG,
        code::contact::INTERNAL,
        code::contact::DEPARTMENT_NULL,
        code::contact::PARENT_DENIED,
        code::contact::PAGE_SIZE_INVALID,
        code::contact::PAGE_TOKEN_INVALID,
        code::contact::TENANT_ID_INVALID,
        code::contact::DEPARTMENT_ID_TAKEN,
        code::contact::DEPARTMENT_DENIED,
    ],
    example = r#"{"department_id":"0","fetch_child":true}"#,
)]
pub struct Request {
    /// The department; `0` is the root.
    #[path(max_len = 64)]
    pub department_id: String,
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// However deep, and not only those right below it.
    #[query]
    pub fetch_child: Option<bool>,
    /// How many to a page.
    #[query(max = 50, default = "10")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}
