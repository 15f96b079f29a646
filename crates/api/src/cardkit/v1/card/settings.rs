//! `PATCH /open-apis/cardkit/v1/cards/:card_id/settings`

use crate::prelude::*;

/// Changes the settings of a card entity.
///
/// Streaming that is turned on ends by itself after 10 minutes.
#[endpoint(
    id = "cardkit.v1.card.settings",
    method = PATCH,
    path = "/open-apis/cardkit/v1/cards/:card_id/settings",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/settings",
    cli = "card settings",
    response = Empty,
    write,
    errors = [
        code::cardkit::INVALID_PARAM,
        code::cardkit::UNKNOWN,
        code::cardkit::EXPIRED,
        code::cardkit::UUID_CONFLICT,
        code::card::INTERACTING,
        code::cardkit::TOO_LARGE,
        code::cardkit::NOT_SHARED,
        code::cardkit::CONTENT_FAILED,
        code::cardkit::EMPTY,
        code::cardkit::OTHER_APP,
        code::cardkit::OUT_OF_ORDER,
        code::cardkit::SETTINGS_FAILED,
    ],
    example = r#"{"card_id":"7355372766134157313","settings":"{\"config\":{\"streaming_mode\":true}}","uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204","sequence":1}"#,
)]
pub struct Request {
    /// The card entity.
    #[path(min_len = 1, max_len = 20)]
    pub card_id: String,
    /// JSON in a string, with what is to change in `config` and `card_link`.
    #[body(min_len = 1, max_len = 100_000)]
    pub settings: String,
    /// A change under a value that was there before is refused.
    #[body(min_len = 1, max_len = 64)]
    pub uuid: Option<String>,
    /// The number of the change: above that of every change before.
    #[body(min = 1, max = 2_147_483_647)]
    pub sequence: i64,
}
