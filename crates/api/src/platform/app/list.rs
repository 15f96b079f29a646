//! `GET /_larkspur/v1/apps`

use super::App;
use crate::prelude::*;

/// Lists the apps of this platform.
#[endpoint(
    id = "platform.app.list",
    method = GET,
    path = "/_larkspur/v1/apps",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "app list",
    response = Response,
    errors = [],
    example = r#"{}"#,
)]
pub struct Request {}

/// The apps.
#[object]
pub struct Response {
    /// The apps, the oldest first.
    pub items: Vec<App>,
}
