//! `GET /open-apis/contact/v3/departments/batch`

use super::Department;
use crate::prelude::*;

/// Gets several departments. Those that do not exist are left out.
#[endpoint(
    id = "contact.v3.department.batch",
    method = GET,
    path = "/open-apis/contact/v3/departments/batch",
    tenant = Any(&["contact:contact.base:readonly"]),
    user = Any(&["contact:contact.base:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/batch",
    cli = "departments batch",
    response = Response,
    errors = [
        code::contact::PARAM_IS_INVALID,
        code::contact::DEPARTMENT_TOO_BIG,
        code::contact::INTERNAL,
        code::contact::DEPARTMENT_NULL,
        code::contact::PARENT_DENIED,
        code::contact::PAGE_SIZE_ABOVE_50,
        code::contact::PAGE_TOKEN_INVALID,
        code::contact::TENANT_ID_INVALID,
        code::contact::UNIT_ID_TAKEN,
        code::contact::DEPARTMENT_DENIED,
    ],
    example = r#"{"department_ids":["D096"],"department_id_type":"department_id"}"#,
)]
pub struct Request {
    /// The departments.
    #[query]
    pub department_ids: Vec<String>,
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
}

/// The departments.
#[object]
pub struct Response {
    /// Those that were found.
    pub items: Vec<Department>,
}
