//! Apps are made and deleted.

use std::collections::BTreeSet;

use larkspur_api::{
    event::application::application::created_v6::{self, AppSceneType, CreateSource},
    platform::app::{
        App as Shown,
        create::{AppType, Request, Response},
        delete,
    },
};
use larkspur_store::{Actor, Tx, app::AppRow, chat::ChatOrder};

use super::{find, show, wrong};
use crate::{
    App, Context, Result,
    event::{self, Scene},
    member, seed,
    subscription::Subscription,
};

/// Makes an app. Its rows must be put into [`Context::apps`] after the commit.
pub fn create(tx: &Tx<'_>, context: &Context, request: &Request) -> Result<(Vec<AppRow>, Response)> {
    let tenants = tx.tenants()?;
    let tenant = match &request.tenant_key {
        None => tenants.first(),
        Some(wanted) => tenants.iter().find(|(tenant_key, _)| tenant_key == wanted),
    };
    let given = request.tenant_key.as_deref().unwrap_or_default();
    let (tenant_key, _) = tenant.ok_or_else(|| wrong("tenant_key", given, "no such tenant"))?;
    let app_type = match request.app_type.as_ref() {
        None | Some(AppType::Custom) => "custom",
        Some(AppType::Isv) => "isv",
        Some(AppType::Other(other)) => return Err(wrong("app_type", other, "options: [custom,isv]").into()),
    };
    let others = request.installed_in.as_deref().unwrap_or_default();
    for other in others {
        let known = other != tenant_key && tenants.iter().any(|(tenant_key, _)| tenant_key == other);
        if app_type == "custom" || !known {
            return Err(wrong("installed_in", other, "name other tenants, for an app of type isv").into());
        }
    }
    let mut row = AppRow {
        id: 0,
        app_id: format!("cli_{}", context.hex(16)),
        tenant_key: tenant_key.clone(),
        app_secret: context.hex(32),
        name: request.name.clone(),
        open_id: context.open_id().into(),
        bot: true,
        activate_status: 2,
        scopes: seed::all_scopes(),
        availability: None,
        encrypt_key: String::new(),
        verification_token: context.hex(32),
        subscription: serde_json::to_string(&Subscription::everything()).unwrap_or_default(),
        client: false,
        redirect_uris: None,
        app_type: app_type.to_owned(),
        origin: None,
        deleted: false,
    };
    row.id = tx.insert_app(&row)?;
    name_users(tx, context, &row)?;
    let mut rows = vec![row.clone()];
    for other in others {
        rows.push(seed::install(tx, context, row.clone(), other)?);
    }
    tell(tx, context, &row)?;
    let app = show(tx, &App::new(row.clone()))?;
    Ok((rows, Response { app, app_secret: row.app_secret, ..Response::default() }))
}

/// Deletes an app in every tenant that has it. Its bots leave their groups; a group without users goes with its owner.
pub fn delete(tx: &Tx<'_>, context: &Context, request: &delete::Request) -> Result<Shown> {
    let app = find(context, request.app_id.as_str())?;
    if app.is_custom_bot() {
        return Err(wrong("app_id", &app.row.app_id, "a custom bot goes with its group").into());
    }
    let shown = show(tx, &app)?;
    let mut rows = Vec::new();
    for installed in context.apps.installations(app.row.id) {
        let actor = Actor::App(installed.row.id);
        for chat in tx.groups_of(actor, ChatOrder::Created { after: 0 }, i64::MAX)? {
            if chat.owner == Some(actor) && tx.member_count(chat.id)?.users == 0 {
                event::chat::disbanded(tx, context, &chat, actor)?;
                tx.dissolve_chat(chat.id)?;
            } else {
                member::part(tx, context, &chat, actor, BTreeSet::from([actor]))?;
            }
        }
        let row = AppRow { deleted: true, ..installed.row.clone() };
        tx.update_app(&row)?;
        rows.push(row);
    }
    context.apps.extend(rows);
    Ok(shown)
}

/// Gives the users of an app's tenant their names in it.
fn name_users(tx: &Tx<'_>, context: &Context, app: &AppRow) -> Result<()> {
    for user in tx.users(&app.tenant_key)? {
        tx.insert_open_id(context.open_id().as_str(), app.id, user.id)?;
    }
    Ok(())
}

/// Tells the apps of the tenant that there is a new one.
fn tell(tx: &Tx<'_>, context: &Context, new: &AppRow) -> Result<()> {
    if new.app_type != "custom" {
        return Ok(());
    }
    let scene = Scene { tx, context, tenant_key: &new.tenant_key, lane: &new.app_id };
    scene.tell(|_| {
        Ok(Some(created_v6::Event {
            app_id: new.app_id.as_str().into(),
            name: new.name.clone(),
            avatar: Some(context.avatar_url(None)),
            app_scene_type: AppSceneType::Custom,
            create_source: CreateSource::DeveloperConsole,
            ..created_v6::Event::default()
        }))
    })
}
