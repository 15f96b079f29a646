//! `POST /open-apis/interactive/v1/card/update`

use serde_json::Value;

use crate::prelude::*;

/// Updates a card some time after someone clicked it.
///
/// The callback of the click brings the token. It lasts 30 minutes and is good for 2 updates, once the
/// callback was answered. Only a card that this app sent is updated, and it may have 30 KB.
#[endpoint(
    id = "interactive.v1.card.update",
    method = POST,
    path = "/open-apis/interactive/v1/card/update",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:update"]),
    rate = TIER_4,
    doc = "/ukTMukTMukTM/uMDO1YjLzgTN24yM4UjN",
    cli = "card update",
    response = Empty,
    flat,
    write,
    errors = [
        code::card::PARAMETER_INVALID,
        code::card::FORMAT_INVALID,
        code::card::TOO_LARGE,
        code::card::NOT_JSON,
        code::card::RECALLED,
        code::card::OTHER_APP,
        code::card::OPEN_IDS_INVALID,
        code::card::INTERACTING,
        code::card::TOKEN_MALFORMED,
        code::card::TOKEN_EXPIRED,
        code::card::TOKEN_USED_UP,
        code::card::OPEN_IDS_MISSING,
    ],
    example = r#"{"token":"c-295ee57216a5dc9de90fefd0aadb4b1d7dxxxx","card":{"config":{"update_multi":true},"elements":[{"tag":"div","text":{"tag":"plain_text","content":"This is plain text"}}]}}"#,
)]
pub struct Request {
    /// The token of the callback: `c-…`.
    #[body]
    pub token: String,
    /// The new card, as it would be sent. A card with `config.update_multi` false, the default of
    /// version 1.0, changes for the users in its `open_ids` only; one with true changes for everyone.
    #[body]
    pub card: Value,
}
