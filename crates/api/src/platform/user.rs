//! `platform.user`: what a tenant's administrator does.

pub mod create;
pub mod delete;
pub mod token;
pub mod update;

use crate::prelude::*;

/// A user, as the tenant has them.
#[object]
pub struct User {
    /// The user within the tenant.
    pub user_id: UserId,
    /// The user across the apps of a developer.
    pub union_id: UnionId,
    /// The name.
    pub name: String,
    /// The English name.
    pub en_name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number.
    pub mobile: Option<String>,
    /// Whether they have left.
    pub is_resigned: bool,
}
