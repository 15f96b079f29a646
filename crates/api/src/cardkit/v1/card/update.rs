//! `PUT /open-apis/cardkit/v1/cards/:card_id`

use super::CardData;
use crate::prelude::*;

/// Replaces all of a card entity.
#[endpoint(
    id = "cardkit.v1.card.update",
    method = PUT,
    path = "/open-apis/cardkit/v1/cards/:card_id",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/update",
    cli = "card update",
    response = Empty,
    write,
    errors = [
        code::cardkit::INVALID_PARAM,
        code::cardkit::UNKNOWN,
        code::cardkit::EXPIRED,
        code::cardkit::UUID_CONFLICT,
        code::card::INTERACTING,
        code::cardkit::TOO_LARGE,
        code::cardkit::DUPLICATE_ELEMENT,
        code::cardkit::NOT_SHARED,
        code::cardkit::NOT_SCHEMA_2,
        code::cardkit::CONTENT_FAILED,
        code::cardkit::TOO_MANY_ELEMENTS,
        code::cardkit::EMPTY,
        code::cardkit::OTHER_APP,
        code::cardkit::OUT_OF_ORDER,
    ],
    example = r#"{"card_id":"7355372766134157313","card":{"type":"card_json","data":"{\"schema\":\"2.0\",\"body\":{\"elements\":[{\"tag\":\"markdown\",\"content\":\"80% done\"}]}}"},"uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204","sequence":1}"#,
)]
pub struct Request {
    /// The card entity.
    #[path(min_len = 1, max_len = 20)]
    pub card_id: String,
    /// The new card.
    #[body]
    pub card: CardData,
    /// A change under a value that was there before is refused.
    #[body(min_len = 1, max_len = 64)]
    pub uuid: Option<String>,
    /// The number of the change: above that of every change before.
    #[body(min = 1, max = 2_147_483_647)]
    pub sequence: i64,
}
