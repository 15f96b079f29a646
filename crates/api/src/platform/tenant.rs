//! `platform.tenant`: what an administrator sets for a tenant.

pub mod get;
pub mod update;

use crate::prelude::*;

/// A tenant, as its administrator has it. A number that is left out is no limit.
#[object]
pub struct Tenant {
    /// The tenant.
    pub tenant_key: String,
    /// The name.
    pub name: String,
    /// Whether the key was deleted that its messages and files are encrypted with: 230036, 234041.
    pub encryption_key_deleted: bool,
    /// Whether its own storage is full: 234042.
    pub storage_full: bool,
    /// Whether nothing is written down of new files at present: 232096.
    pub writing_stopped: bool,
    /// What neither messages (230022; cards that are patched 230028, batches 11312) nor names and descriptions of groups
    /// (232023) may hold.
    pub sensitive_words: Vec<String>,
    /// Whether messages may hold no mobile numbers and e-mail addresses: 230028, in batches 11312.
    pub data_loss_prevention: bool,
    /// How many more users may be urged: 230024.
    pub urgent_quota: Option<i64>,
    /// Whether groups may have restricted mode: 232057.
    pub restricted_mode: bool,
    /// Whether groups may hide the number of their members: 232078.
    pub hide_member_count: bool,
    /// Whether there may be new public groups: 232091.
    pub public_chats: bool,
    /// How many users a group may have: 232044.
    pub max_chat_members: Option<i64>,
    /// For how many seconds a message can be edited: 230075.
    pub edit_window: Option<i64>,
    /// For how many seconds a message can be recalled: 230009.
    pub recall_window: Option<i64>,
    /// Users to whose messages nobody else may react, by `user_id`: 231020.
    pub shielded_users: Vec<String>,
}
