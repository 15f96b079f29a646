//! What people do in a client: sending, reading, joining, pressing buttons.
//!
//! The vendor's own client is an app as well, with a user's token. So is this one: every tenant has an
//! app that nobody sees, and a user acts through it by the very rules that apps act by.

pub mod answer;
pub mod authorize;
pub mod card;
pub mod chat;
pub mod link;
pub mod message;

use std::sync::Arc;

use larkspur_api::{Refusal, code::gateway, content::text};
use larkspur_store::{Tx, View, app::AppRow, user::UserRow};

use crate::{App, Caller, Context, Result, seed};

fn wrong(field: &str, value: &str, why: impl Into<String>) -> Refusal {
    gateway::FIELD_VALIDATION_FAILED.field(field, value, why)
}

/// Gives every tenant the app through which its users act, if it has none.
pub fn prepare(tx: &Tx<'_>, context: &Context) -> Result<()> {
    let apps = tx.apps()?;
    for (tenant_key, _) in tx.tenants()? {
        if apps.iter().any(|app| app.client && app.tenant_key == tenant_key) {
            continue;
        }
        let app = tx.insert_app(&AppRow {
            id: 0,
            app_id: format!("cli_{}", context.hex(16)),
            tenant_key: tenant_key.clone(),
            app_secret: context.hex(32),
            name: "Larkspur".to_owned(),
            open_id: context.open_id().into(),
            bot: true,
            activate_status: 2,
            scopes: seed::all_scopes(),
            availability: None,
            encrypt_key: String::new(),
            verification_token: context.hex(32),
            subscription: "{}".to_owned(),
            client: true,
            redirect_uris: None,
            app_type: "custom".to_owned(),
            origin: None,
            deleted: false,
        })?;
        for user in tx.users(&tenant_key)? {
            tx.insert_open_id(context.open_id().as_str(), app, user.id)?;
        }
    }
    Ok(())
}

/// Someone who acts.
pub struct Person {
    /// The user's row.
    pub user: UserRow,
    /// The user, through the client.
    pub caller: Caller,
}

/// The users with a name, an e-mail address, or any of the ids, of one tenant or of all, and the names of the others.
fn named(view: &View<'_>, tenant_key: Option<&str>, name: &str) -> Result<(Vec<UserRow>, Vec<String>)> {
    let mut found = Vec::new();
    let mut others = Vec::new();
    let owner = view.open_id_owner(name)?.map(|owner| owner.user);
    for (tenant, _) in view.tenants()? {
        if tenant_key.is_some_and(|wanted| wanted != tenant) {
            continue;
        }
        for user in view.users(&tenant)? {
            let words = [&user.name, &user.en_name, &user.user_id, &user.union_id];
            let by_word = words.into_iter().any(|word| word == name) || user.email.as_deref() == Some(name);
            if owner == Some(user.id) || (!name.is_empty() && by_word) {
                found.push(user);
            } else {
                others.push(user.name);
            }
        }
    }
    Ok((found, others))
}

/// The user with a name, an e-mail address, or any of the ids.
pub fn person(view: &View<'_>, context: &Context, name: &str) -> Result<Person> {
    let (mut found, mut names) = named(view, None, name)?;
    match found.len() {
        1 => {}
        0 => {
            names.truncate(10);
            return Err(wrong("user", name, format!("no such user; there are: {}", names.join(", "))).into());
        }
        _ => return Err(wrong("user", name, "names several users; give an id instead").into()),
    }
    let user = found.remove(0);
    let client = context.apps.client_of(&user.tenant_key);
    let app = client.ok_or_else(|| wrong("user", name, "the tenant has no client"))?;
    let caller = Caller { app, user: Some(user.id), granted: None };
    Ok(Person { user, caller })
}

/// The app a user means: by its id or name, or the only one that has a bot.
pub fn app(context: &Context, person: &Person, app_id: Option<&str>) -> Result<Arc<App>> {
    let mut apps = context.apps.of_tenant(&person.user.tenant_key);
    apps.retain(|app| app_id.map_or(app.row.bot, |id| app.row.app_id == id || app.row.name == id));
    let given = app_id.unwrap_or_default();
    match apps.len() {
        1 => Ok(apps.remove(0)),
        0 => Err(wrong("app_id", given, "no such app, or it has no bot").into()),
        _ => Err(wrong("app_id", given, "there are several bots: name one").into()),
    }
}

/// The same, if the user may talk to its bot.
pub fn bot(context: &Context, person: &Person, app_id: Option<&str>) -> Result<Arc<App>> {
    let given = app_id.unwrap_or_default();
    let app = app(context, person, app_id)?;
    if !app.row.bot {
        return Err(wrong("app_id", given, "no such app, or it has no bot").into());
    }
    if !app.is_enabled() {
        return Err(wrong("app_id", given, "the app is not in use").into());
    }
    if !app.is_available_to(person.user.id) {
        return Err(wrong("app_id", given, "the app is not available to this user").into());
    }
    Ok(app)
}

/// The mark-up of mentions, by the names of users and bots, or `all`.
fn mentions(view: &View<'_>, context: &Context, by: &Person, names: &[String]) -> Result<String> {
    let mut marks = String::new();
    for name in names {
        let bots = context.apps.of_tenant(&by.user.tenant_key);
        let bot = bots.iter().find(|app| app.row.bot && [&app.row.name, &app.row.app_id].contains(&name));
        let (id, shown) = match bot {
            _ if name == "all" => ("all".to_owned(), "everyone".to_owned()),
            Some(bot) => (bot.row.open_id.clone(), bot.row.name.clone()),
            None => {
                let (mut found, _) = named(view, Some(&by.user.tenant_key), name)?;
                let user = found.pop().ok_or_else(|| wrong("at", name, "names no user and no bot"))?;
                if !found.is_empty() {
                    return Err(wrong("at", name, "names several users; give an id instead").into());
                }
                (user.union_id, user.name)
            }
        };
        marks.push_str(&text::mention(&id, &shown));
        marks.push(' ');
    }
    Ok(marks)
}
