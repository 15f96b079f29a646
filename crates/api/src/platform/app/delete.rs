//! `DELETE /_larkspur/v1/apps/:app_id`

use super::App;
use crate::prelude::*;

/// Deletes an app, wherever it is installed. Its bot leaves all groups.
///
/// Its tokens stay good for nothing: calls are refused with the endpoint's own code, 232004 or 11209, otherwise as those
/// with a token that is not valid. What it sent stays.
#[endpoint(
    id = "platform.app.delete",
    method = DELETE,
    path = "/_larkspur/v1/apps/:app_id",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "app delete",
    response = App,
    write,
    errors = [],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718"}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
}
