//! `POST /open-apis/im/v1/chats`

use super::{
    Chat, ChatMode, ChatType, GroupMessageType, I18nNames, MembershipApproval, Permission,
    RestrictedModeSetting, Visibility,
};
use crate::prelude::*;

/// Makes a group. The bot that makes it is a member, and the owner if none is named.
#[endpoint(
    id = "im.v1.chat.create",
    method = POST,
    path = "/open-apis/im/v1/chats",
    tenant = Any(&["im:chat", "im:chat:create"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/create",
    cli = "chats create",
    response = Chat,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::RATE_LIMITED,
        code::chat::PUBLIC_NAME_TOO_SHORT,
        code::chat::BOT_UNKNOWN,
        code::chat::USER_RESIGNED,
        code::chat::NOT_REVIEWED,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::USER_ID_INVALID,
        code::chat::CREATOR_CROSS_TENANT,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::NO_LABEL_SCOPE,
        code::chat::PUBLIC_NAME_EMPTY,
        code::chat::UNAVAILABLE_IDS,
        code::chat::NO_RESTRICTED_MODE,
        code::chat::BEING_CREATED,
        code::chat::NO_PUBLIC_EXTERNAL,
        code::chat::NO_PUBLIC_GROUPS,
        code::chat::NO_OCIC_SCOPE,
        code::chat::NO_HIDE_COUNT,
        code::chat::HIDE_COUNT_UNSUPPORTED,
    ],
    example = r#"{"user_id_type":"open_id","set_bot_manager":false,"name":"测试群名称","description":"测试群描述","owner_id":"ou_7d8a6e6df7621556ce0d21922b676706ccs","user_id_list":["ou_7d8a6e6df7621556ce0d21922b676706ccs"],"chat_type":"private"}"#,
)]
#[derive(Default)]
pub struct Request {
    /// How user ids in the request are to be read.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// Whether the bot becomes an admin, if `owner_id` makes someone else the owner.
    #[query(default = "false")]
    pub set_bot_manager: Option<bool>,
    /// Requests with the same value and owner within 10 hours make at most one group.
    #[query(max_len = 50)]
    pub uuid: Option<String>,
    /// The picture: a key uploaded with `image_type=avatar`.
    #[body]
    pub avatar: Option<String>,
    /// The name, at best up to 60 characters. A public group needs at least 2.
    #[body]
    pub name: Option<String>,
    /// The description, at best up to 100 characters.
    #[body(default = "")]
    pub description: Option<String>,
    /// The name by language.
    #[body]
    pub i18n_names: Option<I18nNames>,
    /// The owner. By default the bot.
    #[body]
    pub owner_id: Option<String>,
    /// The users to invite.
    #[body(max_len = 50)]
    pub user_id_list: Option<Vec<String>>,
    /// The bots to invite, by `app_id`. The calling bot joins by itself.
    #[body(max_len = 5)]
    pub bot_id_list: Option<Vec<AppId>>,
    /// How messages stand in it.
    #[body(default = "chat")]
    pub group_message_type: Option<GroupMessageType>,
    /// Always `group`.
    #[body(default = "group", invalid = code::chat::INVALID_PARAM)]
    pub chat_mode: Option<ChatMode>,
    /// Who may find and join it.
    #[body(default = "private", invalid = code::chat::INVALID_PARAM)]
    pub chat_type: Option<ChatType>,
    /// Who sees that someone joined.
    #[body(default = "all_members", invalid = code::chat::INVALID_PARAM)]
    pub join_message_visibility: Option<Visibility>,
    /// Who sees that someone left.
    #[body(default = "all_members", invalid = code::chat::INVALID_PARAM)]
    pub leave_message_visibility: Option<Visibility>,
    /// Whether joining needs approval.
    #[body(default = "no_approval_required", invalid = code::chat::INVALID_PARAM)]
    pub membership_approval: Option<MembershipApproval>,
    /// Restricted mode.
    #[body]
    pub restricted_mode_setting: Option<RestrictedModeSetting>,
    /// Who may mark a message urgent.
    #[body(default = "all_members")]
    pub urgent_setting: Option<Permission>,
    /// Who may start a video conference.
    #[body(default = "all_members")]
    pub video_conference_setting: Option<Permission>,
    /// Who may edit name, picture and description.
    #[body(default = "all_members")]
    pub edit_permission: Option<Permission>,
    /// Who sees how many members there are.
    #[body(default = "all_members")]
    pub hide_member_count_setting: Option<Permission>,
    /// Who may manage pins.
    #[body(default = "all_members")]
    pub pin_manage_setting: Option<Permission>,
}
