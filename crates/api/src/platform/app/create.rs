//! `POST /_larkspur/v1/apps`

use super::App;
use crate::prelude::*;

/// Makes an app. It has every scope, listens to everything over a long connection, and everyone may use it.
///
/// Apps that may see others are told by `application.application.created_v6`.
#[endpoint(
    id = "platform.app.create",
    method = POST,
    path = "/_larkspur/v1/apps",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "app create",
    response = Response,
    write,
    errors = [],
    example = r#"{"name":"Second bot"}"#,
)]
pub struct Request {
    /// The name.
    #[body(min_len = 1)]
    pub name: String,
    /// The tenant. Without it: the first.
    #[body]
    pub tenant_key: Option<String>,
    /// Who it is for.
    #[body(default = "custom")]
    pub app_type: Option<AppType>,
    /// The keys of other tenants that install it, if it is an app of the store.
    #[body]
    pub installed_in: Option<Vec<String>>,
}

/// Who an app is for.
#[open_enum]
pub enum AppType {
    /// The tenant that made it.
    Custom = "custom",
    /// Every tenant that installs it from the store.
    Isv = "isv",
}

/// The app, and what to call with.
#[object]
pub struct Response {
    /// The app.
    pub app: App,
    /// Its secret.
    pub app_secret: String,
}
