//! `auth.v3.auth`

mod app_access_token;
mod app_access_token_internal;
mod app_ticket_resend;
mod tenant_access_token;
mod tenant_access_token_internal;

use std::sync::Arc;

use larkspur_api::code::auth;
use larkspur_domain::{App, Result, token::issue};
use larkspur_store::token::TokenRow;
use subtle::ConstantTimeEq;

use crate::{Call, route::Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(app_access_token::handle)
        .endpoint(app_access_token_internal::handle)
        .endpoint(app_ticket_resend::handle)
        .endpoint(tenant_access_token::handle)
        .endpoint(tenant_access_token_internal::handle)
}

/// The app that knows its secret.
fn authenticate(call: &Call, app_id: &str, app_secret: &str) -> Result<Arc<App>> {
    let well_formed = app_id
        .strip_prefix("cli_")
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !well_formed || app_secret.is_empty() {
        return Err(auth::INVALID_PARAM.into());
    }
    let state = &call.state;
    let app = state.context.apps.by_app_id(app_id).filter(|app| !app.is_custom_bot());
    let app = app.ok_or(auth::APP_ID_NOT_EXISTS)?;
    if !bool::from(app.row.app_secret.as_bytes().ct_eq(app_secret.as_bytes())) {
        return Err(auth::WRONG_APP_SECRET.into());
    }
    Ok(app)
}

/// The token of an app that belongs to one tenant and knows its secret, and how long it lasts, in s.
async fn token(call: &Call, app_id: &str, app_secret: &str) -> Result<(TokenRow, i64)> {
    let app = authenticate(call, app_id, app_secret)?;
    if app.is_isv() {
        return Err(auth::APP_UNAUTHORIZED.into());
    }
    let token = call.change(move |tx, context| issue(tx, context, app.row.id)).await?;
    let expire = lasts(call, &token);
    Ok((token, expire))
}

/// How long a token lasts, in s.
fn lasts(call: &Call, token: &TokenRow) -> i64 {
    (token.expires_at - call.state.context.now()).div_euclid(1000)
}
