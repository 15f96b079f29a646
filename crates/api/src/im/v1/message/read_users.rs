//! `GET /open-apis/im/v1/messages/:message_id/read_users`

use crate::prelude::*;

/// Lists the users who have read a message of the bot, in the order they read it.
///
/// Up to 7 days after it was sent. Those who have not read it are not listed.
#[endpoint(
    id = "im.v1.message.read_users",
    method = GET,
    path = "/open-apis/im/v1/messages/:message_id/read_users",
    tenant = Any(&["im:message", "im:message:readonly", "im:message:basic"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/read_users",
    cli = "messages read_users",
    response = Response,
    paged = ReadUser,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NOT_SENDER,
        code::message::NO_AVAILABILITY,
        code::message::LACK_OF_PERMISSION,
        code::message::READ_STATUS_EXPIRED,
        code::message::DELETED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","user_id_type":"open_id","page_size":20}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: UserIdType,
    /// How many to a page. Without it, 20.
    #[query(min = 1, max = 100)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of readers.
#[object]
pub struct Response {
    /// The readers.
    pub items: Vec<ReadUser>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}

/// Someone who has read a message.
#[object]
pub struct ReadUser {
    /// Which kind of id `user_id` is.
    pub user_id_type: UserIdType,
    /// The user.
    pub user_id: String,
    /// When they read it, in ms.
    pub timestamp: Millis,
    /// Their tenant.
    pub tenant_key: String,
}
