//! `PUT /open-apis/cardkit/v1/cards/:card_id/elements/:element_id/content`

use crate::prelude::*;

/// Replaces the text of a `markdown` component or a `plain_text` element while the card streams.
///
/// Clients type out what is new if the old text is the beginning of the new one.
#[endpoint(
    id = "cardkit.v1.card_element.content",
    method = PUT,
    path = "/open-apis/cardkit/v1/cards/:card_id/elements/:element_id/content",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/content",
    cli = "card.element content",
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
        code::cardkit::STREAMING_TIMEOUT,
        code::cardkit::STREAMING_CLOSED,
        code::cardkit::NOT_TEXT,
        code::cardkit::PATCH_FAILED,
        code::cardkit::SERVER_ERROR,
    ],
    example = r#"{"card_id":"7355439197428236291","element_id":"markdown_1","uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204","content":"Done, and typed out","sequence":1}"#,
)]
pub struct Request {
    /// The card entity.
    #[path(min_len = 1, max_len = 20)]
    pub card_id: String,
    /// The component or text, by the id its author gave it.
    #[path(min_len = 1, max_len = 20)]
    pub element_id: String,
    /// The whole new text.
    #[body(min_len = 1, max_len = 100_000)]
    pub content: String,
    /// A change under a value that was there before is refused.
    #[body(min_len = 1, max_len = 64)]
    pub uuid: Option<String>,
    /// The number of the change: above that of every change before.
    #[body(min = 1, max = 2_147_483_647)]
    pub sequence: i64,
}
