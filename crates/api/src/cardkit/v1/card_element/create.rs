//! `POST /open-apis/cardkit/v1/cards/:card_id/elements`

use crate::prelude::*;

/// Adds components to a card entity.
#[endpoint(
    id = "cardkit.v1.card_element.create",
    method = POST,
    path = "/open-apis/cardkit/v1/cards/:card_id/elements",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/create",
    cli = "card.element create",
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
        code::cardkit::ADD_FAILED,
        code::cardkit::SERVER_ERROR,
        code::cardkit::STREAMING_ENDED,
    ],
    example = r#"{"card_id":"7355439197428236291","type":"insert_after","target_element_id":"markdown_1","uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204","sequence":1,"elements":"[{\"tag\":\"button\",\"element_id\":\"button_1\",\"text\":{\"tag\":\"plain_text\",\"content\":\"More\"}}]"}"#,
)]
pub struct Request {
    /// The card entity.
    #[path(min_len = 1, max_len = 20)]
    pub card_id: String,
    /// Where.
    #[body]
    pub r#type: Position,
    /// The component before or behind which, or the container at the end of which; without it, the body.
    #[body(max_len = 20)]
    pub target_element_id: Option<String>,
    /// A change under a value that was there before is refused.
    #[body(min_len = 1, max_len = 64)]
    pub uuid: Option<String>,
    /// The number of the change: above that of every change before.
    #[body(min = 1, max = 2_147_483_647)]
    pub sequence: i64,
    /// The components: a JSON array in a string.
    #[body(min_len = 1, max_len = 1_000_000)]
    pub elements: String,
}

/// Where components are added.
#[open_enum]
pub enum Position {
    /// Before the component that is named.
    InsertBefore = "insert_before",
    /// Behind the component that is named.
    InsertAfter = "insert_after",
    /// At the end of a container, or of the card.
    Append = "append",
}
