//! `POST /open-apis/im/v1/messages/read_status`

use crate::prelude::*;

/// Tells of up to 50 messages whether the user who asks has read them.
///
/// No page describes it; the vendor's command line calls it.
#[endpoint(
    id = "im.v1.message.read_status",
    method = POST,
    path = "/open-apis/im/v1/messages/read_status",
    user = Any(&["im:message:readonly"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "messages read_status",
    response = Response,
    errors = [],
    example = r#"{"message_ids":["om_dc13264520392913993dd051dba21dcf"]}"#,
)]
pub struct Request {
    /// The messages.
    #[body(min_len = 1, max_len = 50)]
    pub message_ids: Vec<MessageId>,
}

/// Which messages were read.
#[object]
pub struct Response {
    /// The messages that the user sees.
    pub items: Vec<ReadStatus>,
    /// The messages that the user does not see.
    pub invalid_message_ids: Vec<MessageId>,
}

/// Whether a message was read.
#[object]
pub struct ReadStatus {
    /// The message.
    pub message_id: MessageId,
    /// Whether the user has read it, or sent it.
    pub is_read: bool,
}
