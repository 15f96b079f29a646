//! `POST /open-apis/cardkit/v1/cards/:card_id/batch_update`

use crate::prelude::*;

/// Changes parts of a card entity, all or none of them.
#[endpoint(
    id = "cardkit.v1.card.batch_update",
    method = POST,
    path = "/open-apis/cardkit/v1/cards/:card_id/batch_update",
    tenant = Any(&["cardkit:card:write"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/batch_update",
    cli = "card batch_update",
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
        code::cardkit::TAG_FIXED,
        code::cardkit::PATCH_FAILED,
        code::cardkit::DELETE_FAILED,
        code::cardkit::ADD_FAILED,
        code::cardkit::REPLACE_FAILED,
        code::cardkit::SETTINGS_FAILED,
    ],
    example = r#"{"card_id":"7355439197428236291","uuid":"a0d69e20-1dd1-458b-k525-dfeca4015204","sequence":1,"actions":"[{\"action\":\"partial_update_setting\",\"params\":{\"settings\":{\"config\":{\"streaming_mode\":true}}}},{\"action\":\"delete_elements\",\"params\":{\"element_ids\":[\"text_1\",\"text_2\"]}}]"}"#,
)]
pub struct Request {
    /// The card entity.
    #[path(min_len = 1, max_len = 20)]
    pub card_id: String,
    /// A change under a value that was there before is refused.
    #[body(min_len = 1, max_len = 64)]
    pub uuid: Option<String>,
    /// The number of the change: above that of every change before.
    #[body(min = 1, max = 2_147_483_647)]
    pub sequence: i64,
    /// A JSON array in a string, of `{"action":…,"params":{…}}`: `partial_update_setting` with `settings`, `add_elements` with `type`,
    /// `target_element_id` and `elements`, `delete_elements` with `element_ids`, `partial_update_element` with `element_id` and
    /// `partial_element`, `update_element` with `element_id` and `element`.
    #[body(min_len = 1, max_len = 1_000_000)]
    pub actions: String,
}
