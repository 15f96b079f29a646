//! `PUT /open-apis/im/v1/messages/:message_id`

use super::{Message, MsgType};
use crate::prelude::*;

/// Edits a text or post that the bot sent, up to 20 times.
///
/// The time in which a message may be edited is a setting of the tenant. Cards are edited with
/// `im.v1.message.patch`.
#[endpoint(
    id = "im.v1.message.update",
    method = PUT,
    path = "/open-apis/im/v1/messages/:message_id",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:update"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/update",
    cli = "messages update",
    response = Message,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::RECALLED,
        code::message::NO_AVAILABILITY,
        code::message::FORBIDDEN_BY_CHAT,
        code::message::FREQUENCY_LIMIT,
        code::message::SENSITIVE,
        code::message::CONTENT_TOO_LONG,
        code::message::LACK_OF_PERMISSION,
        code::message::NOT_AUDITED,
        code::message::UPDATE_DENIED,
        code::message::CROSS_TENANT_P2P,
        code::message::INVISIBLE,
        code::message::TYPE_NOT_SUPPORTED,
        code::message::FILE_TYPE_MISMATCH,
        code::message::NOT_THE_SENDER,
        code::message::EDITED_TOO_OFTEN,
        code::message::SECRET_NOT_EDITABLE,
        code::message::ENCRYPTED_NOT_EDITABLE,
        code::message::EDIT_EXPIRED,
        code::message::DELETED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","msg_type":"text","content":"{\"text\":\"test content\"}"}"#,
)]
pub struct Request {
    /// The message to edit.
    #[path]
    pub message_id: MessageId,
    /// `text` or `post`.
    #[body(invalid = code::message::INVALID_PARAM)]
    pub msg_type: MsgType,
    /// The new content: JSON in a string, of the form `msg_type` wants.
    #[body]
    pub content: String,
}
