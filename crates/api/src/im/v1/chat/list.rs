//! `GET /open-apis/im/v1/chats`

use super::ChatStatus;
use crate::prelude::*;

/// Lists the groups that the caller is a member of. One-to-one chats are not among them.
#[endpoint(
    id = "im.v1.chat.list",
    method = GET,
    path = "/open-apis/im/v1/chats",
    tenant = Any(&["im:chat", "im:chat:readonly", "im:chat:read", "im:chat.group_info:readonly"]),
    user = Any(&["im:chat", "im:chat:readonly", "im:chat:read", "im:chat.group_info:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/list",
    cli = "chats list",
    response = Response,
    paged = ListChat,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::APP_UNKNOWN,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::APP_UNAVAILABLE,
    ],
    example = r#"{"user_id_type":"open_id","sort_type":"ByCreateTimeAsc","page_size":20}"#,
)]
#[derive(Default)]
pub struct Request {
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// The order. By activity, chats may be missed between two pages.
    #[query(default = "ByCreateTimeAsc")]
    pub sort_type: Option<SortType>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// How many to a page.
    #[query(default = "20", max = 100)]
    pub page_size: Option<i64>,
}

/// In which order.
#[open_enum]
pub enum SortType {
    /// Oldest first.
    ByCreateTimeAsc = "ByCreateTimeAsc",
    /// Last active first.
    ByActiveTimeDesc = "ByActiveTimeDesc",
}

/// A page of chats.
#[object]
pub struct Response {
    /// The chats.
    pub items: Vec<ListChat>,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// Whether another page follows.
    pub has_more: bool,
}

/// A chat in a list.
#[object]
pub struct ListChat {
    /// The chat.
    pub chat_id: ChatId,
    /// The picture, as a URL.
    pub avatar: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The owner, if it is a user.
    pub owner_id: Option<String>,
    /// Which kind of id `owner_id` is.
    pub owner_id_type: Option<UserIdType>,
    /// Whether it has members of other tenants.
    pub external: Option<bool>,
    /// The tenant.
    pub tenant_key: Option<String>,
    /// Labels.
    pub labels: Option<Vec<String>>,
    /// Whether it still exists.
    pub chat_status: Option<ChatStatus>,
}
