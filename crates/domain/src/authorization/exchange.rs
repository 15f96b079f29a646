//! Codes and refresh tokens are exchanged for tokens, each once.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token` and
//! `…/refresh-user-access-token`.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use larkspur_api::code::oauth;
use larkspur_store::{
    Tx,
    authorization::{AuthorizationCodeRow, RefreshState},
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{Generation, Grant, Tokens};
use crate::{App, Context, Result};

/// What a code is exchanged with.
#[derive(Clone, Default)]
pub struct CodeExchange {
    /// The code.
    pub code: String,
    /// Must be the page's, if it is given.
    pub redirect_uri: Option<String>,
    /// Must match the page's challenge, if it had one.
    pub code_verifier: Option<String>,
    /// Takes scopes away.
    pub scope: Option<String>,
}

larkspur_store::debug_shows!(CodeExchange: redirect_uri, scope);

/// Tokens for a code.
pub fn code(
    tx: &Tx<'_>,
    context: &Context,
    client: &App,
    request: &CodeExchange,
    generation: Generation,
) -> Result<Tokens> {
    let row = tx.authorization_code(&request.code)?.ok_or(oauth::CODE_NOT_FOUND)?;
    let app = super::issued_to(context, client, row.app)?;
    if row.used {
        return Err(oauth::CODE_USED.into());
    }
    if row.expires_at <= context.now() {
        return Err(oauth::CODE_EXPIRED.into());
    }
    if request.redirect_uri.as_ref().is_some_and(|given| *given != row.redirect_uri) {
        return Err(oauth::REDIRECT_URI_MISMATCH.into());
    }
    if generation == Generation::V2 {
        check_challenge(&row, request.code_verifier.as_deref())?;
    }
    super::check_user(tx, &app, row.user)?;
    let scopes = narrowed(super::of_column(&row.scopes), request.scope.as_deref())?;
    tx.use_authorization_code(&row.code)?;
    let consented_at = tx.consent(app.row.id, row.user)?.map_or_else(|| context.now(), |(_, at)| at);
    let grant = Grant { app, user: row.user, scopes, consented_at };
    super::issue(tx, context, &grant, generation)
}

fn check_challenge(row: &AuthorizationCodeRow, verifier: Option<&str>) -> Result<()> {
    let Some(challenge) = &row.code_challenge else { return Ok(()) };
    let verifier = verifier.filter(|verifier| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        (43..=128).contains(&verifier.len()) && verifier.bytes().all(plain)
    });
    let verifier = verifier.ok_or(oauth::PKCE_FAILED)?;
    let answer = match row.code_challenge_method.as_deref() {
        Some("S256") => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        _ => verifier.to_owned(),
    };
    if bool::from(answer.as_bytes().ct_eq(challenge.as_bytes())) {
        Ok(())
    } else {
        Err(oauth::PKCE_FAILED.into())
    }
}

/// The scopes granted, or those of them that are asked for.
fn narrowed(granted: Vec<String>, scope: Option<&str>) -> Result<Vec<String>> {
    let Some(scope) = scope.filter(|scope| !scope.trim().is_empty()) else { return Ok(granted) };
    let wanted = super::scopes(scope)?;
    let granted: BTreeSet<String> = granted.into_iter().collect();
    if wanted.is_subset(&granted) {
        Ok(wanted.into_iter().collect())
    } else {
        Err(oauth::SCOPE_NOT_PERMITTED.into())
    }
}

/// New tokens for a refresh token, which is of no use afterwards.
pub fn refresh(
    tx: &Tx<'_>,
    context: &Context,
    client: &App,
    refresh_token: &str,
    scope: Option<&str>,
    generation: Generation,
) -> Result<Tokens> {
    let row = tx.refresh_token(refresh_token)?.ok_or(oauth::REFRESH_INVALID)?;
    let app = super::issued_to(context, client, row.app)?;
    match row.state {
        RefreshState::Valid => {}
        RefreshState::Used => return Err(oauth::REFRESH_USED.into()),
        RefreshState::Revoked => return Err(oauth::REFRESH_REVOKED.into()),
    }
    if row.expires_at <= context.now() {
        return Err(oauth::REFRESH_EXPIRED.into());
    }
    if generation == Generation::V2 && !app.has_scope(super::OFFLINE_ACCESS) {
        return Err(oauth::REFRESH_NOT_ALLOWED.into());
    }
    super::check_user(tx, &app, row.user)?;
    let scopes = narrowed(super::of_column(&row.scopes), scope)?;
    tx.set_refresh_state(&row.token, RefreshState::Used)?;
    let grant = Grant { app, user: row.user, scopes, consented_at: row.consented_at };
    super::issue(tx, context, &grant, generation)
}
