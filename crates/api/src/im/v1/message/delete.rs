//! `DELETE /open-apis/im/v1/messages/:message_id`

use crate::prelude::*;

/// Recalls a message.
///
/// A bot recalls its own messages; as owner, admin or creator of the group those of others too, up to
/// a year old.
#[endpoint(
    id = "im.v1.message.delete",
    method = DELETE,
    path = "/open-apis/im/v1/messages/:message_id",
    tenant = Any(&["im:message", "im:message:recall", "im:message:send_as_bot"]),
    user = Any(&["im:message", "im:message:recall", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/delete",
    cli = "messages delete",
    response = Empty,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::RECALL_EXPIRED,
        code::message::NO_AVAILABILITY,
        code::message::RECALL_FORBIDDEN,
        code::message::LACK_OF_PERMISSION,
        code::message::INVISIBLE,
        code::message::TYPE_NOT_SUPPORTED,
        code::message::DELETED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf"}"#,
)]
pub struct Request {
    /// The message to recall.
    #[path]
    pub message_id: MessageId,
}
