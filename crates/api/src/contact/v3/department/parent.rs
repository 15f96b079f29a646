//! `GET /open-apis/contact/v3/departments/parent`

use super::{Department, Departments};
use crate::prelude::*;

/// Lists the departments above one, the nearest first. The root is not among them.
#[endpoint(
    id = "contact.v3.department.parent",
    method = GET,
    path = "/open-apis/contact/v3/departments/parent",
    tenant = Any(&["contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    user = Any(&["contact:contact.base:readonly", "contact:department.organize:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/parent",
    cli = "departments parent",
    response = Departments,
    paged = Department,
    errors = [
        code::contact::UNIT_REPEATED,
        code::contact::UNIT_IN_USE,
        code::contact::SEVERAL_UNITS,
        code::contact::UNIT_ILLEGAL,
        code::contact::ORDER_TAKEN,
        code::contact::PARAM_ERROR,
        code::contact::DEPARTMENT_ID_TAKEN,
        code::contact::DEPARTMENT_ID_INVALID,
        code::contact::DEPARTMENT_ID_FIXED,
        code::contact::DEPARTMENT_TOO_BIG,
        code::contact::TOO_MANY_DEPARTMENTS,
        code::contact::DEPARTMENT_HAS_USERS,
        code::contact::DEPARTMENT_HAS_CHILDREN,
        code::contact::ROOT_DEPARTMENT,
        code::contact::INTERNAL,
        code::contact::DEPARTMENT_DENIED,
        code::contact::DEPARTMENT_NULL,
        code::contact::CHAT_ID_INVALID,
        code::contact::PARENT_DENIED,
        code::contact::PAGE_SIZE_INVALID,
        code::contact::PAGE_TOKEN_INVALID,
        code::contact::TENANT_ID_INVALID,
        code::contact::DEPARTMENT_ID_MISSING,
    ],
    example = r#"{"department_id":"D096","department_id_type":"department_id"}"#,
)]
pub struct Request {
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// The department.
    #[query]
    pub department_id: String,
    /// How many to a page.
    #[query(max = 50, default = "20")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}
