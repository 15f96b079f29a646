//! `GET /open-apis/im/v1/chats/search`

use super::list::ListChat;
use crate::prelude::*;

/// Searches the groups that the caller is in or could join, by their names and the names of members.
#[endpoint(
    id = "im.v1.chat.search",
    method = GET,
    path = "/open-apis/im/v1/chats/search",
    tenant = Any(&["im:chat", "im:chat:readonly", "im:chat:read", "im:chat.group_info:readonly"]),
    user = Any(&["im:chat", "im:chat:readonly", "im:chat:read", "im:chat.group_info:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/search",
    cli = "chats search",
    response = Response,
    paged = ListChat,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::APP_INACTIVATE,
    ],
    example = r#"{"user_id_type":"open_id","query":"abc","page_size":10}"#,
)]
#[derive(Default)]
pub struct Request {
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// What to look for. Nothing is found without it, or if it is longer than 64 characters.
    #[query]
    pub query: Option<String>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// How many to a page.
    #[query(default = "20", max = 100)]
    pub page_size: Option<i64>,
}

/// A page of groups.
#[object]
pub struct Response {
    /// The groups.
    pub items: Vec<ListChat>,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// Whether another page follows.
    pub has_more: bool,
}
