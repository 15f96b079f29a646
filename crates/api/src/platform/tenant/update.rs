//! `PATCH /_larkspur/v1/tenants/:tenant_key`

use super::Tenant;
use crate::prelude::*;

/// Changes what an administrator sets for a tenant.
///
/// It is how an app meets the refusals that only administrators cause. They are named beside each setting.
#[endpoint(
    id = "platform.tenant.update",
    method = PATCH,
    path = "/_larkspur/v1/tenants/:tenant_key",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "tenant update",
    response = Tenant,
    write,
    errors = [],
    example = r#"{"tenant_key":"736588c9260f175d","sensitive_words":["rose"]}"#,
)]
pub struct Request {
    /// The tenant.
    #[path]
    pub tenant_key: String,
    /// Whether the key was deleted that its messages and files are encrypted with: 230036, 234041.
    #[body]
    pub encryption_key_deleted: Option<bool>,
    /// Whether its own storage is full: 234042.
    #[body]
    pub storage_full: Option<bool>,
    /// Whether nothing is written down of new files at present: 232096.
    #[body]
    pub writing_stopped: Option<bool>,
    /// What neither messages (230022; cards that are patched 230028, batches 11312) nor names and descriptions of groups
    /// (232023) may hold.
    #[body]
    pub sensitive_words: Option<Vec<String>>,
    /// Whether messages may hold no mobile numbers and e-mail addresses: 230028, in batches 11312.
    #[body]
    pub data_loss_prevention: Option<bool>,
    /// How many more users may be urged; -1 for any number: 230024.
    #[body(min = -1)]
    pub urgent_quota: Option<i64>,
    /// Whether groups may have restricted mode: 232057.
    #[body]
    pub restricted_mode: Option<bool>,
    /// Whether groups may hide the number of their members: 232078.
    #[body]
    pub hide_member_count: Option<bool>,
    /// Whether there may be new public groups: 232091.
    #[body]
    pub public_chats: Option<bool>,
    /// How many users a group may have; -1 for the number that holds for all: 232044.
    #[body(min = -1)]
    pub max_chat_members: Option<i64>,
    /// For how many seconds a message can be edited; -1 for ever: 230075.
    #[body(min = -1)]
    pub edit_window: Option<i64>,
    /// For how many seconds a message can be recalled; -1 for ever: 230009.
    #[body(min = -1)]
    pub recall_window: Option<i64>,
    /// Users to whose messages nobody else may react, by any of their names: 231020.
    #[body]
    pub shielded_users: Option<Vec<String>>,
}
