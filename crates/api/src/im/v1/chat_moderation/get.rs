//! `GET /open-apis/im/v1/chats/:chat_id/moderation`

use super::ModerationPermission;
use crate::prelude::*;

/// Tells who may speak in a group.
#[endpoint(
    id = "im.v1.chat_moderation.get",
    method = GET,
    path = "/open-apis/im/v1/chats/:chat_id/moderation",
    tenant = Any(&["im:chat", "im:chat.moderation:read", "im:chat:readonly"]),
    user = Any(&["im:chat", "im:chat.moderation:read", "im:chat:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-moderation/get",
    cli = "chat.moderation get",
    response = Response,
    paged = ListModerator,
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
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","user_id_type":"open_id","page_size":10}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    // The page has the limit and the examples of the two fields the wrong way round.
    /// How many to a page.
    #[query(max = 100)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of those who may speak.
#[object]
pub struct Response {
    /// Who may speak.
    pub moderation_setting: ModerationPermission,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// Whether another page follows.
    pub has_more: bool,
    /// The users on the list, if only members on a list may speak.
    pub items: Vec<ListModerator>,
}

/// A user who may speak.
#[object]
pub struct ListModerator {
    /// Which kind of id `user_id` is.
    pub user_id_type: Option<UserIdType>,
    /// The user.
    pub user_id: String,
    /// Their tenant.
    pub tenant_key: Option<String>,
}
