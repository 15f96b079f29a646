//! `contact.v3.department`: the departments of a tenant, as far as the app may see them.

pub mod batch;
pub mod children;
pub mod get;
pub mod parent;
pub mod search;
pub mod unbind_department_chat;

use crate::{im::v1::message::I18nNames, prelude::*};

const BASE: &[&str] = &[
    "contact:department.base:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];
const ORGANIZE: &[&str] = &[
    "contact:department.organize:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];

/// The root, which everyone is in who is in no department.
pub const ROOT: &str = "0";

/// A department. A field is left out if the app lacks its scope.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/get`.
#[object]
pub struct Department {
    /// The name.
    #[field(scopes = BASE)]
    pub name: Option<String>,
    /// The name by language.
    #[field(scopes = BASE)]
    pub i18n_name: Option<I18nNames>,
    /// The department above it, `0` for the root.
    #[field(scopes = ORGANIZE)]
    pub parent_department_id: Option<String>,
    /// The department, as the tenant calls it.
    #[field(scopes = BASE)]
    pub department_id: Option<String>,
    /// The department: `od-…`.
    pub open_department_id: Option<String>,
    /// Who leads it.
    #[field(scopes = ORGANIZE)]
    pub leader_user_id: Option<String>,
    /// Its group.
    #[field(scopes = BASE)]
    pub chat_id: Option<ChatId>,
    /// Its place among those beside it; smaller comes first.
    #[field(scopes = ORGANIZE)]
    pub order: Option<String>,
    /// The unit it belongs to.
    #[field(scopes = ORGANIZE)]
    pub unit_ids: Option<Vec<String>>,
    /// How many users are in it and below it.
    #[field(scopes = ORGANIZE)]
    pub member_count: Option<i64>,
    /// Whether it is still there.
    #[field(scopes = BASE)]
    pub status: Option<DepartmentStatus>,
    /// Those who lead it.
    pub leaders: Option<Vec<DepartmentLeader>>,
    /// The kinds of employees that its group is for.
    pub group_chat_employee_types: Option<Vec<i64>>,
    /// Its human resources partners.
    #[field(scopes = &["contact:department.hrbp:readonly"])]
    pub department_hrbps: Option<Vec<String>>,
    /// How many users have their main department in it or below it.
    #[field(scopes = ORGANIZE)]
    pub primary_member_count: Option<i64>,
    /// Whether it has a group.
    pub create_group_chat: Option<bool>,
}

/// Whether a department is still there.
#[object]
pub struct DepartmentStatus {
    /// It was deleted.
    pub is_deleted: bool,
}

/// Someone who leads a department.
#[object]
#[expect(non_snake_case, reason = "the names on the wire")]
pub struct DepartmentLeader {
    /// 1 for the first, 2 for a deputy.
    pub leaderType: i64,
    /// The user.
    pub leaderID: String,
}

/// Departments, a page of them.
#[object]
pub struct Departments {
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// The departments.
    pub items: Vec<Department>,
}
