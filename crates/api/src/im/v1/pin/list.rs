//! `GET /open-apis/im/v1/pins`

use super::Pin;
use crate::prelude::*;

/// Lists the pinned messages of a chat, the last one pinned first.
///
/// The caller must be in the chat.
#[endpoint(
    id = "im.v1.pin.list",
    method = GET,
    path = "/open-apis/im/v1/pins",
    tenant = Any(&["im:message", "im:message.pins:read", "im:message:readonly"]),
    user = Any(&["im:message", "im:message.pins:read", "im:message:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/pin/list",
    cli = "pins list",
    response = Response,
    paged = Pin,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_OUTSIDE_GROUP,
        code::message::BOT_NOT_ACTIVATED,
        code::message::NO_AVAILABILITY,
        code::message::LACK_OF_PERMISSION,
        code::message::PINS_READ_TOO_OFTEN,
    ],
    example = r#"{"chat_id":"oc_234jsi43d3ssi993d43545f","start_time":"1658632251800","end_time":"1658731646425","page_size":20}"#,
)]
pub struct Request {
    /// The chat.
    #[query]
    pub chat_id: ChatId,
    /// Pinned at this time or later, in ms.
    #[query]
    pub start_time: Option<Millis>,
    /// Pinned at this time or earlier, in ms. Later than `start_time`.
    #[query]
    pub end_time: Option<Millis>,
    /// How many to a page.
    #[query(default = "20", min = 1, max = 50)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of pins.
#[object]
pub struct Response {
    /// The pins.
    pub items: Vec<Pin>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}
