//! Tokens end before their time: the user wants it, or may no longer use the app.

use larkspur_api::event::auth::user_access_token::revoked_v4::{self, RevokeReason, RevokeTokenType};
use larkspur_store::{Tx, View, user::UserRow};

use crate::{App, Context, Result, event};

/// Ends all tokens of a user for an app, and tells the app if there were any.
pub fn all(tx: &Tx<'_>, context: &Context, app: &App, user: &UserRow, reason: RevokeReason) -> Result<()> {
    let valid = tx.valid_user_tokens(app.row.id, user.id, context.now())?;
    tx.revoke_user_tokens(app.row.id, user.id)?;
    tell(tx, context, app, user, valid, reason)
}

/// Ends the tokens of a user for all apps.
pub fn everywhere(tx: &Tx<'_>, context: &Context, user: &UserRow, reason: &RevokeReason) -> Result<()> {
    for app in tx.consented_apps(user.id)? {
        if let Some(app) = context.apps.get(app) {
            all(tx, context, &app, user, reason.clone())?;
        }
    }
    Ok(())
}

/// The app and the user that a token is of.
fn owner(view: &View<'_>, token: &str) -> Result<Option<(i64, i64)>> {
    if let Some(row) = view.token(token)? {
        return Ok(row.user.map(|user| (row.app, user)));
    }
    Ok(view.refresh_token(token)?.map(|row| (row.app, row.user)))
}

/// Ends one token: with a refresh token the access tokens it brought end too.
pub fn one(tx: &Tx<'_>, context: &Context, client: &App, token: &str) -> Result<()> {
    let Some((app, user)) = owner(tx, token)? else { return Ok(()) };
    // A token of another app is none that this one knows.
    let Ok(app) = super::issued_to(context, client, app) else { return Ok(()) };
    let Some(user) = tx.user_by_row(user)? else { return Ok(()) };
    if tx.refresh_token(token)?.is_some() {
        return all(tx, context, &app, &user, RevokeReason::User);
    }
    tx.delete_token(token)?;
    tell(tx, context, &app, &user, (true, false), RevokeReason::User)
}

fn tell(
    tx: &Tx<'_>,
    context: &Context,
    app: &App,
    user: &UserRow,
    (access, refresh): (bool, bool),
    reason: RevokeReason,
) -> Result<()> {
    let kind = match (access, refresh) {
        (false, false) => return Ok(()),
        (true, false) => RevokeTokenType::UserAccessToken,
        (false, true) => RevokeTokenType::RefreshToken,
        (true, true) => RevokeTokenType::Both,
    };
    if !event::hears(app, <revoked_v4::Event as larkspur_api::event::Event>::META) {
        return Ok(());
    }
    let body = revoked_v4::Event {
        revoke_token_type: kind,
        revoke_reason: reason,
        open_id: tx.open_id(app.row.id, user.id)?.unwrap_or_default().into(),
        union_id: Some(user.union_id.as_str().into()),
        user_id: Some(user.user_id.as_str().into()),
        ..revoked_v4::Event::default()
    };
    event::put(tx, context, app, &event::envelope(context, app, &body), &user.user_id)
}
