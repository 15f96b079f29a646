//! `GET /open-apis/im/v1/batch_messages/:batch_message_id/get_progress`

use crate::prelude::*;

/// Counts who got a message and has read it, and from how many it was recalled.
///
/// Up to 30 days after it was sent, and only for the bot that sent it.
#[endpoint(
    id = "im.v1.batch_message.get_progress",
    method = GET,
    path = "/open-apis/im/v1/batch_messages/:batch_message_id/get_progress",
    tenant = Any(&["im:message:send_multi_depts", "im:message:send_multi_users"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/batch_message/get_progress",
    cli = "batch_messages get_progress",
    response = Response,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_NOT_ACTIVATED,
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

/// How far sending and recalling came.
#[object]
pub struct Response {
    /// How far sending came.
    pub batch_message_send_progress: SendProgress,
    /// How far recalling came.
    pub batch_message_recall_progress: RecallProgress,
}

/// How far sending came.
#[object]
pub struct SendProgress {
    /// How many users were named, those out of the bot's reach included.
    pub valid_user_ids_count: i64,
    /// How many got it.
    pub success_user_ids_count: i64,
    /// How many have read it.
    pub read_user_ids_count: i64,
}

/// How far recalling came.
#[object]
pub struct RecallProgress {
    /// Whether it was recalled.
    pub recall: bool,
    /// From how many users.
    pub recall_count: i64,
}
