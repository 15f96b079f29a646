//! `POST /open-apis/ephemeral/v1/delete`

use crate::prelude::*;

/// Takes a card away that one user alone sees. Nothing of it stays.
///
/// Only the bot that sent it does so, while it is in the group.
#[endpoint(
    id = "ephemeral.v1.card.delete",
    method = POST,
    path = "/open-apis/ephemeral/v1/delete",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:update"]),
    rate = TIER_4,
    doc = "/ukTMukTMukTM/uITOyYjLykjM24iM5IjN",
    cli = "card delete",
    response = Empty,
    flat,
    write,
    errors = [
        code::ephemeral::MESSAGE_UNKNOWN,
        code::ephemeral::BOT_OUTSIDE,
        code::ephemeral::NO_BOT,
        code::ephemeral::OTHER_SENDER,
        code::ephemeral::DELETED,
    ],
    example = r#"{"message_id":"om_5ad573a6411d72b8305fda3a9c15c70e"}"#,
)]
pub struct Request {
    /// The message.
    #[body]
    pub message_id: MessageId,
}
