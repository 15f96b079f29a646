//! `DELETE /open-apis/im/v1/batch_messages/:batch_message_id`

use crate::prelude::*;

/// Recalls a message from all who got it.
///
/// Within a day, and only by the bot that sent it.
#[endpoint(
    id = "im.v1.batch_message.delete",
    method = DELETE,
    path = "/open-apis/im/v1/batch_messages/:batch_message_id",
    tenant = Any(&["im:message:send_multi_depts", "im:message:send_multi_users"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/batch_message/delete",
    cli = "batch_messages delete",
    response = Empty,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_NOT_ACTIVATED,
        code::batch::RECALL_EXPIRED,
        code::message::RECALL_FORBIDDEN,
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
