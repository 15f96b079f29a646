//! Tenant and app tokens: two hours each, and the same one until 30 minutes are left.
//!
//! Source: `/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal` and its neighbours.

use std::sync::Arc;

use larkspur_api::{
    code::auth,
    event::{Event, app_ticket},
};
use larkspur_store::{
    Tx, View,
    token::{TokenKind, TokenRow},
};

use crate::{App, Context, Result, event};

/// How long a token lives, in ms.
const LIFE: i64 = 2 * 60 * 60 * 1000;

/// With less than this left, in ms, a call gets a new one.
const RENEW_BELOW: i64 = 30 * 60 * 1000;

/// How often a store app gets a new ticket, in ms.
const TICKET_EVERY: i64 = 60 * 60 * 1000;

/// The tenant token to hand out to an app: the newest, or a new one.
pub fn issue(tx: &Tx<'_>, context: &Context, app: i64) -> Result<TokenRow> {
    of_kind(tx, context, app, TokenKind::Tenant)
}

fn of_kind(tx: &Tx<'_>, context: &Context, app: i64, kind: TokenKind) -> Result<TokenRow> {
    let now = context.now();
    let newest = tx.newest_token(app, kind)?;
    if let Some(token) = newest.filter(|token| token.expires_at - now >= RENEW_BELOW) {
        return Ok(token);
    }
    let token = match kind {
        TokenKind::App => format!("a-{}", context.hex(40)),
        TokenKind::Tenant | TokenKind::User => format!("t-g1{}", context.hex(38)),
    };
    let token = TokenRow { token, kind, app, user: None, scopes: None, expires_at: now + LIFE };
    tx.insert_token(&token, now)?;
    Ok(token)
}

/// The app token of a store app that has its ticket.
pub fn of_store_app(tx: &Tx<'_>, context: &Context, app: &App, app_ticket: &str) -> Result<TokenRow> {
    if !app.is_isv() || !tx.has_app_ticket(app.row.id, app_ticket, context.now())? {
        return Err(auth::APP_TOKEN_FAILED.into());
    }
    of_kind(tx, context, app.row.id, TokenKind::App)
}

/// The token of a store app in a tenant that has it.
pub fn of_installation(
    tx: &Tx<'_>,
    context: &Context,
    app_access_token: &str,
    tenant_key: &str,
) -> Result<TokenRow> {
    let token = tx.token(app_access_token)?.filter(|token| token.kind == TokenKind::App);
    let token = token.filter(|token| token.expires_at > context.now());
    let app = token.and_then(|token| context.apps.installed(token.app, tenant_key));
    issue(tx, context, app.ok_or(auth::TENANT_TOKEN_FAILED)?.row.id)
}

/// Sends a store app a new ticket.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/application-v6/event/app_ticket-events`.
pub fn send_ticket(tx: &Tx<'_>, context: &Context, app: &App) -> Result<()> {
    if !app.is_isv() {
        return Err(auth::TICKET_NOT_SENT.into());
    }
    let ticket = context.hex(32);
    tx.insert_app_ticket(app.row.id, &ticket, context.now())?;
    let body = app_ticket::Event {
        app_id: app.row.app_id.as_str().into(),
        app_ticket: ticket,
        r#type: app_ticket::Event::META.event_type.to_owned(),
        ..app_ticket::Event::default()
    };
    event::put(tx, context, app, &event::envelope(context, app, &body), "")
}

/// Whether a store app's last ticket is an hour old.
pub fn is_ticket_due(view: &View<'_>, context: &Context) -> Result<bool> {
    Ok(!owed(view, context)?.is_empty())
}

/// Sends a new ticket to each store app whose last one is an hour old.
pub fn send_due_tickets(tx: &Tx<'_>, context: &Context) -> Result<()> {
    owed(tx, context)?.iter().try_for_each(|app| send_ticket(tx, context, app))
}

fn owed(view: &View<'_>, context: &Context) -> Result<Vec<Arc<App>>> {
    let mut owed = Vec::new();
    for app in context.apps.of_store() {
        let last = view.last_app_ticket(app.row.id)?;
        if app.is_enabled() && last.is_none_or(|last| context.now() - last >= TICKET_EVERY) {
            owed.push(app);
        }
    }
    Ok(owed)
}
