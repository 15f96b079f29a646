//! `im.chat.member.user`: users join and leave.

pub mod added_v1;
pub mod deleted_v1;
pub mod withdrawn_v1;

use crate::{event::UserIds, prelude::*};

/// Someone who joined or left.
#[object]
pub struct User {
    /// The name.
    pub name: String,
    /// The user's tenant.
    pub tenant_key: Option<String>,
    /// Who.
    pub user_id: UserIds,
}
