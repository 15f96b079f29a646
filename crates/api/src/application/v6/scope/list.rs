//! `GET /open-apis/application/v6/scopes`

use crate::prelude::*;

/// Lists the scopes that the app asked the tenant for.
#[endpoint(
    id = "application.v6.scope.list",
    method = GET,
    path = "/open-apis/application/v6/scopes",
    tenant = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/scope/list",
    cli = "scope list",
    response = Response,
    errors = [code::platform::APP_NOT_INSTALLED],
)]
#[derive(Default)]
pub struct Request {}

/// The scopes of the app.
#[object]
pub struct Response {
    /// The scopes.
    pub scopes: Vec<Scope>,
}

/// A scope that the app asked for.
#[object]
pub struct Scope {
    /// Its name.
    pub scope_name: String,
    /// Whether the tenant granted it.
    pub grant_status: GrantStatus,
    /// For which kind of token. On no page, but in the official SDKs.
    pub scope_type: Option<String>,
}

/// Whether a scope was granted.
#[open_enum]
pub enum GrantStatus {
    /// It was.
    Granted = 1,
    /// It was not.
    NotGranted = 2,
}
