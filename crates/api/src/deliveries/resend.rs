//! `POST /_larkspur/v1/deliveries/:event_id/resend`

use crate::prelude::*;

/// Sends an event again, under the same id, whatever became of it before.
#[endpoint(
    id = "deliveries.resend",
    method = POST,
    path = "/_larkspur/v1/deliveries/:event_id/resend",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "resend",
    response = Empty,
    write,
    errors = [],
    example = r#"{"event_id":"5e3702a84e847582be8db7fb73283c02"}"#,
)]
pub struct Request {
    /// The event.
    #[path]
    pub event_id: String,
}
