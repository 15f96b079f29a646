//! `POST /open-apis/im/v1/flags`

use super::NewFlag;
use crate::prelude::*;

/// Flags messages and threads for the user who asks.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.flag.create",
    method = POST,
    path = "/open-apis/im/v1/flags",
    user = Any(&["im:feed.flag:write"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "flags create",
    response = Empty,
    write,
    errors = [],
    example = r#"{"flag_items":[{"item_id":"om_dc13264520392913993dd051dba21dcf","item_type":"0","flag_type":"2"}]}"#,
)]
pub struct Request {
    /// What to flag.
    #[body]
    pub flag_items: Vec<NewFlag>,
}
