//! `DELETE /open-apis/im/v1/messages/:message_id/reactions/:reaction_id`

use super::MessageReaction;
use crate::prelude::*;

/// Takes a reaction away that the caller added.
#[endpoint(
    id = "im.v1.message_reaction.delete",
    method = DELETE,
    path = "/open-apis/im/v1/messages/:message_id/reactions/:reaction_id",
    tenant = Any(&["im:message", "im:message.reactions:write_only"]),
    user = Any(&["im:message", "im:message.reactions:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/delete",
    cli = "reactions delete",
    response = MessageReaction,
    write,
    errors = [
        code::message::DELETED,
        code::reaction::TYPE_INVALID,
        code::reaction::NO_PERMISSION,
        code::reaction::MESSAGE_UNKNOWN,
        code::reaction::CHAT_UNKNOWN,
        code::reaction::THREAD_REMOVED,
        code::reaction::NOT_OWN,
        code::reaction::NO_ACCESS,
        code::reaction::OTHER_MESSAGE,
        code::reaction::REACTION_ID_INVALID,
        code::reaction::PAGE_TOKEN_INVALID,
        code::reaction::AUTH_TYPE_INVALID,
        code::reaction::REPEATED,
        code::reaction::INVISIBLE,
        code::reaction::USER_SETTINGS,
        code::reaction::ADMIN_SETTINGS,
        code::reaction::EXTERNAL_FORBIDDEN,
        code::reaction::NO_AVAILABILITY,
        code::chat::DISSOLVED,
    ],
    example = r#"{"message_id":"om_8964d1b4998877665544332b31383276113","reaction_id":"ZCaCIjUBVVWSrm5L-3ZTw1234567890123sNa8dHVplEzzSfJVUVLMLcS_"}"#,
)]
pub struct Request {
    /// The message it stands below.
    #[path]
    pub message_id: MessageId,
    /// The reaction.
    #[path]
    pub reaction_id: String,
}
