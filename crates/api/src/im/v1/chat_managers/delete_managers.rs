//! `POST /open-apis/im/v1/chats/:chat_id/managers/delete_managers`

use super::{Managers, MemberIdType};
use crate::prelude::*;

/// Makes admins of a group plain members again.
///
/// Only the owner does it. One call names up to 50 users or 5 bots.
#[endpoint(
    id = "im.v1.chat_managers.delete_managers",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/managers/delete_managers",
    tenant = Any(&["im:chat", "im:chat.managers:write_only"]),
    user = Any(&["im:chat", "im:chat.managers:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-managers/delete_managers",
    cli = "chat.managers delete_managers",
    response = Managers,
    write,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::DISSOLVED,
        code::chat::OUT_OF_CHAT,
        code::chat::RATE_LIMITED,
        code::chat::MANAGERS_NOT_VISIBLE,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_VALID_MEMBERS,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
        code::chat::NOT_OWNER,
        code::chat::MANAGERS_NOT_RETURNED,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","member_id_type":"open_id","manager_ids":["ou_9204a37300b3700d61effaa439f34295"]}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// How the ids are to be read.
    #[query(default = "open_id")]
    pub member_id_type: Option<MemberIdType>,
    /// The admins who are to be none.
    #[body(max_len = 50)]
    pub manager_ids: Option<Vec<String>>,
}
