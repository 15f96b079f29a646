//! `POST /open-apis/im/v2/feed_shortcuts/remove`

use super::{Outcome, Shortcut};
use crate::prelude::*;

/// Takes chats from the top again.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v2.feed_shortcut.remove",
    method = POST,
    path = "/open-apis/im/v2/feed_shortcuts/remove",
    user = Any(&["im:feed.shortcut:write"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "feed.shortcuts remove",
    response = Outcome,
    write,
    errors = [],
    example = r#"{"shortcuts":[{"feed_card_id":"oc_a0553eda9014c201e6969b478895c230","type":1}]}"#,
)]
pub struct Request {
    /// The chats.
    #[body(max_len = 10)]
    pub shortcuts: Vec<Shortcut>,
}
