//! `GET /open-apis/im/v1/batch_messages/:batch_message_id/read_user`

use crate::prelude::*;

/// Counts who got a message, and who has read it.
///
/// Up to 30 days after it was sent, and only for the bot that sent it.
#[endpoint(
    id = "im.v1.batch_message.read_user",
    method = GET,
    path = "/open-apis/im/v1/batch_messages/:batch_message_id/read_user",
    tenant = Any(&["im:message:send_multi_depts", "im:message:send_multi_users"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/batch_message/read_user",
    cli = "batch_messages read_user",
    response = Response,
    errors = [
        code::message::INVALID_PARAM,
        code::message::NOT_SENDER,
        code::message::LACK_OF_PERMISSION,
        code::batch::UNKNOWN,
    ],
    example = r#"{"batch_message_id":"bm-dc13264520392913993dd051dba21dcf"}"#,
)]
pub struct Request {
    /// The message, as sending named it.
    #[path]
    pub batch_message_id: String,
}

/// Who has read it.
#[object]
pub struct Response {
    /// Who has read it.
    pub read_user: ReadUser,
}

/// How many have read a message, of how many.
#[object]
pub struct ReadUser {
    /// How many have read it.
    pub read_count: Count,
    /// How many got it.
    pub total_count: Count,
}
