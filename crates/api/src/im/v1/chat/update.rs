//! `PUT /open-apis/im/v1/chats/:chat_id`

use super::{
    ChatType, GroupMessageType, I18nNames, MembershipApproval, Permission, RestrictedModeSetting,
    ShareCardPermission, Visibility,
};
use crate::prelude::*;

/// Changes a group. What is left out stays as it is.
///
/// Owner, admins, and the bot that made the group and has `im:chat:operate_as_owner` change
/// everything; other members name, picture and description, if `edit_permission` lets them.
#[endpoint(
    id = "im.v1.chat.update",
    method = PUT,
    path = "/open-apis/im/v1/chats/:chat_id",
    tenant = Any(&["im:chat", "im:chat:update"]),
    user = Any(&["im:chat", "im:chat:update"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/update",
    cli = "chats update",
    response = Empty,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::EDIT_FORBIDDEN,
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::CHAT_TYPE_UNSUPPORTED,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::NEW_OWNER_OUT_OF_CHAT,
        code::chat::ONLY_CERTAIN_PARTS,
        code::chat::RATE_LIMITED,
        code::chat::NOT_REVIEWED,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::PUBLIC_NAME_TAKEN,
        code::chat::USER_ID_INVALID,
        code::chat::OWNER_CROSS_TENANT,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::OWNER_ID_INVALID,
        code::chat::NO_LABEL_SCOPE,
        code::chat::AVATAR_ILLEGAL,
        code::chat::TAB_NAME_TOO_LONG,
        code::chat::NO_RESTRICTED_MODE,
        code::chat::NO_PUBLIC_EXTERNAL,
        code::chat::NO_PUBLIC_GROUPS,
        code::chat::IN_MEETING,
        code::chat::NO_HIDE_COUNT,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","name":"群聊","description":"测试群描述"}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// How user ids in the request are to be read.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// The picture: a key uploaded with `image_type=avatar`.
    #[body]
    pub avatar: Option<String>,
    /// The name. A public group needs at least 2 characters.
    #[body]
    pub name: Option<String>,
    /// The description.
    #[body]
    pub description: Option<String>,
    /// The name by language.
    #[body]
    pub i18n_names: Option<I18nNames>,
    /// Who may add members. Goes together with `share_card_permission`.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub add_member_permission: Option<Permission>,
    /// Whether members may share the group. Goes together with `add_member_permission`.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub share_card_permission: Option<ShareCardPermission>,
    /// Who may mention everyone.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub at_all_permission: Option<Permission>,
    /// Who may edit name, picture and description.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub edit_permission: Option<Permission>,
    /// The new owner, who must be a member.
    #[body]
    pub owner_id: Option<String>,
    /// Who sees that someone joined.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub join_message_visibility: Option<Visibility>,
    /// Who sees that someone left.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub leave_message_visibility: Option<Visibility>,
    /// Whether joining needs approval.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub membership_approval: Option<MembershipApproval>,
    /// Restricted mode.
    #[body]
    pub restricted_mode_setting: Option<RestrictedModeSetting>,
    /// Who may find and join it.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub chat_type: Option<ChatType>,
    /// How messages stand in it.
    #[body]
    pub group_message_type: Option<GroupMessageType>,
    /// Who may mark a message urgent.
    #[body]
    pub urgent_setting: Option<Permission>,
    /// Who may start a video conference.
    #[body]
    pub video_conference_setting: Option<Permission>,
    /// Who sees how many members there are.
    #[body]
    pub hide_member_count_setting: Option<Permission>,
    /// Who may manage pins.
    #[body]
    pub pin_manage_setting: Option<Permission>,
}
