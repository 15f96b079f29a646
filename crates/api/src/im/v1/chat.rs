//! `im.v1.chat`: making, reading and changing chats.

pub mod batch_query;
pub mod create;
pub mod delete;
pub mod get;
pub mod link;
pub mod list;
pub mod search;
pub mod update;

use super::message::I18nNames;
use crate::prelude::*;

/// The most bots a chat may hold.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/create`.
pub const MAX_BOTS: usize = 15;

/// The most users a chat may hold.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/create`.
pub const MAX_USERS: usize = 5000;

/// The most bots that may be invited with one call.
pub const MAX_INVITED_BOTS: usize = 5;

/// A chat. To someone who is not a member only name, avatar, counts and status are shown.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/im-v1/chat/chat-info/intro`.
#[object]
pub struct Chat {
    /// The chat. Left out by `im.v1.chat.get`.
    pub chat_id: Option<ChatId>,
    /// The picture, as a URL.
    pub avatar: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The name by language.
    pub i18n_names: Option<I18nNames>,
    /// The owner, if it is a user.
    pub owner_id: Option<String>,
    /// Which kind of id `owner_id` is.
    pub owner_id_type: Option<UserIdType>,
    /// The users who are admins.
    pub user_manager_id_list: Option<Vec<String>>,
    /// The bots that are admins, by `app_id`.
    pub bot_manager_id_list: Option<Vec<AppId>>,
    /// Who may mark a message urgent.
    pub urgent_setting: Option<Permission>,
    /// Who may start a video conference.
    pub video_conference_setting: Option<Permission>,
    /// Who may manage pins.
    pub pin_manage_setting: Option<Permission>,
    /// Who may add members.
    pub add_member_permission: Option<Permission>,
    /// Whether members may share the chat.
    pub share_card_permission: Option<ShareCardPermission>,
    /// Who may mention everyone.
    pub at_all_permission: Option<Permission>,
    /// Who may edit name, picture and description.
    pub edit_permission: Option<Permission>,
    /// Whether messages stand one by one or in threads.
    pub group_message_type: Option<GroupMessageType>,
    /// Group, topic group or one-to-one.
    pub chat_mode: Option<ChatMode>,
    /// Private or public.
    pub chat_type: Option<ChatType>,
    /// What the chat is for.
    pub chat_tag: Option<ChatTag>,
    /// Whether it has members of other tenants.
    pub external: Option<bool>,
    /// The tenant.
    pub tenant_key: Option<String>,
    /// Who sees that someone joined.
    pub join_message_visibility: Option<Visibility>,
    /// Who sees that someone left.
    pub leave_message_visibility: Option<Visibility>,
    /// Whether joining needs approval.
    pub membership_approval: Option<MembershipApproval>,
    /// Who may speak.
    pub moderation_permission: Option<ModerationPermission>,
    /// Restricted mode.
    pub restricted_mode_setting: Option<RestrictedModeSetting>,
    /// Who sees how many members there are.
    pub hide_member_count_setting: Option<Permission>,
    /// How many users are members.
    pub user_count: Option<Count>,
    /// How many bots are members.
    pub bot_count: Option<Count>,
    /// Whether it still exists.
    pub chat_status: Option<ChatStatus>,
    /// Labels.
    pub labels: Option<Vec<String>>,
    /// Toolkits.
    pub toolkit_ids: Option<Vec<String>>,
}

/// Restricted mode: what members may take out of the chat.
///
/// `status` may be true only if something is forbidden, and nothing may be forbidden if it is false.
#[object]
pub struct RestrictedModeSetting {
    /// Whether it is on.
    pub status: Option<bool>,
    /// Whether members may take screenshots.
    pub screenshot_has_permission_setting: Option<RestrictedPermission>,
    /// Whether members may download pictures, videos and files.
    pub download_has_permission_setting: Option<RestrictedPermission>,
    /// Whether members may copy and forward messages.
    pub message_has_permission_setting: Option<RestrictedPermission>,
}

/// Who may do something in restricted mode.
#[open_enum]
pub enum RestrictedPermission {
    /// All members.
    AllMembers = "all_members",
    /// Nobody.
    NotAnyone = "not_anyone",
}

/// Who may do something.
#[open_enum]
pub enum Permission {
    /// All members.
    AllMembers = "all_members",
    /// The owner and the admins.
    OnlyOwner = "only_owner",
}

/// Whether members may share the chat.
#[open_enum]
pub enum ShareCardPermission {
    /// All members may. Goes with `add_member_permission=all_members`.
    Allowed = "allowed",
    /// The owner and the admins may. Goes with `add_member_permission=only_owner`.
    NotAllowed = "not_allowed",
}

/// Who sees that someone joined or left.
#[open_enum]
pub enum Visibility {
    /// All members.
    AllMembers = "all_members",
    /// The owner and the admins.
    OnlyOwner = "only_owner",
    /// Nobody.
    NotAnyone = "not_anyone",
}

/// Whether joining needs approval.
#[open_enum]
pub enum MembershipApproval {
    /// It does not.
    NoApprovalRequired = "no_approval_required",
    /// The owner or an admin must approve.
    ApprovalRequired = "approval_required",
}

/// Who may speak.
#[open_enum]
pub enum ModerationPermission {
    /// All members.
    AllMembers = "all_members",
    /// The owner and the admins.
    OnlyOwner = "only_owner",
    /// The members on a list.
    ModeratorList = "moderator_list",
}

/// How messages stand in a group.
#[open_enum]
pub enum GroupMessageType {
    /// One by one.
    Chat = "chat",
    /// Each starts a thread.
    Thread = "thread",
}

/// What kind of chat.
#[open_enum]
pub enum ChatMode {
    /// A group.
    Group = "group",
    /// A topic group. Made in the client only.
    Topic = "topic",
    /// One-to-one.
    P2p = "p2p",
}

/// Who may find and join a group.
#[open_enum]
pub enum ChatType {
    /// Those who are invited.
    Private = "private",
    /// Everyone in the tenant.
    Public = "public",
}

/// What a chat is for.
#[open_enum]
pub enum ChatTag {
    /// Members of one tenant.
    Inner = "inner",
    /// Everyone in the tenant.
    Tenant = "tenant",
    /// Everyone in a department.
    Department = "department",
    /// Education.
    Edu = "edu",
    /// A meeting.
    Meeting = "meeting",
    /// Customer service.
    CustomerService = "customer_service",
}

/// Whether a chat still exists.
#[open_enum]
pub enum ChatStatus {
    /// It does.
    Normal = "normal",
    /// It was dissolved.
    Dissolved = "dissolved",
    /// It was dissolved and its messages are kept.
    DissolvedSave = "dissolved_save",
}
