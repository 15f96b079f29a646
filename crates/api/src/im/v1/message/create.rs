//! `POST /open-apis/im/v1/messages`

use super::{Message, MsgType, ReceiveIdType};
use crate::{content::Content, prelude::*};

/// Sends a message to a user or a chat.
///
/// A user must be within the app's availability; of a group the bot must be a member that may speak.
/// At most 5 messages a second reach one user or one group, where all its bots share the 5.
/// A text may have 150 KB, a card or a post 30 KB.
#[endpoint(
    id = "im.v1.message.create",
    method = POST,
    path = "/open-apis/im/v1/messages",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:send"]),
    user = All(&["im:message", "im:message.send_as_user"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create",
    cli = "messages create",
    response = Message,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::P2P_NOT_SHAREABLE,
        code::message::NOT_RESOURCE_OWNER,
        code::message::FORBIDDEN_BY_CHAT,
        code::message::TOPIC_UNKNOWN,
        code::message::FREQUENCY_LIMIT,
        code::message::SENSITIVE,
        code::message::CONTENT_TOO_LONG,
        code::message::LACK_OF_PERMISSION,
        code::message::CARD_INVALID,
        code::message::NOT_AUDITED,
        code::message::USER_RESIGNED,
        code::message::RECEIVE_ID_INVALID,
        code::message::SEND_DENIED,
        code::message::CRYPT_KEY_DELETED,
        code::message::CROSS_TENANT_P2P,
        code::message::BEING_SENT,
        code::message::BOT_STOPPED_BY_USER,
        code::message::TYPE_UNAVAILABLE_IN_CONNECTION_GROUP,
        code::message::FILE_TYPE_MISMATCH,
        code::message::ENCRYPTED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"receive_id_type":"open_id","receive_id":"ou_7d8a6e6df7621556ce0d21922b676706ccs","msg_type":"text","content":"{\"text\":\"test content\"}","uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204"}"#,
)]
pub struct Request {
    /// How `receive_id` is to be read.
    #[query]
    pub receive_id_type: ReceiveIdType,
    /// Who is to get the message, an id of the kind `receive_id_type` names.
    #[body]
    pub receive_id: String,
    /// What kind of content it has.
    #[body(invalid = code::message::INVALID_PARAM)]
    pub msg_type: MsgType,
    /// The content: JSON in a string, of the form `msg_type` wants.
    #[body]
    pub content: String,
    /// Requests with the same value within 1 hour send at most one message.
    #[body(max_len = 50)]
    pub uuid: Option<String>,
}

impl Request {
    /// A message to a chat.
    pub fn to_chat(chat_id: impl Into<ChatId>, content: &Content) -> Self {
        Self::to(ReceiveIdType::ChatId, chat_id.into(), content)
    }

    /// A message to a user this app knows by its `open_id`.
    pub fn to_user(open_id: impl Into<OpenId>, content: &Content) -> Self {
        Self::to(ReceiveIdType::OpenId, open_id.into(), content)
    }

    /// A message to whomever an id of this kind names.
    pub fn to(receive_id_type: ReceiveIdType, receive_id: impl Into<String>, content: &Content) -> Self {
        Self::new(receive_id_type, receive_id, content.msg_type(), content.to_wire())
    }
}
