//! The three names a user has, and which of them a call means.

use larkspur_api_macros::open_enum;

/// How user ids in a request are to be read, and in which form the answer gives them.
///
/// Source: `/home/user-identity-introduction/open-id`.
#[open_enum]
pub enum UserIdType {
    /// The user within this app.
    OpenId = "open_id",
    /// The user across the apps of this app's developer.
    UnionId = "union_id",
    /// The user within its tenant.
    #[scope("contact:user.employee_id:readonly")]
    UserId = "user_id",
}

/// How department ids are to be read and given.
#[open_enum]
pub enum DepartmentIdType {
    /// Assigned by the platform: `od-…`.
    OpenDepartmentId = "open_department_id",
    /// Chosen by the tenant.
    DepartmentId = "department_id",
}
