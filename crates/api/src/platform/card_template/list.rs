//! `GET /_larkspur/v1/apps/:app_id/card_templates`

use super::CardTemplate;
use crate::prelude::*;

/// Lists the templates of an app, in all their versions.
#[endpoint(
    id = "platform.card_template.list",
    method = GET,
    path = "/_larkspur/v1/apps/:app_id/card_templates",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "card_template list",
    response = Response,
    errors = [],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718"}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
}

/// The templates.
#[object]
pub struct Response {
    /// The templates, the oldest first.
    pub items: Vec<CardTemplate>,
}
