//! The workspace a platform begins with: tenants, apps, users and groups, described in TOML.

use std::collections::BTreeSet;

use larkspur_api::{
    content::card::{Card, CardKind},
    custom_bot::v2::hook::{MAX_IP_RULES, MAX_KEYWORDS},
    endpoint::{Field, Kind, registry},
    platform::card_template::Variable,
};
use larkspur_store::{
    Actor, Tx, View, app::AppRow, card_template::CardTemplateRow, chat::ChatRow, department::DepartmentRow,
    user::UserRow,
};
use serde::{Deserialize, Serialize};

use crate::{
    Context, authorization,
    chat::Settings,
    hook::{self, NewHook},
    person,
    subscription::Subscription,
};

/// The default workspace, as TOML with comments.
pub const DEFAULT: &str = include_str!("seed.toml");

/// Scopes that no endpoint asks for by itself: they depend on what is read or done.
const CONDITIONAL_SCOPES: &[&str] = &[
    "im:message.group_msg",
    "im:message.p2p_msg:get_as_user",
    "im:message.group_msg:get_as_user",
    "im:message:send_sys_msg",
    "im:chat:operate_as_owner",
    authorization::OFFLINE_ACCESS,
    authorization::USER_ID,
];

/// A workspace.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    tenants: Vec<Tenant>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tenant {
    name: String,
    tenant_key: Option<String>,
    #[serde(default)]
    apps: Vec<App>,
    #[serde(default)]
    users: Vec<User>,
    #[serde(default)]
    groups: Vec<Group>,
    #[serde(default)]
    departments: Vec<Department>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct App {
    name: String,
    app_id: Option<String>,
    app_secret: Option<String>,
    #[serde(default = "yes")]
    bot: bool,
    #[serde(default = "enabled")]
    activate_status: i64,
    scopes: Option<Vec<String>>,
    /// Names of users.
    availability: Option<Vec<String>>,
    encrypt_key: Option<String>,
    verification_token: Option<String>,
    subscription: Option<Subscription>,
    redirect_uris: Option<Vec<String>>,
    /// `custom`, or `isv`: an app of the store.
    #[serde(default = "custom")]
    app_type: String,
    /// Names of other tenants that installed it from the store.
    #[serde(default)]
    installed_in: Vec<String>,
    #[serde(default)]
    card_templates: Vec<Template>,
}

larkspur_store::debug_shows!(App: name, app_id, bot, activate_status, scopes, availability, subscription, redirect_uris, app_type, installed_in, card_templates);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    template_id: String,
    #[serde(default = "first_version")]
    template_version_name: String,
    /// As in `platform.card_template.create`, or the same as JSON in a string.
    card: serde_json::Value,
    #[serde(default)]
    variables: Vec<Variable>,
}

fn custom() -> String {
    "custom".to_owned()
}

fn first_version() -> String {
    "1.0.0".to_owned()
}

fn yes() -> bool {
    true
}

fn enabled() -> i64 {
    2
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    name: String,
    #[serde(default)]
    en_name: String,
    user_id: Option<String>,
    email: Option<String>,
    mobile: Option<String>,
    #[serde(default)]
    resigned: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    /// Name of a user.
    owner: Option<String>,
    /// Names of users.
    #[serde(default)]
    users: Vec<String>,
    /// Names of apps.
    #[serde(default)]
    bots: Vec<String>,
    /// As in `im.v1.chat.update`, and `moderation_permission` besides.
    #[serde(default)]
    settings: serde_json::Map<String, serde_json::Value>,
    /// Its custom bots.
    #[serde(default)]
    hooks: Vec<Hook>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Department {
    name: String,
    #[serde(default)]
    en_name: String,
    department_id: Option<String>,
    /// Name of a department before it.
    parent: Option<String>,
    /// Name of a user.
    leader: Option<String>,
    /// Names of users.
    #[serde(default)]
    users: Vec<String>,
    /// Name of a group.
    group: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hook {
    name: String,
    /// The last part of the address.
    token: Option<String>,
    /// Asks for signatures.
    secret: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    ip_list: Vec<String>,
}

larkspur_store::debug_shows!(Hook: name, keywords, ip_list);

/// Why a workspace cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// It is not the TOML expected.
    #[error("the seed cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// A name leads nowhere.
    #[error("the seed names {0:?}, which it does not describe")]
    Unknown(String),
    /// An id does not have its form.
    #[error("the seed has {what} {value:?}: expected {expected}")]
    Form {
        /// The field.
        what: &'static str,
        /// What it holds.
        value: String,
        /// What it should look like.
        expected: &'static str,
    },
    /// The settings of a group do not read.
    #[error("the settings of group {group:?}: {source}")]
    Settings {
        /// The group.
        group: String,
        /// Why.
        source: serde_json::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] larkspur_store::Error),
}

