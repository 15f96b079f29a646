//! `POST /open-apis/im/v1/chats/:chat_id/members`

use super::MemberIdType;
use crate::prelude::*;

/// Adds users or bots to a group: up to 50 users or 5 bots at once.
///
/// If only owner and admins may add members, the bot must be one of them, or have made the group and
/// have `im:chat:operate_as_owner`.
#[endpoint(
    id = "im.v1.chat_members.create",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/members",
    tenant = Any(&["im:chat", "im:chat.members:write_only"]),
    user = Any(&["im:chat", "im:chat.members:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/create",
    cli = "chat.members create",
    response = Response,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::CHAT_FULL,
        code::chat::ADD_FORBIDDEN,
        code::chat::RATE_LIMITED,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_VALID_MEMBERS,
        code::chat::EXTERNAL_INTO_INTERNAL,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::UNAVAILABLE_IDS,
        code::chat::MEMBERS_LIMITED_BY_ADMIN,
        code::chat::TYPE_UNSUPPORTED,
        code::gateway::OPEN_ID_UNKNOWN,
        code::gateway::USER_ID_UNKNOWN,
        code::gateway::UNION_ID_UNKNOWN,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","member_id_type":"open_id","succeed_type":0,"id_list":["ou_7d8a6e6df7621556ce0d21922b676706ccs"]}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// How the ids are to be read.
    #[query(default = "open_id")]
    pub member_id_type: Option<MemberIdType>,
    /// What to do with ids that cannot be added.
    #[query(default = "0")]
    pub succeed_type: Option<SucceedType>,
    /// The users or bots.
    #[body]
    pub id_list: Option<Vec<String>>,
}

/// What to do with ids that cannot be added.
#[open_enum]
pub enum SucceedType {
    /// Refuse if any does not exist or is out of sight; add the rest if some have left.
    RefuseUnknown = 0,
    /// Add those that can be added and name the rest.
    AddPossible = 1,
    /// Refuse if any cannot be added.
    RefuseAny = 2,
}

/// Who was not added.
#[object]
pub struct Response {
    /// Who has left; with `succeed_type` 1 also who is out of sight.
    pub invalid_id_list: Vec<String>,
    /// Ids that do not exist.
    pub not_existed_id_list: Vec<String>,
    /// Who waits for the approval of owner or admin.
    pub pending_approval_id_list: Vec<String>,
}
