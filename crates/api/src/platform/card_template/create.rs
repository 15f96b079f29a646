//! `POST /_larkspur/v1/apps/:app_id/card_templates`

use serde_json::Value;

use super::{CardTemplate, Variable};
use crate::prelude::*;

/// Releases a template, or a new version of one, as the card builder does.
///
/// The app sends it as `{"type":"template","data":{"template_id":…,"template_variable":{…}}}` of an `interactive` message.
#[endpoint(
    id = "platform.card_template.create",
    method = POST,
    path = "/_larkspur/v1/apps/:app_id/card_templates",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "card_template create",
    response = CardTemplate,
    write,
    errors = [code::message::CARD_INVALID],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718","template_id":"AAqyjwfhabcef","card":{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"Hello ${name}"}]}},"variables":[{"name":"name","type":"text"}]}"#,
)]
pub struct Request {
    /// The app that may use it.
    #[path]
    pub app_id: AppId,
    /// What messages call it by. Without it, one is made up.
    #[body(min_len = 1, max_len = 64)]
    pub template_id: Option<String>,
    /// The version; by default `1.0.0`. A version is released once.
    #[body(min_len = 1, max_len = 64)]
    pub template_version_name: Option<String>,
    /// The card, with `${name}` where a variable goes. A string that is nothing else becomes the value as it is; in other strings texts
    /// and numbers are written in its place.
    #[body]
    pub card: Value,
    /// Its variables.
    #[body]
    pub variables: Option<Vec<Variable>>,
}
