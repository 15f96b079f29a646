//! `POST /open-apis/contact/v3/departments/unbind_department_chat`

use crate::prelude::*;

/// Makes the group of a department a group like any other.
#[endpoint(
    id = "contact.v3.department.unbind_department_chat",
    method = POST,
    path = "/open-apis/contact/v3/departments/unbind_department_chat",
    tenant = Any(&["contact:contact"]),
    rate = Rate::per_second(20),
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/unbind_department_chat",
    cli = "departments unbind_department_chat",
    response = Empty,
    write,
    errors = [
        code::contact::ROOT_DEPARTMENT,
        code::contact::INTERNAL,
        code::contact::DEPARTMENT_DENIED,
        code::contact::DEPARTMENT_WITHOUT_CHAT,
    ],
    example = r#"{"department_id":"D096","department_id_type":"department_id"}"#,
)]
pub struct Request {
    /// How department ids are to be read and given.
    #[query(default = "open_department_id")]
    pub department_id_type: Option<DepartmentIdType>,
    /// The department.
    #[body]
    pub department_id: String,
}
