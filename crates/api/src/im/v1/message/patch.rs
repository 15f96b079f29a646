//! `PATCH /open-apis/im/v1/messages/:message_id`

use crate::{content::Card, prelude::*};

/// Replaces a card that the caller sent, for everyone who sees it.
///
/// Up to 14 days after it was sent, 5 times a second. Both the old and the new card must be shared:
/// `config.update_multi` true, which is the default of version 2.0 and must be written in version 1.0. A card
/// may have 30 KB. Texts and posts are edited with `im.v1.message.update`.
#[endpoint(
    id = "im.v1.message.patch",
    method = PATCH,
    path = "/open-apis/im/v1/messages/:message_id",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:update"]),
    user = Any(&["im:message", "im:message:send_as_bot", "im:message:update"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/patch",
    cli = "messages patch",
    response = Empty,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::BOT_NOT_ACTIVATED,
        code::message::RECALLED,
        code::message::NO_AVAILABILITY,
        code::message::FREQUENCY_LIMIT,
        code::message::CONTENT_TOO_LONG,
        code::message::LACK_OF_PERMISSION,
        code::message::NOT_AUDITED,
        code::message::PATCH_EXPIRED,
        code::message::CARD_INVALID,
        code::message::DELETED,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","content":"{\"config\":{\"update_multi\":true},\"elements\":[{\"tag\":\"div\",\"text\":{\"content\":\"This is the plain text\",\"tag\":\"plain_text\"}}],\"header\":{\"template\":\"blue\",\"title\":{\"content\":\"This is the title\",\"tag\":\"plain_text\"}}}"}"#,
)]
pub struct Request {
    /// The message with the card.
    #[path]
    pub message_id: MessageId,
    /// The new card: JSON in a string.
    #[body]
    pub content: String,
}

impl Request {
    /// This card in the place of the one in a message.
    pub fn card(message_id: impl Into<MessageId>, card: &Card) -> Self {
        Self::new(message_id, card.0.to_string())
    }
}
