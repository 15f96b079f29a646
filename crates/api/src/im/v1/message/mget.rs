//! `GET /open-apis/im/v1/messages/mget`

use super::{CardMsgContentType, Message};
use crate::prelude::*;

/// Gets up to 50 messages at once. Those that cannot be read are left out.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.message.mget",
    method = GET,
    path = "/open-apis/im/v1/messages/mget",
    tenant = Any(&["im:message:readonly", "im:message"]),
    user = Any(&["im:message:readonly", "im:message"]),
    rate = TIER_4,
    doc = "",
    cli = "messages mget",
    response = Response,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_NOT_ACTIVATED,
        code::message::LACK_OF_PERMISSION,
    ],
    example = r#"{"message_ids":["om_dc13264520392913993dd051dba21dcf"]}"#,
)]
pub struct Request {
    /// The messages.
    #[query(min_len = 1, max_len = 50)]
    pub message_ids: Vec<MessageId>,
    /// In which form a card is given: by default simplified, otherwise as it was sent.
    #[query]
    pub card_msg_content_type: Option<CardMsgContentType>,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
}

/// The messages.
#[object]
pub struct Response {
    /// The messages, in the order asked for.
    pub items: Vec<Message>,
}
