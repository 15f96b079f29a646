//! Refusals of card entities (`cardkit.v1.*`).
//!
//! Source: the pages below `/uAjLw4CM/ukTMukTMukTM/cardkit-v1`.

super::codes! {
    INVALID_PARAM = 10002, "Your request contains an invalid request parameter." => "the text behind `ext=` names the parameter";
    CONTENT_FAILED = 200220, "Failed to generate card content" => "the text behind `ext=` names what is wrong with the card";
    STREAMING_ENDED = 200510, "Card streaming timeout" => "turn streaming on again with cardkit.v1.card.settings";
    UNKNOWN = 200740, "The card entity does not exist" => "make a card entity with cardkit.v1.card.create";
    EXPIRED = 200750, "The card entity has expired" => "a card entity lasts 14 days; make a new one";
    UUID_CONFLICT = 200770, "UUID conflict" => "the change under this `uuid` was made; pass another for another change";
    STREAMING_TIMEOUT = 200850, "Card streaming timeout" => "streaming ends 10 minutes after it was turned on; turn it on again with cardkit.v1.card.settings";
    TOO_LARGE = 200860, "Card content exceeds limit." => "a card may have 30 KB";
    SERVER_ERROR = 300120 (retry), "Server Internal Error" => "send the same change again, with the same `sequence`";
    REPLACE_FAILED = 300121, "Failed to replace element" => "the text behind `ext=` names what is wrong";
    SETTINGS_FAILED = 300122, "Failed to update card configuration" => "the text behind `ext=` names what is wrong";
    DUPLICATE_ELEMENT = 300301, "Duplicate element_id in card component." => "an `element_id` stands once in a card; letters, digits and _, a letter first, up to 20";
    NOT_SHARED = 300302, "update_multi property is false" => "leave `config.update_multi` out, or make it true";
    NOT_SCHEMA_2 = 300303, "Only schema 2.0 is supported" => "write \"schema\": \"2.0\" into the card";
    TOO_MANY_ELEMENTS = 300305, "The number of card components exceeds 200" => "everything with a `tag` counts, texts and icons too";
    EMPTY = 300307, "The card DSL is empty" => "send the JSON of a card";
    STREAMING_CLOSED = 300309, "Card streaming closed" => "turn streaming on with cardkit.v1.card.settings";
    NOT_TEXT = 300310, "Only update text" => "choose a markdown component or a plain_text element";
    OTHER_APP = 300311, "The current application does not have permission to update/use this card" => "only the app that made the card entity uses it";
    TAG_FIXED = 300312, "Unable to update element tag" => "leave `tag` out, or replace the whole element";
    PATCH_FAILED = 300313, "Failed to update element properties" => "the text behind `ext=` names what is wrong";
    PROPERTIES_FAILED = 300313, "Failed to update element  properties" => "the text behind `ext=` names what is wrong";
    DELETE_FAILED = 300314, "Failed to delete element" => "the text behind `ext=` names what is wrong";
    ADD_FAILED = 300315, "Failed to add element" => "the text behind `ext=` names what is wrong";
    OUT_OF_ORDER = 300317, "The sequence number for operating on the card did not increment consecutively" => "pass a `sequence` above that of the last change";
}
