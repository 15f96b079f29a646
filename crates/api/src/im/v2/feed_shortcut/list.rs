//! `GET /open-apis/im/v2/feed_shortcuts`

use super::Shortcut;
use crate::prelude::*;

/// Lists the chats at the top, from above.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v2.feed_shortcut.list",
    method = GET,
    path = "/open-apis/im/v2/feed_shortcuts",
    user = Any(&["im:feed.shortcut:read"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "feed.shortcuts list",
    response = Response,
    errors = [],
    example = r#"{}"#,
)]
#[derive(Default)]
pub struct Request {
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of chats.
#[object]
pub struct Response {
    /// The chats.
    pub shortcuts: Vec<Shortcut>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}
