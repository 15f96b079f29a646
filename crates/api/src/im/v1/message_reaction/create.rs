//! `POST /open-apis/im/v1/messages/:message_id/reactions`

use super::{Emoji, MessageReaction};
use crate::prelude::*;

/// Puts an emoji below a message. The same emoji once more changes nothing.
///
/// The caller must be in the chat. Recalled messages and notices of the system take none.
#[endpoint(
    id = "im.v1.message_reaction.create",
    method = POST,
    path = "/open-apis/im/v1/messages/:message_id/reactions",
    tenant = Any(&["im:message", "im:message.reactions:write_only"]),
    user = Any(&["im:message", "im:message.reactions:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/create",
    cli = "reactions create",
    response = MessageReaction,
    write,
    errors = [
        code::message::DELETED,
        code::reaction::TYPE_INVALID,
        code::reaction::NO_PERMISSION,
        code::reaction::MESSAGE_UNKNOWN,
        code::reaction::CHAT_UNKNOWN,
        code::reaction::THREAD_REMOVED,
        code::reaction::OPERATOR_INVALID,
        code::reaction::NO_ACCESS,
        code::reaction::PAGE_TOKEN_INVALID,
        code::reaction::AUTH_TYPE_INVALID,
        code::reaction::USER_ID_TYPE_INVALID,
        code::reaction::REPEATED,
        code::reaction::TYPE_NOT_SUPPORTED,
        code::reaction::INVISIBLE,
        code::reaction::USER_SETTINGS,
        code::reaction::ADMIN_SETTINGS,
        code::reaction::EXTERNAL_FORBIDDEN,
        code::reaction::NO_AVAILABILITY,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_a8f2294b99887766554433221a38afaac9d","reaction_type":{"emoji_type":"SMILE"}}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// The emoji.
    #[body]
    pub reaction_type: Emoji,
}
