//! How users let apps act in their name, and what the apps get for it.
//!
//! Two ways lead to tokens: the [page] on which a user agrees, which sends back a code that is
//! [exchanged](exchange), and the [device] that shows a code which the user types elsewhere.

pub mod device;
pub mod exchange;
pub mod page;
pub mod revoke;

use std::{collections::BTreeSet, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use larkspur_api::code::oauth;
use larkspur_store::{
    Tx, View,
    authorization::RefreshTokenRow,
    token::{TokenKind, TokenRow},
};
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::{App, Context, Result};

/// How long a user's token lives, in ms.
const LIFE: i64 = 2 * 60 * 60 * 1000;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A user may be asked anew after so long, in ms; until then a token can be refreshed.
const CONSENT_LIFE: i64 = 365 * DAY;

/// The scope that brings a refresh token.
pub const OFFLINE_ACCESS: &str = "offline_access";

/// What every user who logs in grants.
pub const USER_ID: &str = "auth:user.id:read";

/// Which endpoints a token comes from, and so how it looks and how long it can be refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// `u-…` and always a refresh token `ur-…`, for 30 days.
    V1,
    /// JWTs, and a refresh token for 7 days if [`OFFLINE_ACCESS`] was granted.
    V2,
}

/// What a user lets an app do.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The app.
    pub app: Arc<App>,
    /// `user.id`
    pub user: i64,
    /// The scopes, in the order of their names.
    pub scopes: Vec<String>,
    /// When the user agreed, in ms.
    pub consented_at: i64,
}

/// The tokens for a [`Grant`].
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The `user_access_token`.
    pub access_token: String,
    /// How long it is valid, in s.
    pub expires_in: i64,
    /// The refresh token, and how long it is valid, in s.
    pub refresh: Option<(String, i64)>,
    /// What it allows, separated by spaces.
    pub scope: String,
    /// `user.id`
    pub user: i64,
}

larkspur_store::debug_shows!(Tokens: expires_in, scope, user);

/// The scopes of a list separated by spaces. Each may stand in it once.
pub fn scopes(list: &str) -> Result<BTreeSet<String>> {
    let mut scopes = BTreeSet::new();
    for scope in list.split_whitespace() {
        if !scopes.insert(scope.to_owned()) {
            return Err(oauth::SCOPE_DUPLICATE.into());
        }
    }
    Ok(scopes)
}

fn column(scopes: impl IntoIterator<Item = String>) -> String {
    serde_json::to_string(&scopes.into_iter().collect::<Vec<_>>()).unwrap_or_default()
}

fn of_column(column: &str) -> Vec<String> {
    serde_json::from_str(column).unwrap_or_default()
}

/// Refuses scopes that the app does not have.
fn check_enabled(app: &App, scopes: &BTreeSet<String>) -> Result<()> {
    let missing: Vec<_> = scopes.iter().map(String::as_str).filter(|scope| !app.has_scope(scope)).collect();
    if missing.is_empty() { Ok(()) } else { Err(oauth::SCOPE_NOT_ENABLED.because(missing.join(" ")).into()) }
}

/// The app that knows its secret.
pub fn authenticate(context: &Context, client_id: &str, client_secret: &str) -> Result<Arc<App>> {
    let app = context.apps.by_app_id(client_id).filter(|app| !app.is_custom_bot());
    let app = app.ok_or(oauth::APP_NOT_EXIST)?;
    if !bool::from(app.row.app_secret.as_bytes().ct_eq(client_secret.as_bytes())) {
        return Err(oauth::SECRET_INVALID.into());
    }
    check_app(&app)?;
    Ok(app)
}

fn check_app(app: &App) -> Result<()> {
    if app.is_enabled() { Ok(()) } else { Err(oauth::APP_NOT_ENABLED.into()) }
}

/// Refuses users who may not use the app.
fn check_user(view: &View<'_>, app: &App, user: i64) -> Result<()> {
    let row = view.user_by_row(user)?.ok_or(oauth::USER_NOT_EXIST)?;
    if row.resigned {
        return Err(oauth::USER_STATUS_INVALID.into());
    }
    if row.tenant_key != app.row.tenant_key {
        return Err(oauth::APP_NOT_INSTALLED.into());
    }
    if !app.is_available_to(user) {
        return Err(oauth::USER_NOT_ALLOWED.into());
    }
    Ok(())
}

/// The app in the tenant of a user, who may use it there.
fn for_user(view: &View<'_>, context: &Context, app: &App, user: i64) -> Result<Arc<App>> {
    let row = view.user_by_row(user)?.ok_or(oauth::USER_NOT_EXIST)?;
    let app = context.apps.installed(app.home(), &row.tenant_key).ok_or(oauth::APP_NOT_INSTALLED)?;
    check_user(view, &app, user)?;
    Ok(app)
}

