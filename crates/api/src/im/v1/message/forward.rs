//! `POST /open-apis/im/v1/messages/:message_id/forward`

use super::{ForwardIdType, Message};
use crate::prelude::*;

/// Forwards a message to a user, a chat or a thread.
///
/// The caller must be in the chat of the message, and may speak where it goes. Notices of the system, recordings,
/// polls and red packets are not forwarded, nor is what stands in a merged forward.
#[endpoint(
    id = "im.v1.message.forward",
    method = POST,
    path = "/open-apis/im/v1/messages/:message_id/forward",
    tenant = Any(&["im:message", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/forward",
    cli = "messages forward",
    response = Message,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::FORBIDDEN_BY_CHAT,
        code::message::THREAD_UNKNOWN,
        code::message::FREQUENCY_LIMIT,
        code::message::LACK_OF_PERMISSION,
        code::message::USER_RESIGNED,
        code::message::RECEIVE_ID_INVALID,
        code::message::SEND_DENIED,
        code::message::CRYPT_KEY_DELETED,
        code::message::CROSS_TENANT_P2P,
        code::message::BEING_SENT,
        code::message::INVISIBLE,
        code::message::BOT_STOPPED_BY_USER,
        code::message::FORWARD_TYPE_UNSUPPORTED,
        code::message::FORWARD_INTO_ENCRYPTED,
        code::message::FORWARD_CHAT_INVALID,
        code::message::FORWARD_INVALID,
        code::message::FORWARD_RECALLED,
        code::message::FORWARD_SECRET,
        code::message::FORWARD_RESTRICTED,
        code::message::TARGET_THREAD_INVISIBLE,
        code::message::DELETED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","receive_id_type":"open_id","uuid":"b13g2t38-1jd2-458b-8djf-dtbca5104204","receive_id":"ou_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// How `receive_id` is to be read.
    #[query]
    pub receive_id_type: ForwardIdType,
    /// Requests with the same value and receiver within 1 hour forward at most once.
    #[query(max_len = 50)]
    pub uuid: Option<String>,
    /// Who is to get it, an id of the kind `receive_id_type` names.
    #[body]
    pub receive_id: String,
}
