//! `im.v1.chat_moderation`: who may speak in a group.

pub mod get;
pub mod update;

use super::chat::ModerationPermission;
