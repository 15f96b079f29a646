//! `DELETE /open-apis/im/v1/pins/:message_id`

use crate::prelude::*;

/// Takes a message off the pins of its chat, if it is among them.
///
/// The caller must be in the chat. At most 5 times a second for one message.
#[endpoint(
    id = "im.v1.pin.delete",
    method = DELETE,
    path = "/open-apis/im/v1/pins/:message_id",
    tenant = Any(&["im:message", "im:message.pins:write_only", "im:message:send_as_bot"]),
    user = Any(&["im:message", "im:message.pins:write_only", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/pin/delete",
    cli = "pins delete",
    response = Empty,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::LACK_OF_PERMISSION,
        code::message::PIN_CHAT_UNKNOWN,
        code::message::PIN_FORBIDDEN,
        code::message::PIN_TOO_OFTEN,
        code::message::INVISIBLE,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf"}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
}
