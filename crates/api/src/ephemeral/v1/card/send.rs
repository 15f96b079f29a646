//! `POST /open-apis/ephemeral/v1/send`

use serde_json::Value;

use crate::prelude::*;

/// Sends a card to a group, for one of its users alone to see.
///
/// The user is named by `open_id`, `user_id` or `email`; of several the first counts. At most 40 such cards a
/// second reach one group. They cannot be forwarded, and topic groups take none.
#[endpoint(
    id = "ephemeral.v1.card.send",
    method = POST,
    path = "/open-apis/ephemeral/v1/send",
    tenant = Any(&["im:message", "im:message:send_as_bot", "im:message:update"]),
    rate = TIER_4,
    doc = "/ukTMukTMukTM/uETOyYjLxkjM24SM5IjN",
    cli = "card send",
    response = Response,
    write,
    errors = [
        code::ephemeral::INVALID_PARAM,
        code::ephemeral::USER_UNKNOWN,
        code::ephemeral::BOT_OUTSIDE,
        code::ephemeral::OPEN_ID_UNKNOWN,
        code::ephemeral::USER_ID_UNKNOWN,
        code::ephemeral::NO_BOT,
        code::ephemeral::USER_OUTSIDE,
        code::ephemeral::NO_AVAILABILITY,
        code::ephemeral::NOT_A_GROUP,
        code::ephemeral::CHAT_UNKNOWN,
        code::ephemeral::RATE_LIMITED,
        code::ephemeral::CHAT_DISSOLVED,
        code::ephemeral::CONTENT_FAILED,
    ],
    example = r#"{"chat_id":"oc_5ad573a6411d72b8305fda3a9c1abcef","open_id":"ou_449b53ad6aee526f7ed311b216aabcef","msg_type":"interactive","card":{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"x"}]}}}"#,
)]
pub struct Request {
    /// The group.
    #[body]
    pub chat_id: ChatId,
    /// The user, as this app knows them.
    #[body]
    pub open_id: Option<OpenId>,
    /// The user within the tenant.
    #[body]
    pub user_id: Option<UserId>,
    /// The user's e-mail address.
    #[body]
    pub email: Option<String>,
    /// What it is: a card.
    #[body]
    pub msg_type: EphemeralMsgType,
    /// The card, as an object.
    #[body]
    pub card: Value,
}

/// What one user alone can be shown.
#[open_enum]
pub enum EphemeralMsgType {
    /// A card.
    Interactive = "interactive",
}

/// The card that was sent.
#[object]
pub struct Response {
    /// The message.
    pub message_id: MessageId,
}
