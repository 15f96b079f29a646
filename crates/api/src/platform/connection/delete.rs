//! `DELETE /_larkspur/v1/apps/:app_id/connections`

use crate::prelude::*;

/// Cuts a long connection, or all of an app. What was under way goes out again.
#[endpoint(
    id = "platform.connection.delete",
    method = DELETE,
    path = "/_larkspur/v1/apps/:app_id/connections",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "connection delete",
    response = Response,
    write,
    errors = [],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718"}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
    /// The connection. Without it: all.
    #[query]
    pub device_id: Option<String>,
}

/// What was cut.
#[object]
pub struct Response {
    /// How many connections there were.
    pub count: i64,
}
