//! `POST /open-apis/im/v1/messages/:message_id/reply`

use super::{Message, MsgType};
use crate::{content::Content, prelude::*};

/// Replies to a message.
///
/// The rules of sending hold. A reply to a message that stands in a thread stands in that thread.
#[endpoint(
    id = "im.v1.message.reply",
    method = POST,
    path = "/open-apis/im/v1/messages/:message_id/reply",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:send"]),
    user = All(&["im:message", "im:message.send_as_user"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/reply",
    cli = "messages reply",
    response = Message,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::RECALLED,
        code::message::NO_AVAILABILITY,
        code::message::P2P_NOT_SHAREABLE,
        code::message::NOT_RESOURCE_OWNER,
        code::message::FORBIDDEN_BY_CHAT,
        code::message::TOPIC_UNKNOWN,
        code::message::FREQUENCY_LIMIT,
        code::message::SENSITIVE,
        code::message::CONTENT_TOO_LONG,
        code::message::LACK_OF_PERMISSION,
        code::message::NOT_AUDITED,
        code::message::SEND_DENIED,
        code::message::CROSS_TENANT_P2P,
        code::message::BEING_SENT,
        code::message::INVISIBLE,
        code::message::TYPE_NOT_SUPPORTED,
        code::message::FILE_TYPE_MISMATCH,
        code::message::THREAD_UNSUPPORTED,
        code::message::AGGREGATED,
        code::message::ENCRYPTED,
        code::message::CARD_INVALID,
        code::message::SELF_DESTRUCTS,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","content":"{\"text\":\"test content\"}","msg_type":"text","reply_in_thread":true,"uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204"}"#,
)]
pub struct Request {
    /// The message to reply to.
    #[path]
    pub message_id: MessageId,
    /// The content: JSON in a string, of the form `msg_type` wants.
    #[body]
    pub content: String,
    /// What kind of content it has.
    #[body(invalid = code::message::INVALID_PARAM)]
    pub msg_type: MsgType,
    /// Whether to reply in a thread, which the message then starts.
    #[body(default = "false")]
    pub reply_in_thread: Option<bool>,
    /// Requests with the same value within 1 hour send at most one message.
    #[body(max_len = 50)]
    pub uuid: Option<String>,
}

impl Request {
    /// A reply with this content.
    pub fn with(message_id: impl Into<MessageId>, content: &Content) -> Self {
        Self::new(message_id, content.to_wire(), content.msg_type())
    }
}
