//! `GET /_larkspur/v1/apps/:app_id`

use super::App;
use crate::prelude::*;

/// Shows an app: what its page in a developer console holds.
#[endpoint(
    id = "platform.app.get",
    method = GET,
    path = "/_larkspur/v1/apps/:app_id",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "app get",
    response = App,
    errors = [],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718"}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
}
