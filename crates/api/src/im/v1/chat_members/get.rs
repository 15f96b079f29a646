//! `GET /open-apis/im/v1/chats/:chat_id/members`

use super::MemberIdType;
use crate::prelude::*;

/// Lists the users in a chat. Bots are not among them.
#[endpoint(
    id = "im.v1.chat_members.get",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/members",
    tenant = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    user = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/get",
    cli = "chat.members get",
    response = Response,
    paged = ListMember,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_UNAVAILABLE,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","member_id_type":"open_id","page_size":20}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// In which form users are given: not `app_id`.
    #[query(default = "open_id")]
    pub member_id_type: Option<MemberIdType>,
    /// How many to a page.
    #[query(default = "20", max = 100)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of members.
#[object]
pub struct Response {
    /// The members.
    pub items: Vec<ListMember>,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// Whether another page follows.
    pub has_more: bool,
    /// How many users are members.
    pub member_total: i64,
}

/// A member in a list.
#[object]
pub struct ListMember {
    /// Which kind of id `member_id` is.
    pub member_id_type: Option<MemberIdType>,
    /// The user.
    pub member_id: String,
    /// Their name.
    pub name: Option<String>,
    /// Their tenant.
    pub tenant_key: Option<String>,
}
