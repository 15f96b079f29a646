//! `PUT /open-apis/im/v1/chats/:chat_id/moderation`

use super::ModerationPermission;
use crate::prelude::*;

/// Changes who may speak in a group.
///
/// The owner does it, or the bot that made the group and has `im:chat:operate_as_owner`.
#[endpoint(
    id = "im.v1.chat_moderation.update",
    method = PUT,
    path = "/open-apis/im/v1/chats/:chat_id/moderation",
    tenant = Any(&["im:chat", "im:chat:moderation:write_only"]),
    user = Any(&["im:chat", "im:chat:moderation:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-moderation/update",
    cli = "chat.moderation update",
    response = Empty,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::MEMBER_ID_TYPE_UNSUPPORTED,
        code::chat::ADD_FORBIDDEN,
        code::chat::RATE_LIMITED,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::BANNED,
        code::chat::MODERATION_IN_MEETING,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","user_id_type":"user_id","moderation_setting":"moderator_list","moderator_added_list":["4d7a3c6g"],"moderator_removed_list":["4d7a3c6h"]}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// How user ids in the request are to be read.
    #[query(default = "open_id", invalid = code::chat::MEMBER_ID_TYPE_UNSUPPORTED)]
    pub user_id_type: Option<UserIdType>,
    /// Who may speak.
    #[body(invalid = code::chat::INVALID_PARAM)]
    pub moderation_setting: Option<ModerationPermission>,
    /// Who comes onto the list of those who may speak. Who is not a member is passed over.
    #[body]
    pub moderator_added_list: Option<Vec<String>>,
    /// Who goes from it.
    #[body]
    pub moderator_removed_list: Option<Vec<String>>,
}
