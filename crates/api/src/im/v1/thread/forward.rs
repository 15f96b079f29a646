//! `POST /open-apis/im/v1/threads/:thread_id/forward`

use crate::{
    im::v1::message::{ForwardIdType, Message},
    prelude::*,
};

/// Forwards all messages of a thread as one message, to a user, a chat or another thread.
///
/// The caller must be in the chat of the thread. The content is always `Merged and Forwarded Message`;
/// `im.v1.message.get` gives the messages in it.
#[endpoint(
    id = "im.v1.thread.forward",
    method = POST,
    path = "/open-apis/im/v1/threads/:thread_id/forward",
    tenant = Any(&["im:message", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/thread/forward",
    cli = "threads forward",
    response = Message,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::THREAD_UNKNOWN,
        code::message::FREQUENCY_LIMIT,
        code::message::LACK_OF_PERMISSION,
        code::message::RECEIVE_ID_INVALID,
        code::message::UPDATE_DENIED,
        code::message::CRYPT_KEY_DELETED,
        code::message::CROSS_TENANT_P2P,
        code::message::BEING_SENT,
        code::message::INVISIBLE,
        code::message::BOT_STOPPED_BY_USER,
        code::message::FORWARD_INTO_ENCRYPTED,
        code::message::FORWARD_CHAT_INVALID,
        code::message::FORWARD_THREAD_INVALID,
        code::message::FORWARD_THREAD_SECRET,
        code::message::FORWARD_RESTRICTED,
        code::message::THREAD_INVISIBLE,
        code::message::TARGET_THREAD_INVISIBLE,
        code::message::DELETED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"thread_id":"omt_dc132645203","receive_id_type":"open_id","uuid":"b13g2t38-1jd2-458b-8djf-dtbca5104204","receive_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The thread.
    #[path]
    pub thread_id: ThreadId,
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
