//! `POST /open-apis/jssdk/ticket/get`

use crate::prelude::*;

/// How long a ticket is valid, in s.
pub const LIFE: i64 = 7200;

/// Gets a ticket with which pages inside the client sign their calls.
#[endpoint(
    id = "jssdk.ticket.get",
    method = POST,
    path = "/open-apis/jssdk/ticket/get",
    tenant = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/uYTM5UjL2ETO14iNxkTN/h5_js_sdk/authorization",
    cli = "ticket get",
    response = Response,
    errors = [],
)]
#[derive(Default)]
pub struct Request {}

/// The ticket.
#[object]
pub struct Response {
    /// The ticket.
    pub ticket: String,
    /// How long it is valid, in s.
    pub expire_in: i64,
}
