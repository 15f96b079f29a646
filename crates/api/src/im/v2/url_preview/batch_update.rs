//! `POST /open-apis/im/v2/url_previews/batch_update`

use crate::prelude::*;

/// Asks clients to fetch previews of links anew. Each fetch calls the app back.
///
/// A token takes one update in 5 seconds. Without `open_ids` everyone in the chat of the link fetches.
#[endpoint(
    id = "im.v2.url_preview.batch_update",
    method = POST,
    path = "/open-apis/im/v2/url_previews/batch_update",
    tenant = Any(&["im:url_preview.update"]),
    rate = Rate::per_second(5),
    doc = "/uAjLw4CM/ukTMukTMukTM/group/im-v2/url_preview/batch_update",
    cli = "url_previews batch_update",
    response = Empty,
    write,
    errors = [code::message::PARAM_IS_INVALID],
    example = r#"{"preview_tokens":["952te0c8-9ccf-463d-ad73-593f8f768a5c"],"open_ids":["ou_xxx"]}"#,
)]
pub struct Request {
    /// The previews, by the tokens of the callbacks that asked for them.
    #[body(min_len = 1, max_len = 10)]
    pub preview_tokens: Vec<String>,
    /// Who is to see the update. Users outside the chat of a link see nothing of it.
    #[body(max_len = 100)]
    pub open_ids: Option<Vec<OpenId>>,
}
