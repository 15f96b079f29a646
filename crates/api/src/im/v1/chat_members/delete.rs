//! `DELETE /open-apis/im/v1/chats/:chat_id/members`

use super::MemberIdType;
use crate::prelude::*;

/// Removes users or bots from a group: up to 50 users or 5 bots at once.
///
/// Owner and admins remove others, and so does the bot that made the group and has
/// `im:chat:operate_as_owner`. Everyone may remove themselves.
#[endpoint(
    id = "im.v1.chat_members.delete",
    method = DELETE,
    path = "/open-apis/im/v1/chats/:chat_id/members",
    tenant = Any(&["im:chat", "im:chat.members:write_only"]),
    user = Any(&["im:chat", "im:chat.members:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/delete",
    cli = "chat.members delete",
    response = Response,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::CHAT_OR_USER_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::TOKEN_LACKS_PERMISSION,
        code::chat::RATE_LIMITED,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_VALID_MEMBERS,
        code::chat::NO_OWNER_CANDIDATE,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::OWNER_NOT_REMOVABLE,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","member_id_type":"open_id","id_list":["ou_7d8a6e6df7621556ce0d21922b676706ccs"]}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// How the ids are to be read.
    #[query(default = "open_id")]
    pub member_id_type: Option<MemberIdType>,
    /// The users or bots.
    #[body]
    pub id_list: Option<Vec<String>>,
}

/// Who was not removed.
#[object]
pub struct Response {
    /// Ids that name no member.
    pub invalid_id_list: Vec<String>,
}