impl Seed {
    /// Reads a workspace.
    pub fn parse(text: &str) -> Result<Self, SeedError> {
        Ok(toml::from_str(text)?)
    }

    /// Makes it.
    pub fn plant(&self, tx: &Tx<'_>, context: &Context) -> Result<(), SeedError> {
        let mut beds = Vec::new();
        for tenant in &self.tenants {
            beds.push(tenant.plant(tx, context)?);
        }
        for (tenant, at) in self.tenants.iter().zip(0..) {
            for app in &tenant.apps {
                app.install(tx, context, at, &mut beds)?;
            }
        }
        for (tenant, bed) in self.tenants.iter().zip(&beds) {
            let mut groups = Vec::new();
            for group in &tenant.groups {
                let row = group.plant(tx, context, &bed.tenant_key, &bed.users, &bed.apps)?;
                groups.push((group.name.as_str(), row));
            }
            let mut departments = Vec::new();
            for department in &tenant.departments {
                let row =
                    department.plant(tx, context, &bed.tenant_key, &departments, &bed.users, &groups)?;
                departments.push((department.name.as_str(), row));
            }
        }
        Ok(())
    }
}

/// Every scope the contract knows, as a JSON array.
pub(crate) fn all_scopes() -> String {
    fn of_fields(fields: &'static [Field], scopes: &mut BTreeSet<&'static str>) {
        for field in fields {
            scopes.extend(field.rules.scopes);
            match field.kind {
                Kind::Enum(values) => scopes.extend(values.iter().filter_map(|value| value.scope)),
                Kind::Object(fields) => of_fields(fields, scopes),
                Kind::List(Kind::Object(fields)) => of_fields(fields, scopes),
                _ => {}
            }
        }
    }
    let mut scopes: BTreeSet<&str> = CONDITIONAL_SCOPES.iter().copied().collect();
    for entry in registry() {
        for needed in [entry.meta.tenant, entry.meta.user].into_iter().flatten() {
            scopes.extend(needed.names());
        }
        of_fields(entry.meta.fields, &mut scopes);
        of_fields(entry.meta.answer, &mut scopes);
    }
    for meta in larkspur_api::event::events() {
        scopes.extend(meta.scopes.names());
        of_fields(meta.fields, &mut scopes);
    }
    serde_json::to_string(&scopes).unwrap_or_default()
}

