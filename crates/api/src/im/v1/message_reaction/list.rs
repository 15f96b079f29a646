//! `GET /open-apis/im/v1/messages/:message_id/reactions`

use super::MessageReaction;
use crate::prelude::*;

/// Lists the reactions below a message, oldest first, all of them or those of one emoji.
#[endpoint(
    id = "im.v1.message_reaction.list",
    method = GET,
    path = "/open-apis/im/v1/messages/:message_id/reactions",
    tenant = Any(&["im:message.reactions:read", "im:message:readonly"]),
    user = Any(&["im:message.reactions:read", "im:message:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/list",
    cli = "reactions list",
    response = Response,
    paged = MessageReaction,
    errors = [
        code::message::DELETED,
        code::reaction::TYPE_INVALID,
        code::reaction::MESSAGE_UNKNOWN,
        code::reaction::NO_ACCESS,
        code::reaction::PAGE_TOKEN_INVALID,
        code::reaction::AUTH_TYPE_INVALID,
        code::reaction::USER_ID_TYPE_INVALID,
        code::reaction::INVISIBLE,
    ],
    example = r#"{"message_id":"om_8964d1b4998877665544332b31383276113","reaction_type":"LAUGH","page_size":10,"user_id_type":"open_id"}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// Only reactions with this emoji.
    #[query]
    pub reaction_type: Option<String>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// How many to a page.
    #[query(default = "20", max = 50)]
    pub page_size: Option<i64>,
    /// In which form users are given.
    #[query(default = "open_id", invalid = code::reaction::USER_ID_TYPE_INVALID)]
    pub user_id_type: Option<UserIdType>,
}

/// A page of reactions.
#[object]
pub struct Response {
    /// The reactions.
    pub items: Vec<MessageReaction>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}
