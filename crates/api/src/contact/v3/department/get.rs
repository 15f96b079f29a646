//! `GET /open-apis/contact/v3/departments/:department_id`

use super::Department;
use crate::prelude::*;

/// Gets a department.
#[endpoint(
    id = "contact.v3.department.get",
    method = GET,
    path = "/open-apis/contact/v3/departments/:department_id",
    tenant = Any(&["contact:contact.base:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    user = Any(&["contact:contact.base:readonly", "contact:contact:access_as_app", "contact:contact:readonly", "contact:contact:readonly_as_app"]),
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/get",
    cli = "departments get",
    response = Response,
    errors = [
        code::contact::PARAM_ERROR,
        code::contact::DEPARTMENT_TOO_BIG,
        code::contact::INTERNAL,
        code::contact::DEPARTMENT_DENIED,
        code::contact::DEPARTMENT_NULL,
        code::contact::TENANT_ID_INVALID,
        code::contact::DEPARTMENT_UNKNOWN,
    ],
    example = r#"{"department_id":"D096","department_id_type":"department_id"}"#,
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
}

/// The department.
#[object]
pub struct Response {
    /// The department.
    pub department: Department,
}
