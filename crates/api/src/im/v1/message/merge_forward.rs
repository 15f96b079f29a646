//! `POST /open-apis/im/v1/messages/merge_forward`

use super::{ForwardIdType, Message};
use crate::prelude::*;

/// Forwards several messages of one chat as one message, to a user, a chat or a thread.
///
/// Its content is always `Merged and Forwarded Message`; `im.v1.message.get` gives the messages in it. Messages
/// that cannot be forwarded are left out and named. Replies come from one thread, and not together with
/// messages outside it.
#[endpoint(
    id = "im.v1.message.merge_forward",
    method = POST,
    path = "/open-apis/im/v1/messages/merge_forward",
    tenant = Any(&["im:message", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/merge_forward",
    cli = "messages merge_forward",
    response = Response,
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
        code::message::BOT_STOPPED_BY_USER,
        code::message::FORWARD_INTO_ENCRYPTED,
        code::message::FORWARD_CHAT_INVALID,
        code::message::FORWARD_ALL_INVALID,
        code::message::FORWARD_ALL_RECALLED,
        code::message::FORWARD_ALL_SECRET,
        code::message::FORWARD_MIXED,
        code::message::FORWARD_OF_SEVERAL_GROUPS,
        code::message::FORWARD_RESTRICTED,
        code::message::TARGET_THREAD_INVISIBLE,
        code::chat::DISSOLVED,
    ],
    example = r#"{"receive_id_type":"chat_id","uuid":"b13g2t38-1jd2-458b-8djf-dtbca5104204","receive_id":"oc_a0553eda9014c201e6969b478895c230","message_id_list":["om_d862083dd13b61cc009e66c40a0f0a56","om_61244dab1ef11257621dcd7g0e256651"]}"#,
)]
pub struct Request {
    /// How `receive_id` is to be read.
    #[query]
    pub receive_id_type: ForwardIdType,
    /// Requests with the same value and receiver within 1 hour forward at most once.
    #[query(max_len = 50)]
    pub uuid: Option<String>,
    /// Who is to get them, an id of the kind `receive_id_type` names.
    #[body]
    pub receive_id: String,
    /// The messages.
    #[body(min_len = 1, max_len = 100)]
    pub message_id_list: Vec<MessageId>,
}

/// The message that was made.
#[object]
pub struct Response {
    /// The message, of the type `merge_forward`.
    pub message: Message,
    /// The messages that are not in it: unknown, recalled, unseen, or of a type that is not forwarded.
    pub invalid_message_id_list: Vec<MessageId>,
}
