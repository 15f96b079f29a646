//! `POST /open-apis/im/v1/chats/:chat_id/link`

use crate::prelude::*;

/// Makes a link by which others join a group.
#[endpoint(
    id = "im.v1.chat.link",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/link",
    tenant = Any(&["im:chat", "im:chat:read", "im:chat:readonly"]),
    user = Any(&["im:chat", "im:chat:read", "im:chat:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/link",
    cli = "chats link",
    response = Response,
    errors = [
        code::chat::INVALID_PARAM,
        code::chat::CHAT_ID_INVALID,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::RATE_LIMITED,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_INACTIVATE,
        code::chat::LINK_OF_SECRET_CHAT,
        code::chat::LINK_OF_P2P_CHAT,
        code::chat::LINK_OF_TEAM,
        code::chat::LINK_FORBIDDEN,
        code::chat::OPERATOR_UNKNOWN,
    ],
    example = r#"{"chat_id":"oc_a0553eda9014c201e6969b478895c230","validity_period":"week"}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// How long the link works.
    #[body(default = "week", invalid = code::chat::INVALID_PARAM)]
    pub validity_period: Option<ValidityPeriod>,
}

/// How long a link works.
#[open_enum]
pub enum ValidityPeriod {
    /// 7 days.
    Week = "week",
    /// 1 year.
    Year = "year",
    /// For ever.
    Permanently = "permanently",
}

/// A link into a group.
#[object]
pub struct Response {
    /// The link.
    pub share_link: String,
    /// When it stops working.
    pub expire_time: Option<Seconds>,
    /// Whether it works for ever.
    pub is_permanent: bool,
}
