//! `GET /_larkspur/v1/deliveries/:event_id`

use super::Delivery;
use crate::prelude::*;

/// Shows an event with its body and every attempt to deliver it.
#[endpoint(
    id = "deliveries.show",
    method = GET,
    path = "/_larkspur/v1/deliveries/:event_id",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "show",
    response = Delivery,
    errors = [],
    example = r#"{"event_id":"5e3702a84e847582be8db7fb73283c02"}"#,
)]
pub struct Request {
    /// The event.
    #[path]
    pub event_id: String,
}
