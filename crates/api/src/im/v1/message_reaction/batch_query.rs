//! `POST /open-apis/im/v1/messages/reactions/batch_query`

use super::Operator;
use crate::prelude::*;

/// Gets a page of reactions of each of up to 20 messages, and how many there are of each emoji.
///
/// Messages that cannot be read are named with the reason, and the others come all the same.
#[endpoint(
    id = "im.v1.message_reaction.batch_query",
    method = POST,
    path = "/open-apis/im/v1/messages/reactions/batch_query",
    tenant = Any(&["im:message.reactions:read", "im:message:readonly"]),
    user = Any(&["im:message.reactions:read", "im:message:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/batch_query",
    cli = "reactions batch_query",
    response = Response,
    errors = [code::message::INVALID_PARAM, code::message::BOT_NOT_ACTIVATED],
    example = r#"{"user_id_type":"open_id","queries":[{"message_id":"om_8964d1b4998877665544332b31383276113","page_token":"YhljsPiGfUgnVAg9urvRFd-BvSqRL20"}],"page_size_per_message":10,"reaction_type":"LAUGH"}"#,
)]
pub struct Request {
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// The messages.
    #[body(min_len = 1, max_len = 20)]
    pub queries: Vec<MessageQuery>,
    /// How many reactions to a page of one message.
    #[body(default = "10", min = 1, max = 10)]
    pub page_size_per_message: Option<i64>,
    /// Only reactions with this emoji. The counts are of all.
    #[body]
    pub reaction_type: Option<String>,
}

/// A message, and which page of its reactions.
#[object]
pub struct MessageQuery {
    /// The message.
    pub message_id: Option<MessageId>,
    /// The page to get, as the one before named it.
    pub page_token: Option<String>,
}

/// The reactions of several messages.
#[object]
pub struct Response {
    /// A page of reactions of each message that could be read.
    pub success_msg_reaction_details: Vec<ReactionDetails>,
    /// How many there are of each emoji, of each message that could be read.
    pub success_msg_reaction_counts: Vec<ReactionCounts>,
    /// The messages that could not be read.
    pub fail_msg_reaction_details: Vec<FailedDetails>,
}

/// A page of reactions of one message.
#[object]
pub struct ReactionDetails {
    /// The message.
    pub message_id: MessageId,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// The reactions.
    pub message_reaction_items: Vec<ReactionItem>,
}

/// A reaction, its emoji without an object around it.
#[object]
pub struct ReactionItem {
    /// The reaction.
    pub reaction_id: String,
    /// Who added it.
    pub operator: Operator,
    /// When, in ms.
    pub action_time: Millis,
    /// The emoji.
    pub emoji_type: String,
}

/// How many reactions one message has.
#[object]
pub struct ReactionCounts {
    /// The message.
    pub message_id: MessageId,
    /// The number by emoji.
    pub reaction_count: Vec<ReactionCount>,
}

/// How many reactions with one emoji.
#[object]
pub struct ReactionCount {
    /// The emoji.
    pub reaction_type: String,
    /// How many.
    pub count: Count,
}

/// A message that could not be read.
#[object]
pub struct FailedDetails {
    /// The message.
    pub message_id: MessageId,
    /// Why.
    pub fail_reason: FailReason,
}

/// Why the reactions of a message could not be read.
#[open_enum]
pub enum FailReason {
    /// There is no such message, or it was recalled.
    Invalid = "invalid",
    /// The page token is not of this message and request.
    InvalidPageToken = "invalid_page_token",
    /// The caller is not in the chat.
    NoPermission = "no_permission",
}