/// The app in the tenant that a code or token was issued in, if it is the one that sends it.
fn issued_to(context: &Context, client: &App, app: i64) -> Result<Arc<App>> {
    let app = context.apps.get(app).filter(|app| app.home() == client.home());
    app.ok_or_else(|| oauth::CLIENT_MISMATCH.into())
}

/// Keeps that a user agreed, and gives everything they ever agreed to.
pub fn consent(
    tx: &Tx<'_>,
    context: &Context,
    app: &Arc<App>,
    user: i64,
    wanted: &BTreeSet<String>,
) -> Result<Grant> {
    let before = tx.consent(app.row.id, user)?.map(|(scopes, _)| of_column(&scopes)).unwrap_or_default();
    let mut scopes: BTreeSet<String> = before.into_iter().filter(|scope| app.has_scope(scope)).collect();
    scopes.extend(wanted.iter().cloned());
    scopes.insert(USER_ID.to_owned());
    let now = context.now();
    tx.put_consent(app.row.id, user, &column(scopes.iter().cloned()), now)?;
    Ok(Grant { app: Arc::clone(app), user, scopes: scopes.into_iter().collect(), consented_at: now })
}

/// A grant of exactly these scopes, if the user may use the app and the app has them.
pub fn agreed(
    tx: &Tx<'_>,
    context: &Context,
    app: &Arc<App>,
    user: i64,
    scopes: &BTreeSet<String>,
) -> Result<Grant> {
    check_app(app)?;
    check_user(tx, app, user)?;
    check_enabled(app, scopes)?;
    let grant = consent(tx, context, app, user, scopes)?;
    Ok(Grant { scopes: scopes.iter().cloned().collect(), ..grant })
}

/// New tokens for a grant.
pub fn issue(tx: &Tx<'_>, context: &Context, grant: &Grant, generation: Generation) -> Result<Tokens> {
    let now = context.now();
    let scopes = column(grant.scopes.iter().cloned());
    let access = TokenRow {
        token: secret(context, grant, generation, "access_token", now + LIFE),
        kind: TokenKind::User,
        app: grant.app.row.id,
        user: Some(grant.user),
        scopes: Some(scopes.clone()),
        expires_at: now + LIFE,
    };
    tx.insert_token(&access, now)?;
    let life = match generation {
        Generation::V1 => 30 * DAY,
        Generation::V2 => 7 * DAY,
    };
    let ends = (now + life).min(grant.consented_at + CONSENT_LIFE);
    let lasting = generation == Generation::V1 || grant.scopes.iter().any(|scope| scope == OFFLINE_ACCESS);
    let refresh = (lasting && ends > now).then(|| RefreshTokenRow {
        token: secret(context, grant, generation, "refresh_token", ends),
        app: grant.app.row.id,
        user: grant.user,
        scopes,
        consented_at: grant.consented_at,
        expires_at: ends,
        state: larkspur_store::authorization::RefreshState::Valid,
    });
    if let Some(refresh) = &refresh {
        tx.insert_refresh_token(refresh, now)?;
    }
    Ok(Tokens {
        access_token: access.token,
        expires_in: LIFE / 1000,
        refresh: refresh.map(|refresh| (refresh.token, (ends - now) / 1000)),
        scope: grant.scopes.join(" "),
        user: grant.user,
    })
}

/// A token that looks like the real ones: clients must keep it whatever its length, and look into none.
fn secret(context: &Context, grant: &Grant, generation: Generation, what: &str, ends: i64) -> String {
    if generation == Generation::V1 {
        let prefix = if what == "refresh_token" { "ur" } else { "u" };
        return format!("{prefix}-{}", context.hex(44));
    }
    let head = json!({"alg": "ES256", "feature_code": "FeatureOAuthJWTSign_CN", "kid": context.hex(19), "typ": "JWT"});
    let body = json!({
        "jti": context.hex(19),
        "iat": context.now() / 1000,
        "exp": ends / 1000,
        "ver": "v1",
        "typ": what,
        "client_id": grant.app.row.app_id,
        "scope": grant.scopes.join(" "),
        "auth_id": context.hex(19),
        "auth_exp": (grant.consented_at + CONSENT_LIFE) / 1000,
    });
    let mut signature = [0; 64];
    context.entropy.fill(&mut signature);
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!(
        "{}.{}.{}",
        part(head.to_string().as_bytes()),
        part(body.to_string().as_bytes()),
        part(&signature)
    )
}
