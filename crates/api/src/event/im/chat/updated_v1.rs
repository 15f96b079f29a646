//! `im.chat.updated_v1`

use crate::{
    event::UserIds,
    im::v1::{
        chat::{
            GroupMessageType, MembershipApproval, ModerationPermission, RestrictedModeSetting, Visibility,
        },
        message::I18nNames,
    },
    prelude::*,
};

/// The owner, name, picture or a setting of a group the bot is in was changed.
#[event(
    event_type = "im.chat.updated_v1",
    schema = V2,
    scopes = Any(&["im:chat", "im:chat:read", "im:chat:readonly"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/events/updated",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.chat.updated_v1","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"chat_id":"oc_413871888e0d5492e25b173f0812efb7","operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"external":false,"operator_tenant_key":"86gwe65","after_change":{"avatar":"default-avatar_0cda3662-875a-4354-94d2-83e7393c7123","name":"群名称测试","description":"群描述测试","i18n_names":{"zh_cn":"群聊","en_us":"group chat","ja_jp":"グループチャット"},"add_member_permission":"all_members","share_card_permission":"allowed","at_all_permission":"only_owner","edit_permission":"all_members","membership_approval":"approval_required","join_message_visibility":"all_members","leave_message_visibility":"all_members","moderation_permission":"all_members","owner_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"restricted_mode_setting":{"status":false,"screenshot_has_permission_setting":"all_members","download_has_permission_setting":"all_members","message_has_permission_setting":"all_members"},"group_message_type":"thread"},"before_change":{"avatar":"default-avatar_0cda3662-875a-4354-94d2-83e7393c7123","name":"群名称测试","description":"群描述测试","i18n_names":{"zh_cn":"群聊","en_us":"group chat","ja_jp":"グループチャット"},"add_member_permission":"all_members","share_card_permission":"allowed","at_all_permission":"only_owner","edit_permission":"all_members","membership_approval":"approval_required","join_message_visibility":"all_members","leave_message_visibility":"all_members","moderation_permission":"all_members","owner_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"restricted_mode_setting":{"status":false,"screenshot_has_permission_setting":"all_members","download_has_permission_setting":"all_members","message_has_permission_setting":"all_members"},"group_message_type":"thread"},"moderator_list":{"added_member_list":[{"tenant_key":"86gwe65","user_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}}],"removed_member_list":[{"tenant_key":"86gwe65","user_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}}]}}}"#,
)]
pub struct Event {
    /// The chat.
    pub chat_id: ChatId,
    /// Who changed it.
    pub operator_id: Option<UserIds>,
    /// Whether the chat has members of other tenants.
    pub external: bool,
    /// The tenant of who did it.
    pub operator_tenant_key: Option<String>,
    /// What was changed, as it is now.
    pub after_change: Option<ChatChange>,
    /// What was changed, as it was.
    pub before_change: Option<ChatChange>,
    /// Who may speak from now on and who may not, where only members on a list may.
    pub moderator_list: Option<ModeratorList>,
}

/// Settings of a chat, those that changed.
#[object]
pub struct ChatChange {
    /// The picture: a key.
    pub avatar: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The name by language.
    pub i18n_names: Option<I18nNames>,
    /// Who may add members.
    pub add_member_permission: Option<Permission>,
    /// Whether members may share the chat.
    pub share_card_permission: Option<ShareCardPermission>,
    /// Who may mention everyone.
    pub at_all_permission: Option<Permission>,
    /// Who may edit name, picture and description.
    pub edit_permission: Option<Permission>,
    /// Whether joining needs approval.
    pub membership_approval: Option<MembershipApproval>,
    /// Who sees that someone joined.
    pub join_message_visibility: Option<Visibility>,
    /// Who sees that someone left.
    pub leave_message_visibility: Option<Visibility>,
    /// Who may speak.
    pub moderation_permission: Option<ModerationPermission>,
    /// The owner.
    pub owner_id: Option<UserIds>,
    /// Restricted mode.
    pub restricted_mode_setting: Option<RestrictedModeSetting>,
    /// Whether messages stand one by one or in threads.
    pub group_message_type: Option<GroupMessageType>,
    /// Labels. On no page, but in the official SDKs.
    pub labels: Option<Vec<String>>,
}

/// Who may do something.
#[open_enum]
pub enum Permission {
    /// All members.
    AllMembers = "all_members",
    /// The owner and the admins.
    OnlyOwner = "only_owner",
    /// It was not set.
    Unknown = "unknown",
}

/// Whether members may share the chat.
#[open_enum]
pub enum ShareCardPermission {
    /// They may.
    Allowed = "allowed",
    /// They may not.
    NotAllowed = "not_allowed",
    /// It was not set.
    Unknown = "unknown",
}

/// How the list of members who may speak changed.
#[object]
pub struct ModeratorList {
    /// Who came onto it. The owner is always among them.
    pub added_member_list: Option<Vec<Moderator>>,
    /// Who went from it.
    pub removed_member_list: Option<Vec<Moderator>>,
}

/// A member who may speak.
#[object]
pub struct Moderator {
    /// The member's tenant.
    pub tenant_key: Option<String>,
    /// Who.
    pub user_id: UserIds,
}
