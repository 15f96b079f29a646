//! `POST /open-apis/contact/v3/departments/search`

use super::{Department, Departments};
use crate::prelude::*;

/// Searches departments by a part of their names.
#[endpoint(
    id = "contact.v3.department.search",
    method = POST,
    path = "/open-apis/contact/v3/departments/search",
    user = Any(&["contact:contact.base:readonly", "search:department:read", "contact:contact:access_as_app", "contact:contact:readonly_as_app"]),
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/search",
    cli = "departments search",
    response = Departments,
    paged = Department,
    errors = [
        code::contact::SEARCH_INVALID_PARAM,
        code::contact::SEARCH_INTERNAL,
    ],
    example = r#"{"query":"DemoName"}"#,
)]
pub struct Request {
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// How many to a page.
    #[query(max = 50, default = "20")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// The part of the name.
    #[body]
    pub query: String,
}
