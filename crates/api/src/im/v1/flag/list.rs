//! `GET /open-apis/im/v1/flags`

use crate::{im::v1::message::Message, prelude::*};

/// Lists what the user who asks has flagged, the last changed last.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.flag.list",
    method = GET,
    path = "/open-apis/im/v1/flags",
    user = Any(&["im:feed.flag:read"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "flags list",
    response = Response,
    errors = [],
    example = r#"{"page_size":50,"page_token":""}"#,
)]
pub struct Request {
    /// How many to a page.
    #[query(min = 1, max = 50)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it; empty for the first.
    #[query]
    pub page_token: Option<String>,
}

/// A page of flags.
#[object]
pub struct Response {
    /// Those that are there.
    pub flag_items: Vec<FlagItem>,
    /// Those that were taken away.
    pub delete_flag_items: Vec<FlagItem>,
    /// The messages that are flagged as such.
    pub messages: Vec<Message>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}

/// A flag.
#[object]
pub struct FlagItem {
    /// The message; of a thread its first.
    pub item_id: MessageId,
    /// What is flagged: 0 a message, 4 a thread in a group of threads, 11 one in another chat.
    pub item_type: i64,
    /// Where the flag stands: 1 in the feed, 2 in the list of messages.
    pub flag_type: i64,
    /// When it was first set.
    pub create_time: Millis,
    /// When it was last set or taken away.
    pub update_time: Millis,
}
