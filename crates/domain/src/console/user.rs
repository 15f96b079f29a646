//! Users join, change and leave, as the tenant's administrator has it.

use std::collections::BTreeSet;

use larkspur_api::{
    event::auth::user_access_token::revoked_v4::RevokeReason,
    platform::user::{User, create, delete, token, update},
};
use larkspur_store::{Actor, Tx, View, chat::ChatOrder, user::UserRow};

use super::wrong;
use crate::{
    Context, Result, act,
    authorization::{self, Generation, revoke},
    event, member,
};

fn show(row: UserRow) -> User {
    User {
        user_id: row.user_id.into(),
        union_id: row.union_id.into(),
        name: row.name,
        en_name: row.en_name,
        email: row.email,
        mobile: row.mobile,
        is_resigned: row.resigned,
        ..User::default()
    }
}

/// An address or number that nobody else in the tenant has.
fn check_free(view: &View<'_>, user: &UserRow) -> Result<()> {
    let other = |found: Option<UserRow>| found.is_some_and(|found| found.id != user.id);
    if let Some(email) = &user.email
        && other(view.user_by_email(&user.tenant_key, email)?)
    {
        return Err(wrong("email", email, "another user has it").into());
    }
    if let Some(mobile) = &user.mobile
        && other(view.user_by_mobile(&user.tenant_key, mobile)?)
    {
        return Err(wrong("mobile", mobile, "another user has it").into());
    }
    Ok(())
}

/// Someone joins.
pub fn create(tx: &Tx<'_>, context: &Context, request: &create::Request) -> Result<User> {
    let tenants = tx.tenants()?;
    let tenant = match &request.tenant_key {
        None => tenants.first(),
        Some(wanted) => tenants.iter().find(|(tenant_key, _)| tenant_key == wanted),
    };
    let given = request.tenant_key.as_deref().unwrap_or_default();
    let (tenant_key, _) = tenant.ok_or_else(|| wrong("tenant_key", given, "no such tenant"))?;
    let mut row = UserRow {
        id: 0,
        tenant_key: tenant_key.clone(),
        user_id: context.hex(8),
        union_id: context.union_id().into(),
        name: request.name.clone(),
        en_name: request.en_name.clone().unwrap_or_default(),
        email: request.email.clone(),
        mobile: request.mobile.clone(),
        resigned: false,
    };
    check_free(tx, &row)?;
    row.id = tx.insert_user(&row)?;
    for app in tx.apps()?.iter().filter(|app| app.tenant_key == *tenant_key) {
        tx.insert_open_id(context.open_id().as_str(), app.id, row.id)?;
    }
    event::contact::created(tx, context, &row)?;
    Ok(show(row))
}

/// Something about a user changes.
pub fn update(tx: &Tx<'_>, context: &Context, request: &update::Request) -> Result<User> {
    let old = act::person(tx, context, &request.user)?.user;
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let new = UserRow {
        name: request.name.clone().unwrap_or_else(|| old.name.clone()),
        en_name: request.en_name.clone().unwrap_or_else(|| old.en_name.clone()),
        email: or(&request.email, &old.email),
        mobile: or(&request.mobile, &old.mobile),
        ..old.clone()
    };
    check_free(tx, &new)?;
    if new != old {
        tx.update_user(&new)?;
        event::contact::updated(tx, context, &old, &new)?;
    }
    Ok(show(new))
}

/// A user leaves the tenant and all its groups.
pub fn delete(tx: &Tx<'_>, context: &Context, request: &delete::Request) -> Result<User> {
    let by = act::person(tx, context, &request.user)?;
    if by.user.resigned {
        return Err(wrong("user", &request.user, "has left already").into());
    }
    let actor = Actor::User(by.user.id);
    for chat in tx.groups_of(actor, ChatOrder::Created { after: 0 }, i64::MAX)? {
        member::part(tx, context, &chat, actor, BTreeSet::from([actor]))?;
    }
    let row = UserRow { resigned: true, ..by.user };
    tx.update_user(&row)?;
    revoke::everywhere(tx, context, &row, &RevokeReason::Restriction)?;
    event::contact::deleted(tx, context, &row)?;
    Ok(show(row))
}

/// An app gets a user's tokens, as if the user had agreed on the authorize page.
pub fn token(tx: &Tx<'_>, context: &Context, request: &token::Request) -> Result<token::Response> {
    let by = act::person(tx, context, &request.user)?;
    let app = act::app(context, &by, request.app_id.as_deref())?;
    let scopes = match request.scope.as_deref() {
        Some(scope) => authorization::scopes(scope)?,
        None => app.scopes().into_iter().map(str::to_owned).collect(),
    };
    let grant = authorization::agreed(tx, context, &app, by.user.id, &scopes)?;
    let tokens = authorization::issue(tx, context, &grant, Generation::V2)?;
    let (refresh_token, refresh_token_expires_in) = tokens.refresh.unzip();
    Ok(token::Response {
        access_token: tokens.access_token,
        expires_in: tokens.expires_in,
        refresh_token,
        refresh_token_expires_in,
        scope: tokens.scope,
        open_id: tx.open_id(app.row.id, by.user.id)?.unwrap_or_default().into(),
        ..token::Response::default()
    })
}
