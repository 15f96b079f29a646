//! Who calls, and whether they may: tokens, apps, scopes.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, PoisonError, RwLock},
};

use http::{HeaderMap, header::AUTHORIZATION};
use larkspur_api::{
    Code, Endpoint, Refusal,
    code::{self, authen, gateway},
    custom_bot::v2,
    endpoint::Meta,
};
use larkspur_domain::{Caller, Failure, hook};
use larkspur_store::token::{TokenKind, TokenRow};

use crate::state::State;

/// Tokens of tenants seen before, so that most calls need not ask the database. Those of users may be revoked, so they are
/// always looked up.
#[derive(Default)]
pub(crate) struct Tokens(RwLock<HashMap<String, TokenRow>>);

/// Beyond this the memory of tokens is begun anew.
const REMEMBERED: usize = 10_000;

impl Tokens {
    fn get(&self, token: &str) -> Option<TokenRow> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
    }

    fn insert(&self, token: TokenRow) {
        let mut tokens = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= REMEMBERED {
            tokens.clear();
        }
        tokens.insert(token.token.clone(), token);
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|token| !token.is_empty())
}

/// The refusal of a token that is not valid, by its looks. The older login endpoints have refusals of their own.
fn invalid(meta: &Meta, token: &str) -> Code {
    let own = [authen::USER_TOKEN_INVALID, authen::APP_TOKEN_INVALID];
    if let Some(own) = own.into_iter().find(|code| meta.errors.contains(code)) {
        return own;
    }
    match token {
        _ if token.starts_with("t-") => gateway::TENANT_TOKEN_INVALID,
        _ if token.starts_with("u-") || token.starts_with("eyJ") => gateway::USER_TOKEN_INVALID,
        _ if token.starts_with("a-") => gateway::APP_TOKEN_INVALID,
        _ => gateway::TOKEN_MALFORMED,
    }
}

/// The caller of an endpoint, if it may call it.
pub(crate) async fn admit(state: &Arc<State>, meta: &Meta, headers: &HeaderMap) -> Result<Caller, Failure> {
    let token = bearer(headers).ok_or(gateway::TOKEN_MISSING)?;
    let known = match state.tokens.get(token) {
        Some(known) => Some(known),
        None => {
            let wanted = token.to_owned();
            let row = state.store.read::<_, Failure>(move |view| Ok(view.token(&wanted)?)).await?;
            if let Some(row) = row.as_ref().filter(|row| row.kind == TokenKind::Tenant) {
                state.tokens.insert(row.clone());
            }
            row
        }
    };
    let known = known.ok_or_else(|| invalid(meta, token))?;
    if known.expires_at <= state.context.now() {
        let ended = invalid(meta, token);
        return Err(
            if ended == gateway::USER_TOKEN_INVALID { gateway::USER_TOKEN_EXPIRED } else { ended }.into()
        );
    }
    let app = state.context.apps.get(known.app).ok_or_else(|| invalid(meta, token))?;
    if app.row.deleted {
        return Err(gone(meta).unwrap_or_else(|| invalid(meta, token)).into());
    }
    if !app.is_enabled() {
        return Err(not_in_use(meta).into());
    }
    // The app token of an app that belongs to one tenant is its tenant token.
    let (needed, refusal) = match known.kind {
        TokenKind::Tenant => (meta.tenant.or(meta.app), gateway::TENANT_TOKEN_INVALID),
        TokenKind::App => (meta.app, gateway::APP_TOKEN_INVALID),
        TokenKind::User => (meta.user, gateway::USER_TOKEN_INVALID),
    };
    let needed = needed.ok_or(refusal)?;
    let granted = known.scopes.as_deref().and_then(|scopes| serde_json::from_str(scopes).ok());
    let caller = Caller { app, user: known.user, granted: granted.map(Arc::new) };
    refuse_without(state, &caller, &needed.missing(|scope| caller.app.has_scope(scope)))?;
    refuse_ungranted(&caller, &needed.missing(|scope| caller.has_scope(scope)))?;
    Ok(caller)
}

/// The refusal of an app that its tenant does not use: the endpoint's own, if it has one.
fn not_in_use(meta: &Meta) -> Code {
    let own = [code::chat::APP_UNAVAILABLE, code::chat::APP_INACTIVATE, code::batch::APP_NOT_IN_USE];
    own.into_iter().find(|code| meta.errors.contains(code)).unwrap_or(gateway::APP_NOT_IN_USE)
}

/// The endpoint's own refusal of an app that was deleted while its token still lives, if it has one.
fn gone(meta: &Meta) -> Option<Code> {
    let own = [code::chat::APP_UNKNOWN, code::batch::APP_UNKNOWN];
    own.into_iter().find(|code| meta.errors.contains(code))
}

/// Lets a call to a custom bot in: its address names a bot, it does not call too often, and it calls from
/// where it may.
pub(crate) async fn admit_hook(
    state: &Arc<State>,
    path: &[(String, String)],
    address: Option<IpAddr>,
) -> Result<(), Failure> {
    let token = path.iter().find(|(name, _)| name == "token").map(|(_, token)| token.clone());
    let token = token.ok_or(code::hook::TOKEN_INVALID)?;
    let hook = state.store.read(move |view| hook::find(view, &token)).await?;
    // Both forms of the address share what one bot may send.
    if state.limits.count(hook.app, v2::hook::send::Request::META, state.context.now()).is_err() {
        return Err(code::hook::RATE_LIMITED.into());
    }
    hook::check_address(&hook, address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

/// Refuses what is too long for a custom bot.
pub(crate) fn check_hook_body(body: &[u8]) -> Result<(), Failure> {
    match body.len() {
        len if len > v2::hook::HARD_MAX_BYTES => Err(code::hook::TOO_LARGE.into()),
        len if len > v2::hook::MAX_BYTES => Err(gateway::BAD_REQUEST.into()),
        _ => Ok(()),
    }
}

/// Refuses a caller that lacks a scope.
pub(crate) fn check_scope(state: &State, caller: &Caller, scope: &'static str) -> Result<(), Failure> {
    if caller.has_scope(scope) {
        return Ok(());
    }
    if !caller.app.has_scope(scope) {
        refuse_without(state, caller, &[scope])?;
    }
    refuse_ungranted(caller, &[scope])
}

/// Refuses an app that lacks scopes.
fn refuse_without(state: &State, caller: &Caller, missing: &[&'static str]) -> Result<(), Failure> {
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(", ");
    let (token_type, identity) =
        if caller.user.is_some() { ("user", "用户") } else { ("tenant", "应用") };
    let link = format!(
        "{}/app/{}/auth?q={}&op_from=openapi&token_type={token_type}",
        state.context.base_url,
        caller.app.row.app_id,
        missing.join(",")
    );
    let detail = format!(
        "[{names}].应用尚未开通所需的{identity}身份权限：[{names}]，点击链接申请并开通任一权限即可：{link}"
    );
    let scopes = missing.iter().map(|&scope| scope.to_owned()).collect();
    Err(Refusal { scopes, ..gateway::APP_SCOPE_MISSING.because(detail) }.into())
}

/// Refuses a user who did not grant scopes.
fn refuse_ungranted(caller: &Caller, missing: &[&'static str]) -> Result<(), Failure> {
    if missing.is_empty() || caller.granted.is_none() {
        return Ok(());
    }
    let scopes = missing.iter().map(|&scope| scope.to_owned()).collect();
    Err(Refusal { scopes, ..gateway::USER_SCOPE_MISSING.because(missing.join(", ")) }.into())
}
