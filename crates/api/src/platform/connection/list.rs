//! `GET /_larkspur/v1/apps/:app_id/connections`

use crate::prelude::*;

/// Lists the long connections of an app.
#[endpoint(
    id = "platform.connection.list",
    method = GET,
    path = "/_larkspur/v1/apps/:app_id/connections",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "connection list",
    response = Response,
    errors = [],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718"}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
}

/// The connections.
#[object]
pub struct Response {
    /// The connections, the oldest first.
    pub items: Vec<Connection>,
}

/// A long connection. Each event goes over one of them.
#[object]
pub struct Connection {
    /// Its name in logs of both sides.
    pub device_id: String,
    /// When it was opened, in ms.
    pub connected_at: Millis,
    /// Events and callbacks under way on it.
    pub in_flight: i64,
}
