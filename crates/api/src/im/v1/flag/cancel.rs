//! `POST /open-apis/im/v1/flags/cancel`

use super::NewFlag;
use crate::prelude::*;

/// Takes flags away again.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.flag.cancel",
    method = POST,
    path = "/open-apis/im/v1/flags/cancel",
    user = Any(&["im:feed.flag:write"]),
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "flags cancel",
    response = Empty,
    write,
    errors = [],
    example = r#"{"flag_items":[{"item_id":"om_dc13264520392913993dd051dba21dcf","item_type":"0","flag_type":"2"}]}"#,
)]
pub struct Request {
    /// What to take the flag from.
    #[body]
    pub flag_items: Vec<NewFlag>,
}
