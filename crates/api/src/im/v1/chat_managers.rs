//! `im.v1.chat_managers`: the admins of a group.

pub mod add_managers;
pub mod delete_managers;

use super::chat_members::MemberIdType;
use crate::prelude::*;

/// The most admins a group has.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-managers/add_managers`.
pub const MAX_MANAGERS: usize = 10;

/// The admins of a group, after the change.
#[object]
pub struct Managers {
    /// The users among them; by `open_id` if bots were named.
    pub chat_managers: Vec<String>,
    /// The bots among them, by `app_id`.
    pub chat_bot_managers: Vec<AppId>,
}