fn hex_after(value: &str, prefix: &str, digits: usize) -> bool {
    value
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == digits && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A tenant that is there, and the rows of its users and apps by name.
struct Bed<'a> {
    name: &'a str,
    tenant_key: String,
    users: Vec<(&'a str, i64)>,
    apps: Vec<(&'a str, i64)>,
}

impl Tenant {
    fn plant(&self, tx: &Tx<'_>, context: &Context) -> Result<Bed<'_>, SeedError> {
        let tenant_key = self.tenant_key.clone().unwrap_or_else(|| context.hex(16));
        tx.insert_tenant(&tenant_key, &self.name)?;

        let mut users = Vec::new();
        for user in &self.users {
            let row = UserRow {
                id: 0,
                tenant_key: tenant_key.clone(),
                user_id: user.user_id.clone().unwrap_or_else(|| context.hex(8)),
                union_id: context.union_id().into(),
                name: user.name.clone(),
                en_name: user.en_name.clone(),
                email: user.email.clone(),
                mobile: user.mobile.clone(),
                resigned: user.resigned,
            };
            users.push((user.name.as_str(), tx.insert_user(&row)?));
        }
        let user = |name: &String| find(&users, name);

        let mut apps = Vec::new();
        for app in &self.apps {
            let availability: Option<Vec<i64>> =
                app.availability.as_ref().map(|names| names.iter().map(user).collect()).transpose()?;
            let row = app.row(&tenant_key, availability, context)?;
            let id = tx.insert_app(&row)?;
            for template in &app.card_templates {
                tx.insert_card_template(&template.row(id, context)?)?;
            }
            for (_, user) in &users {
                tx.insert_open_id(context.open_id().as_str(), id, *user)?;
            }
            apps.push((app.name.as_str(), id));
        }

        Ok(Bed { name: &self.name, tenant_key, users, apps })
    }
}

fn find(rows: &[(&str, i64)], name: &String) -> Result<i64, SeedError> {
    let row = rows.iter().find(|(known, _)| known == name);
    row.map(|(_, row)| *row).ok_or_else(|| SeedError::Unknown(name.clone()))
}

impl Template {
    fn row(&self, app: i64, context: &Context) -> Result<CardTemplateRow, SeedError> {
        let card = match &self.card {
            serde_json::Value::String(text) => text.clone(),
            card => card.to_string(),
        };
        let wrong = || SeedError::Form { what: "card", value: card.clone(), expected: "the JSON of a card" };
        let read: serde_json::Value = serde_json::from_str(&card).map_err(|_| wrong())?;
        match Card(read).kind() {
            Some(CardKind::Json1 | CardKind::Json2) => {}
            _ => return Err(wrong()),
        }
        Ok(CardTemplateRow {
            app,
            template_id: self.template_id.clone(),
            template_version_name: self.template_version_name.clone(),
            card,
            variables: serde_json::to_string(&self.variables).unwrap_or_default(),
            created_at: context.now(),
        })
    }
}

impl App {
    /// Puts it into the tenants that installed it. `at` is the place of its own.
    fn install<'a>(
        &'a self,
        tx: &Tx<'_>,
        context: &Context,
        at: usize,
        beds: &mut [Bed<'a>],
    ) -> Result<(), SeedError> {
        let Some(home) = beds.get(at).map(|bed| find(&bed.apps, &self.name)).transpose()? else {
            return Ok(());
        };
        for name in &self.installed_in {
            let bed = beds.iter_mut().find(|bed| bed.name == name);
            let bed = bed.ok_or_else(|| SeedError::Unknown(name.clone()))?;
            let Some(row) = tx.app_by_row(home)? else { continue };
            let row = install(tx, context, row, &bed.tenant_key)?;
            bed.apps.push((&self.name, row.id));
        }
        Ok(())
    }

    fn row(
        &self,
        tenant_key: &str,
        availability: Option<Vec<i64>>,
        context: &Context,
    ) -> Result<AppRow, SeedError> {
        let app_id = self.app_id.clone().unwrap_or_else(|| format!("cli_{}", context.hex(16)));
        // The Node SDK takes no other form for its long connection.
        if !hex_after(&app_id, "cli_", 16) {
            return Err(SeedError::Form {
                what: "app_id",
                value: app_id,
                expected: "cli_ and 16 hex digits",
            });
        }
        if !["custom", "isv"].contains(&self.app_type.as_str())
            || (self.app_type == "custom" && !self.installed_in.is_empty())
        {
            let value = self.app_type.clone();
            return Err(SeedError::Form {
                what: "app_type",
                value,
                expected: "custom, or isv, which other tenants can install",
            });
        }
        let scopes = match &self.scopes {
            None => all_scopes(),
            Some(scopes) => serde_json::to_string(scopes).unwrap_or_default(),
        };
        Ok(AppRow {
            id: 0,
            app_id,
            tenant_key: tenant_key.to_owned(),
            app_secret: self.app_secret.clone().unwrap_or_else(|| context.hex(32)),
            name: self.name.clone(),
            open_id: context.open_id().into(),
            bot: self.bot,
            activate_status: self.activate_status,
            scopes,
            availability: availability.and_then(|users| serde_json::to_string(&users).ok()),
            encrypt_key: self.encrypt_key.clone().unwrap_or_default(),
            verification_token: self.verification_token.clone().unwrap_or_else(|| context.hex(32)),
            subscription: serde_json::to_string(
                &self.subscription.clone().unwrap_or_else(Subscription::everything),
            )
            .unwrap_or_default(),
            client: false,
            redirect_uris: self.redirect_uris.as_ref().and_then(|list| serde_json::to_string(list).ok()),
            app_type: self.app_type.clone(),
            origin: None,
        })
    }
}

/// Puts a store app into a tenant, and gives the row it has there.
pub(crate) fn install(
    tx: &Tx<'_>,
    context: &Context,
    app: AppRow,
    tenant_key: &str,
) -> Result<AppRow, larkspur_store::Error> {
    let mut row = AppRow {
        tenant_key: tenant_key.to_owned(),
        open_id: context.open_id().into(),
        availability: None,
        origin: Some(app.id),
        ..app
    };
    row.id = tx.insert_app(&row)?;
    for user in tx.users(tenant_key)? {
        tx.insert_open_id(context.open_id().as_str(), row.id, user.id)?;
    }
    Ok(row)
}

impl Group {
    fn plant(
        &self,
        tx: &Tx<'_>,
        context: &Context,
        tenant_key: &str,
        users: &[(&str, i64)],
        apps: &[(&str, i64)],
    ) -> Result<i64, SeedError> {
        let members: Vec<i64> = self.users.iter().map(|name| find(users, name)).collect::<Result<_, _>>()?;
        let bots: Vec<i64> = self.bots.iter().map(|name| find(apps, name)).collect::<Result<_, _>>()?;
        let owner = self.owner.as_ref().map(|name| find(users, name)).transpose()?;
        let settings = serde_json::from_value::<Settings>(self.settings.clone().into())
            .map_err(|source| SeedError::Settings { group: self.name.clone(), source })?;
        let settings = Settings { name: Some(self.name.clone()), ..settings };
        let now = context.now();
        let owner = owner.map(Actor::User).or_else(|| bots.first().copied().map(Actor::App));
        let row = ChatRow {
            id: 0,
            chat_id: context.chat_id().into(),
            tenant_key: tenant_key.to_owned(),
            chat_mode: "group".to_owned(),
            chat_status: "normal".to_owned(),
            settings: settings.to_column(),
            owner,
            creator: bots.first().copied(),
            last_position: 0,
            active_at: now,
            created_at: now,
        };
        let chat = tx.insert_chat(&row)?;
        let members = members.into_iter().map(Actor::User).chain(bots.into_iter().map(Actor::App));
        for member in members.chain(owner.filter(|owner| matches!(owner, Actor::User(_)))) {
            tx.insert_member(chat, member, false, now)?;
        }
        let row = ChatRow { id: chat, ..row };
        self.hooks.iter().try_for_each(|hook| hook.plant(tx, context, &row))?;
        Ok(chat)
    }
}

impl Department {
    fn plant(
        &self,
        tx: &Tx<'_>,
        context: &Context,
        tenant_key: &str,
        before: &[(&str, i64)],
        users: &[(&str, i64)],
        groups: &[(&str, i64)],
    ) -> Result<i64, SeedError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@' | '.');
        if let Some(id) = &self.department_id
            && (id.is_empty()
                || id.len() > 64
                || id == "0"
                || id.starts_with("od-")
                || !id.chars().all(is_plain))
        {
            return Err(SeedError::Form {
                what: "department_id",
                value: id.clone(),
                expected: "up to 64 letters, digits, -, _, @ and ., not 0 and not beginning with od-",
            });
        }
        let row = DepartmentRow {
            id: 0,
            tenant_key: tenant_key.to_owned(),
            department_id: self.department_id.clone().unwrap_or_else(|| context.hex(16)),
            open_department_id: context.open_department_id(),
            parent: self.parent.as_ref().map(|name| find(before, name)).transpose()?,
            name: self.name.clone(),
            en_name: self.en_name.clone(),
            leader: self.leader.as_ref().map(|name| find(users, name)).transpose()?,
            chat: self.group.as_ref().map(|name| find(groups, name)).transpose()?,
        };
        let id = tx.insert_department(&row)?;
        for name in &self.users {
            tx.insert_department_user(id, find(users, name)?)?;
        }
        Ok(id)
    }
}

impl Hook {
    fn plant(&self, tx: &Tx<'_>, context: &Context, chat: &ChatRow) -> Result<(), SeedError> {
        let wrong = |what, value: &str, expected| SeedError::Form { what, value: value.to_owned(), expected };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if let Some(token) = &self.token
            && (token.is_empty() || !token.chars().all(is_plain))
        {
            return Err(wrong("token", token, "letters, digits, - and _"));
        }
        if let Some(secret) = self.secret.as_ref().filter(|secret| secret.is_empty()) {
            return Err(wrong("secret", secret, "some text, or none at all"));
        }
        if let Some(keyword) = self.keywords.get(MAX_KEYWORDS) {
            return Err(wrong("keyword", keyword, "at most 10 of them"));
        }
        if let Some(rule) = self.ip_list.get(MAX_IP_RULES) {
            return Err(wrong("ip_list", rule, "at most 10 of them"));
        }
        if let Some(rule) = self.ip_list.iter().find(|rule| !hook::is_rule(rule)) {
            return Err(wrong("ip_list", rule, "a.b.c.d, with * for parts of it, or a.b.c.d/n"));
        }
        let new = NewHook {
            name: self.name.clone(),
            token: self.token.clone(),
            secret: self.secret.clone(),
            keywords: self.keywords.clone(),
            ip_list: self.ip_list.clone(),
        };
        hook::create(tx, context, chat, &new)?;
        Ok(())
    }
}

/// What someone who begins to use a platform needs to know of its first app.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// `cli_…`
    pub app_id: String,
    /// The secret.
    pub app_secret: String,
    /// The tenant.
    pub tenant_key: String,
    /// The first group with the bot in it.
    pub chat_id: String,
    /// The users of the tenant.
    pub users: Vec<WorkspaceUser>,
    /// The key that events are encrypted with; empty if they are not.
    pub encrypt_key: String,
    /// The token that events carry.
    pub verification_token: String,
    /// The custom bots of the tenant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hooks: Vec<WorkspaceHook>,
}

larkspur_store::debug_shows!(Workspace: app_id, tenant_key, chat_id, users, hooks);

/// A custom bot.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceHook {
    /// The name.
    pub name: String,
    /// The group it speaks in.
    pub chat_id: String,
    /// Where it is called.
    pub url: String,
    /// What messages are signed with; empty if they need not be.
    pub secret: String,
}

