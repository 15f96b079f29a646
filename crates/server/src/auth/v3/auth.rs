//! `auth.v3.auth`

mod app_access_token_internal;
mod tenant_access_token_internal;

use larkspur_api::code::auth;
use larkspur_domain::{Failure, Result, token::issue};
use larkspur_store::token::TokenRow;
use subtle::ConstantTimeEq;

use crate::{Call, route::Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.endpoint(app_access_token_internal::handle).endpoint(tenant_access_token_internal::handle)
}

/// The token of an app that knows its secret, and how long it lasts, in s.
async fn token(call: &Call, app_id: &str, app_secret: &str) -> Result<(TokenRow, i64)> {
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
    let (shared, id) = (std::sync::Arc::clone(state), app.row.id);
    let token = state.store.write::<_, Failure>(move |tx| issue(tx, &shared.context, id)).await?;
    let expire = (token.expires_at - state.context.now()).div_euclid(1000);
    Ok((token, expire))
}
