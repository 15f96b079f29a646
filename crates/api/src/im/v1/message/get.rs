//! `GET /open-apis/im/v1/messages/:message_id`

use super::{CardMsgContentType, Message};
use crate::prelude::*;

/// Gets a message; of a merged forward its children too.
///
/// Messages of groups need the scope `im:message.group_msg` as well.
#[endpoint(
    id = "im.v1.message.get",
    method = GET,
    path = "/open-apis/im/v1/messages/:message_id",
    tenant = Any(&["im:message", "im:message:readonly"]),
    user = Any(&["im:message", "im:message:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/get",
    cli = "messages get",
    response = Response,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::LACK_OF_PERMISSION,
        code::message::INVISIBLE,
        code::message::DELETED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","user_id_type":"open_id"}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// In which form a card is given: by default simplified, otherwise as it was sent.
    #[query]
    pub card_msg_content_type: Option<CardMsgContentType>,
    /// Whether to give the sender's name.
    #[query(default = "false")]
    pub with_sender_name: Option<bool>,
}

/// The message.
#[object]
pub struct Response {
    /// The message, and the children of a merged forward behind it.
    pub items: Vec<Message>,
}
