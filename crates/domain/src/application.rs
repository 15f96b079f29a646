//! What the platform tells of itself: apps, tenants, addresses.

use larkspur_api::{
    application::v6::{
        application::get::{
            self, AppI18nInfo, AppScope, AppStatus, Application, Lang, Owner, OwnerType, ScopeLevel,
        },
        scope::list::{self as scope_list, GrantStatus, Scope},
    },
    code::platform,
    endpoint::{Scopes, registry},
    event::v1::outbound_ip::list as outbound_ip,
    id::AppId,
    tenant::v2::tenant::query::{self, Avatar, Tenant},
    user::UserIdType,
};
use larkspur_store::View;

use crate::{App, Caller, Context, Result, person};

/// An app: the caller, or another one of its tenant.
pub fn get(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &get::Request,
) -> Result<Application> {
    let app_id = request.app_id.as_str();
    let own = app_id == "me" || app_id == caller.app.row.app_id;
    if !own {
        app_id.parse::<AppId>().map_err(|_| platform::APP_ID_INVALID)?;
        if !caller.has_scope("admin:app.info:readonly") {
            return Err(platform::APP_LEVEL_INSUFFICIENT.into());
        }
    }
    let app = match own {
        true => caller.app.clone(),
        false => context.apps.by_app_id(app_id).ok_or(platform::APP_UNKNOWN)?,
    };
    if app.row.tenant_key != caller.tenant_key() {
        return Err(platform::APP_NOT_IN_TENANT.into());
    }
    if app.is_custom_bot() {
        return Err(platform::APP_NOT_CUSTOM.into());
    }
    show(view, context, caller, &app, &request.user_id_type.clone().unwrap_or_default())
}

/// Nobody made the apps of this platform, so they belong to the first user of their tenant.
fn show(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    app: &App,
    id_type: &UserIdType,
) -> Result<Application> {
    let owner = match view.users(&app.row.tenant_key)?.into_iter().find(|user| !user.resigned) {
        Some(user) => Some(person::name_of(view, &caller.app, id_type, &user)?),
        None => None,
    };
    let ability = app.row.bot.then(|| "bot".to_owned());
    let i18n = AppI18nInfo {
        i18n_key: Lang::ZhCn.as_str().to_owned(),
        name: app.row.name.clone(),
        description: Some(String::new()),
        ..AppI18nInfo::default()
    };
    Ok(Application {
        app_id: app.row.app_id.as_str().into(),
        creator_id: owner.clone(),
        status: match app.row.activate_status {
            2 => AppStatus::Enabled,
            1 => AppStatus::Disabled,
            _ => AppStatus::NotEnabled,
        },
        redirect_urls: Some(Vec::new()),
        app_name: Some(app.row.name.clone()),
        avatar_url: Some(context.avatar_url(None)),
        description: Some(String::new()),
        scopes: Some(app.scopes().into_iter().map(app_scope).collect()),
        i18n: Some(vec![i18n]),
        primary_language: Some(Lang::ZhCn),
        owner: Some(Owner { r#type: OwnerType::Member, owner_id: owner, ..Owner::default() }),
        mobile_default_ability: ability.clone(),
        pc_default_ability: ability,
        ..Application::default()
    })
}

fn app_scope(scope: &str) -> AppScope {
    let named = |scopes: Option<Scopes>| scopes.is_some_and(|scopes| scopes.names().contains(&scope));
    let user = registry().into_iter().any(|entry| named(entry.meta.user));
    let tenant = !user || registry().into_iter().any(|entry| named(entry.meta.tenant));
    let token_types = [("tenant", tenant), ("user", user)].into_iter().filter(|(_, counts)| *counts);
    AppScope {
        scope: scope.to_owned(),
        description: Some(String::new()),
        level: ScopeLevel::Plain,
        token_types: token_types.map(|(name, _)| name.to_owned()).collect(),
        ..AppScope::default()
    }
}

/// The scopes of the calling app: whatever it asked for it has.
pub fn scopes(caller: &Caller) -> scope_list::Response {
    let scopes = caller.app.scopes().into_iter().map(|scope| Scope {
        scope_name: scope.to_owned(),
        grant_status: GrantStatus::Granted,
        scope_type: Some("tenant".to_owned()),
        ..Scope::default()
    });
    scope_list::Response { scopes: scopes.collect(), ..scope_list::Response::default() }
}

/// The tenant of the calling app.
pub fn tenant(view: &View<'_>, context: &Context, caller: &Caller) -> Result<query::Response> {
    let tenant_key = caller.tenant_key();
    let tenants = view.tenants()?;
    let number = tenants.iter().position(|(key, _)| key == tenant_key).ok_or(platform::TENANT_UNKNOWN)?;
    let name = tenants.get(number).map(|(_, name)| name.clone()).unwrap_or_default();
    let picture = context.avatar_url(None);
    let avatar = Avatar {
        avatar_origin: picture.clone(),
        avatar_72: picture.clone(),
        avatar_240: picture.clone(),
        avatar_640: picture,
        ..Avatar::default()
    };
    let tenant = Tenant {
        name,
        display_id: format!("F{:09}", number + 1),
        tenant_key: tenant_key.to_owned(),
        avatar: Some(avatar),
        domain: Some(host(context).to_owned()),
        ..Tenant::default()
    };
    Ok(query::Response { tenant, ..query::Response::default() })
}

/// The address that events are sent from: where the platform is reached. There is one page of it.
pub fn outbound_ip(context: &Context, request: &outbound_ip::Request) -> Result<outbound_ip::Response> {
    if let Some(token) = &request.page_token {
        return Err(platform::OUTBOUND_IP_PARAM.field("page_token", token, "page_token is invalid").into());
    }
    let host = host(context);
    let address = host.rsplit_once(':').map_or(host, |(address, _)| address).trim_matches(['[', ']']);
    Ok(outbound_ip::Response { ip_list: vec![address.to_owned()], ..outbound_ip::Response::default() })
}

/// Where the platform is reached, without the scheme.
fn host(context: &Context) -> &str {
    context.base_url.split_once("://").map_or("", |(_, host)| host)
}
