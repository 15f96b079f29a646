//! `contact.v3.user`: users of a tenant, as far as the app may see them.

pub mod basic_batch;
pub mod batch;
pub mod batch_get_id;
pub mod find_by_department;
pub mod get;

use crate::{im::v1::message::I18nNames, prelude::*};

/// Scopes of which each alone gives the plain fields of a user.
pub(crate) const BASE: &[&str] = &[
    "contact:user.base:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];
pub(crate) const GENDER: &[&str] = &[
    "contact:user.gender:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];
pub(crate) const EMPLOYEE: &[&str] = &[
    "contact:user.employee:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];
pub(crate) const DEPARTMENT: &[&str] = &[
    "contact:user.department:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];
pub(crate) const EMPLOYEE_NO: &[&str] = &[
    "contact:user.employee_number:read",
    "contact:user.employee:readonly",
    "contact:contact:access_as_app",
    "contact:contact:readonly",
    "contact:contact:readonly_as_app",
];

/// A user. A field is left out if the app lacks its scope.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/get`.
#[object]
pub struct User {
    /// The user across the apps of this app's developer.
    pub union_id: UnionId,
    /// The user within the tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
    /// The user within this app.
    pub open_id: OpenId,
    /// The name.
    #[field(scopes = BASE)]
    pub name: Option<String>,
    /// The English name.
    #[field(scopes = BASE)]
    pub en_name: Option<String>,
    /// Another name.
    #[field(scopes = BASE)]
    pub nickname: Option<String>,
    /// The e-mail address.
    #[field(scopes = &["contact:user.email:readonly"])]
    pub email: Option<String>,
    /// The phone number.
    #[field(scopes = &["contact:user.phone:readonly"])]
    pub mobile: Option<String>,
    /// Whether colleagues see the phone number.
    pub mobile_visible: Option<bool>,
    /// The gender.
    #[field(scopes = GENDER)]
    pub gender: Option<Gender>,
    /// The key of the picture.
    pub avatar_key: Option<String>,
    /// The picture.
    #[field(scopes = BASE)]
    pub avatar: Option<AvatarInfo>,
    /// Whether they work here.
    #[field(scopes = EMPLOYEE)]
    pub status: Option<UserStatus>,
    /// Their departments.
    #[field(scopes = DEPARTMENT)]
    pub department_ids: Option<Vec<String>>,
    /// Whom they report to.
    #[field(scopes = DEPARTMENT)]
    pub leader_user_id: Option<String>,
    /// Where they work.
    #[field(scopes = EMPLOYEE)]
    pub city: Option<String>,
    /// Where they work.
    #[field(scopes = EMPLOYEE)]
    pub country: Option<String>,
    /// Where they sit.
    #[field(scopes = EMPLOYEE)]
    pub work_station: Option<String>,
    /// When they joined, in s since 1970.
    #[field(scopes = EMPLOYEE)]
    pub join_time: Option<i64>,
    /// Whether they administer the tenant.
    #[field(scopes = EMPLOYEE)]
    pub is_tenant_manager: Option<bool>,
    /// Their number.
    #[field(scopes = EMPLOYEE_NO)]
    pub employee_no: Option<String>,
    /// How they are employed: 1 regular, 2 intern, 3 contractor, 4 labour, 5 consultant.
    #[field(scopes = EMPLOYEE)]
    pub employee_type: Option<i64>,
    /// Their place in their departments.
    #[field(scopes = DEPARTMENT)]
    pub orders: Option<Vec<UserOrder>>,
    /// What the tenant added.
    #[field(scopes = EMPLOYEE)]
    pub custom_attrs: Option<Vec<serde_json::Value>>,
    /// The address of the tenant's own mail service.
    #[field(scopes = EMPLOYEE)]
    pub enterprise_email: Option<String>,
    /// What they do.
    #[field(scopes = EMPLOYEE)]
    pub job_title: Option<String>,
    /// Whether the account is suspended.
    pub is_frozen: Option<bool>,
    /// Where their data is kept.
    #[field(scopes = &["contact:user.user_geo"])]
    pub geo: Option<String>,
    /// Their job level.
    #[field(scopes = &["contact:user.job_level:readonly"])]
    pub job_level_id: Option<String>,
    /// Their job family.
    #[field(scopes = &["contact:user.job_family:readonly"])]
    pub job_family_id: Option<String>,
    /// Their seats, by id.
    #[field(scopes = &["contact:user.subscription_ids:write"])]
    pub subscription_ids: Option<Vec<String>>,
    /// Their seats.
    #[field(scopes = &["contact:user.assign_info:read"])]
    pub assign_info: Option<Vec<serde_json::Value>>,
    /// The way to their departments. With a user token only.
    #[field(scopes = &["contact:user.department_path:readonly"])]
    pub department_path: Option<Vec<serde_json::Value>>,
    /// Whom else they report to.
    #[field(scopes = &["contact:user.dotted_line_leader_info.read"])]
    pub dotted_line_leader_user_ids: Option<Vec<String>>,
}

/// The gender of a user.
#[open_enum]
pub enum Gender {
    /// Not told.
    Secret = 0,
    /// Male.
    Male = 1,
    /// Female.
    Female = 2,
    /// Other.
    Unlisted = 3,
}

/// The picture of a user in several sizes, as URLs.
#[object]
pub struct AvatarInfo {
    /// 72 by 72 px.
    pub avatar_72: Option<String>,
    /// 240 by 240 px.
    pub avatar_240: Option<String>,
    /// 640 by 640 px.
    pub avatar_640: Option<String>,
    /// As it was uploaded.
    pub avatar_origin: Option<String>,
}

/// Whether a user works here.
#[object]
pub struct UserStatus {
    /// The account is suspended.
    pub is_frozen: bool,
    /// The user has left.
    pub is_resigned: bool,
    /// The account is in use.
    pub is_activated: bool,
    /// The user left on their own; they count as having left some time later.
    pub is_exited: bool,
    /// The user has not yet agreed to join.
    pub is_unjoin: bool,
}

/// A user's place in a department.
#[object]
pub struct UserOrder {
    /// The department.
    pub department_id: Option<String>,
    /// Their place among its users; higher comes first.
    pub user_order: Option<i64>,
    /// Its place among their departments; higher comes first.
    pub department_order: Option<i64>,
    /// Whether it is their main department.
    pub is_primary_dept: Option<bool>,
}

/// A user's name and nothing more.
#[object]
pub struct BasicUser {
    /// The user, in the form asked for.
    pub user_id: String,
    /// The name.
    pub name: String,
    /// The name by language.
    pub i18n_name: Option<I18nNames>,
}