larkspur_store::debug_shows!(WorkspaceHook: name, chat_id);

/// A user, by all the names the first app has for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceUser {
    /// The name.
    pub name: String,
    /// `ou_…`
    pub open_id: String,
    /// Within the tenant.
    pub user_id: String,
    /// `on_…`
    pub union_id: String,
    /// The e-mail address; may be empty.
    pub email: String,
}

impl Workspace {
    /// The workspace of the first app, if there is one, on a platform that is reached at `base_url`.
    pub fn read(view: &View<'_>, base_url: &str) -> crate::Result<Option<Self>> {
        let mut apps = view.apps()?.into_iter().map(crate::App::new);
        let Some(app) = apps.find(|app| !app.is_custom_bot() && !app.row.client) else { return Ok(None) };
        let groups =
            view.groups_of(Actor::App(app.row.id), larkspur_store::chat::ChatOrder::Created { after: 0 }, 1)?;
        let mut users = Vec::new();
        for user in view.users(&app.row.tenant_key)? {
            users.push(WorkspaceUser {
                open_id: person::name_of(view, &app, &larkspur_api::user::UserIdType::OpenId, &user)?,
                name: user.name,
                user_id: user.user_id,
                union_id: user.union_id,
                email: user.email.unwrap_or_default(),
            });
        }
        let mut hooks = Vec::new();
        for row in view.hooks(&app.row.tenant_key)? {
            if let (Some(bot), Some(chat)) = (view.app_by_row(row.app)?, view.chat_by_row(row.chat)?) {
                hooks.push(WorkspaceHook {
                    name: bot.name,
                    chat_id: chat.chat_id,
                    url: hook::url(base_url, &row),
                    secret: row.secret.unwrap_or_default(),
                });
            }
        }
        Ok(Some(Self {
            hooks,
            chat_id: groups.into_iter().next().map(|group| group.chat_id).unwrap_or_default(),
            users,
            app_id: app.row.app_id,
            app_secret: app.row.app_secret,
            tenant_key: app.row.tenant_key,
            encrypt_key: app.row.encrypt_key,
            verification_token: app.row.verification_token,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_reads() {
        let seed = Seed::parse(DEFAULT).expect("the default is a seed");
        assert_eq!(seed.tenants[0].users.len(), 4);
    }

    #[test]
    fn mistakes_are_named() {
        let message = |text: &str| Seed::parse(text).expect_err("refused").to_string();
        assert!(message("[[tenants]]\nname = \"x\"\nuser = 1").contains("unknown field `user`"));
        assert!(message("tenants = 1").contains("invalid type"));
    }
}
