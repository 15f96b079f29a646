//! `GET /open-apis/event/v1/outbound_ip`

use crate::prelude::*;

/// Lists the addresses that events are sent from.
#[endpoint(
    id = "event.v1.outbound_ip.list",
    method = GET,
    path = "/open-apis/event/v1/outbound_ip",
    tenant = Any(&["event:ip_list"]),
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-v1/outbound_ip/list",
    cli = "outbound_ip list",
    response = Response,
    errors = [code::platform::OUTBOUND_IP_PARAM],
    example = r#"{"page_size":10}"#,
)]
#[derive(Default)]
pub struct Request {
    /// How many to a page.
    #[query(max = 50, invalid = code::platform::OUTBOUND_IP_PARAM)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of addresses.
#[object]
pub struct Response {
    /// The addresses.
    pub ip_list: Vec<String>,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// Whether another page follows.
    pub has_more: bool,
}
