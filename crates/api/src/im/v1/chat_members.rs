//! `im.v1.chat_members`: who is in a chat.

pub mod bots;
pub mod create;
pub mod delete;
pub mod get;
pub mod is_in_chat;
pub mod list;
pub mod me_join;

use crate::prelude::*;

/// How member ids are to be read.
#[open_enum]
pub enum MemberIdType {
    /// Users, within this app.
    OpenId = "open_id",
    /// Users, across the apps of this app's developer.
    UnionId = "union_id",
    /// Users, within their tenant.
    #[scope("contact:user.employee_id:readonly")]
    UserId = "user_id",
    /// Bots.
    AppId = "app_id",
}
