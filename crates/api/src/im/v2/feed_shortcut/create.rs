//! `POST /open-apis/im/v2/feed_shortcuts`

use super::{Outcome, Shortcut};
use crate::prelude::*;

/// Puts chats at the top of the list of the user who asks.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v2.feed_shortcut.create",
    method = POST,
    path = "/open-apis/im/v2/feed_shortcuts",
    user = Any(&["im:feed.shortcut:write"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "feed.shortcuts create",
    response = Outcome,
    write,
    errors = [],
    example = r#"{"shortcuts":[{"feed_card_id":"oc_a0553eda9014c201e6969b478895c230","type":1}],"is_header":true}"#,
)]
pub struct Request {
    /// The chats.
    #[body(max_len = 10)]
    pub shortcuts: Vec<Shortcut>,
    /// Above those that are there, and not below them.
    #[body(default = "true")]
    pub is_header: Option<bool>,
}
