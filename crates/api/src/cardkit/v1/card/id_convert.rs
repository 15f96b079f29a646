//! `POST /open-apis/cardkit/v1/cards/id_convert`

use super::Card;
use crate::prelude::*;

/// Finds the card entity of a message, or makes one of its card. No longer recommended: make the entity first, and send it.
#[endpoint(
    id = "cardkit.v1.card.id_convert",
    method = POST,
    path = "/open-apis/cardkit/v1/cards/id_convert",
    tenant = Any(&["cardkit:card:read"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/id_convert",
    cli = "card id_convert",
    response = Card,
    write,
    errors = [
        code::cardkit::INVALID_PARAM,
        code::cardkit::NOT_SCHEMA_2,
        code::cardkit::OTHER_APP,
    ],
    example = r#"{"message_id":"om_fbdf6ed2e17f1d98e78fb26c1370186e"}"#,
)]
pub struct Request {
    /// A message with a card of version 2.0 that the caller sent.
    #[body(min_len = 1, max_len = 50)]
    pub message_id: MessageId,
}
