//! `GET /_larkspur/v1/deliveries`

use super::Delivery;
use crate::prelude::*;

/// Lists the events of an app, the newest first, and what became of them.
#[endpoint(
    id = "deliveries.list",
    method = GET,
    path = "/_larkspur/v1/deliveries",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "list",
    response = Response,
    errors = [],
    example = r#"{}"#,
)]
pub struct Request {
    /// The app. Without it: the only one that has a bot.
    #[query]
    pub app_id: Option<AppId>,
    /// How many.
    #[query(min = 1, max = 100, default = "20")]
    pub page_size: Option<i64>,
    /// Where to go on.
    #[query]
    pub page_token: Option<String>,
}

/// A page of events.
#[object]
pub struct Response {
    /// The events, the newest first, without their bodies.
    pub items: Vec<Delivery>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Where to go on.
    pub page_token: Option<String>,
    /// All events of the app, those forgotten since included.
    pub ledger: Ledger,
}

/// What an app was owed and what became of it: `created` is the sum of the others.
#[object]
pub struct Ledger {
    /// Events and callbacks that arose.
    pub created: i64,
    /// Those that were taken.
    pub delivered: i64,
    /// Those on their way.
    pub pending: i64,
    /// Those that nobody took in time.
    pub expired: i64,
}
