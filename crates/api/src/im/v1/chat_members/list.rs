//! `GET /open-apis/im/v1/chats/:chat_id/members/list`

use crate::prelude::*;

/// Lists users and bots in a chat.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_members.list",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/members/list",
    tenant = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    user = Any(&["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"]),
    rate = TIER_4,
    doc = "",
    cli = "chat.members list",
    response = Response,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::BOT_NOT_ACTIVATED,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","member_id_type":"open_id","member_types":"user,bot","page_size":20}"#,
)]
pub struct Request {
    /// The chat.
    #[path]
    pub chat_id: ChatId,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub member_id_type: Option<UserIdType>,
    /// `user`, `bot`, or both with a comma between them. By default both.
    #[query]
    pub member_types: Option<String>,
    /// How many to a page, users and bots together.
    #[query(default = "20", min = 1, max = 100)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// What can be a member.
#[open_enum]
pub enum MemberType {
    /// A user.
    User = "user",
    /// A bot.
    Bot = "bot",
}

/// A page of members.
#[object]
pub struct Response {
    /// The users of this page.
    pub users: Vec<User>,
    /// The bots of this page.
    pub bots: Vec<Bot>,
    /// How many users are members, if users were asked for.
    pub user_total: Option<i64>,
    /// How many bots are members, if bots were asked for.
    pub bot_total: Option<i64>,
    /// Of which kind only the first so many can be listed.
    pub truncations: Vec<Truncation>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}

/// A user in a chat.
#[object]
pub struct User {
    /// The user.
    pub member_id: String,
    /// Their name.
    pub name: String,
    /// Their tenant.
    pub tenant_key: String,
}

/// A bot in a chat.
#[object]
pub struct Bot {
    /// The bot, as an `open_id`.
    pub member_id: OpenId,
    /// Its name.
    pub name: String,
    /// Its app.
    pub app_id: AppId,
    /// Its tenant.
    pub tenant_key: String,
}

/// A list that was cut.
#[object]
pub struct Truncation {
    /// Of which kind.
    pub member_type: MemberType,
    /// How many can be listed.
    pub limit: i64,
}
