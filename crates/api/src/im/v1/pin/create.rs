//! `POST /open-apis/im/v1/pins`

use super::Pin;
use crate::prelude::*;

/// Pins a message to its chat. A message that is pinned already stays as it was pinned.
///
/// The caller must be in the chat. At most 5 times a second for one message.
#[endpoint(
    id = "im.v1.pin.create",
    method = POST,
    path = "/open-apis/im/v1/pins",
    tenant = Any(&["im:message", "im:message.pins:write_only", "im:message:send_as_bot"]),
    user = Any(&["im:message", "im:message.pins:write_only", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/pin/create",
    cli = "pins create",
    response = Response,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::RECALLED,
        code::message::NO_AVAILABILITY,
        code::message::LACK_OF_PERMISSION,
        code::message::PIN_CHAT_UNKNOWN,
        code::message::PIN_FORBIDDEN,
        code::message::PIN_TOO_OFTEN,
        code::message::INVISIBLE,
        code::message::TYPE_NOT_SUPPORTED,
        code::message::SELF_DESTRUCTS,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf"}"#,
)]
pub struct Request {
    /// The message.
    #[body]
    pub message_id: MessageId,
}

/// The pin.
#[object]
pub struct Response {
    /// The pin.
    pub pin: Pin,
}
