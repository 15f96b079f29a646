//! `PUT /open-apis/cardkit/v1/cards/:card_id/elements/:element_id`

use crate::prelude::*;

/// Puts a component in the place of another.
#[endpoint(
    id = "cardkit.v1.card_element.update",
    method = PUT,
    path = "/open-apis/cardkit/v1/cards/:card_id/elements/:element_id",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/update",
    cli = "card.element update",
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
        code::cardkit::CONTENT_FAILED,
        code::cardkit::TOO_MANY_ELEMENTS,
        code::cardkit::EMPTY,
        code::cardkit::OTHER_APP,
        code::cardkit::OUT_OF_ORDER,
        code::cardkit::REPLACE_FAILED,
    ],
    example = r#"{"card_id":"7355439197428236291","element_id":"markdown_1","uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204","element":"{\"tag\":\"markdown\",\"element_id\":\"md_1\",\"content\":\"Done\"}","sequence":1}"#,
)]
pub struct Request {
    /// The card entity.
    #[path(min_len = 1, max_len = 20)]
    pub card_id: String,
    /// The component or text, by the id its author gave it.
    #[path(min_len = 1, max_len = 20)]
    pub element_id: String,
    /// The new component: JSON in a string.
    #[body(min_len = 1, max_len = 1_000_000)]
    pub element: String,
    /// A change under a value that was there before is refused.
    #[body(min_len = 1, max_len = 64)]
    pub uuid: Option<String>,
    /// The number of the change: above that of every change before.
    #[body(min = 1, max = 2_147_483_647)]
    pub sequence: i64,
}
