//! `PATCH /open-apis/im/v1/messages/:message_id/urgent_app`

use super::Urged;
use crate::prelude::*;

/// Urges users to read a message of the bot, in the app.
///
/// They must be in its chat; those who are not are named, and the others urged all the same. A user has at most
/// 200 urgent messages that are not read.
#[endpoint(
    id = "im.v1.message.urgent_app",
    method = PATCH,
    path = "/open-apis/im/v1/messages/:message_id/urgent_app",
    tenant = Any(&["im:message.urgent", "im:message.urgent:app_send"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/urgent_app",
    cli = "messages urgent_app",
    response = Urged,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NOT_SENDER,
        code::message::NO_AVAILABILITY,
        code::message::URGENT_UNREAD,
        code::message::URGENT_USED_UP,
        code::message::LACK_OF_PERMISSION,
        code::message::URGENT_FORBIDDEN,
        code::message::URGENT_FOLDED,
        code::message::DELETED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","user_id_type":"open_id","user_id_list":["ou_6yf8af6bgb9100449565764t3382b168"]}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: UserIdType,
    /// The users.
    #[body(max_len = 200)]
    pub user_id_list: Vec<String>,
}
