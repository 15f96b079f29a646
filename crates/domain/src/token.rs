//! Tenant and app tokens: two hours each, and the same one until 30 minutes are left.
//!
//! Source: `/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal`.

use larkspur_store::{
    Tx,
    token::{TokenKind, TokenRow},
};

use crate::{Context, Result};

/// How long a token lives, in ms.
const LIFE: i64 = 2 * 60 * 60 * 1000;

/// With less than this left, in ms, a call gets a new one.
const RENEW_BELOW: i64 = 30 * 60 * 1000;

/// The token to hand out to an app: the newest, or a new one.
pub fn issue(tx: &Tx<'_>, context: &Context, app: i64) -> Result<TokenRow> {
    let now = context.now();
    if let Some(token) =
        tx.newest_token(app, TokenKind::Tenant)?.filter(|token| token.expires_at - now >= RENEW_BELOW)
    {
        return Ok(token);
    }
    let token = TokenRow {
        token: format!("t-g1{}", context.hex(38)),
        kind: TokenKind::Tenant,
        app,
        user: None,
        scopes: None,
        expires_at: now + LIFE,
    };
    tx.insert_token(&token, now)?;
    Ok(token)
}
