//! `POST /open-apis/cardkit/v1/cards`

use super::{Card, CardType};
use crate::prelude::*;

/// Makes a card entity.
///
/// It lasts 14 days and is sent once, as `{"type":"card","data":{"card_id":…}}` of an `interactive` message. A card is JSON of
/// version 2.0, or a template of that version; everyone sees the same. It may have 30 KB and 200 elements.
#[endpoint(
    id = "cardkit.v1.card.create",
    method = POST,
    path = "/open-apis/cardkit/v1/cards",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/create",
    cli = "card create",
    response = Card,
    write,
    errors = [
        code::cardkit::INVALID_PARAM,
        code::cardkit::TOO_LARGE,
        code::cardkit::DUPLICATE_ELEMENT,
        code::cardkit::NOT_SHARED,
        code::cardkit::NOT_SCHEMA_2,
        code::cardkit::CONTENT_FAILED,
        code::cardkit::TOO_MANY_ELEMENTS,
        code::cardkit::EMPTY,
    ],
    example = r#"{"type":"card_json","data":"{\"schema\":\"2.0\",\"header\":{\"title\":{\"content\":\"Project\",\"tag\":\"plain_text\"}},\"config\":{\"streaming_mode\":true},\"body\":{\"elements\":[{\"tag\":\"markdown\",\"content\":\"80% done\",\"element_id\":\"markdown_1\"}]}}"}"#,
)]
pub struct Request {
    /// What the card is made of.
    #[body(min_len = 1, max_len = 50)]
    pub r#type: CardType,
    /// The card as JSON in a string, or `{"template_id":…,"template_version_name":…,"template_variable":{…}}`.
    #[body(min_len = 1, max_len = 3_000_000)]
    pub data: String,
}
