//! The workspace a platform begins with: tenants, apps, users and groups, described in TOML.

mod app;
mod department;
mod group;
mod workspace;

use std::collections::BTreeSet;

use larkspur_api::endpoint::{Field, Kind, registry};
use larkspur_store::{Tx, user::UserRow};
use serde::Deserialize;

pub(crate) use self::app::install;
pub use self::workspace::{Workspace, WorkspaceHook, WorkspaceUser};
use self::{app::App, department::Department, group::Group};
use crate::{Context, authorization, tenant::TenantSettings};

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
    /// What its administrator has set, as in `platform.tenant.update`; users by name.
    #[serde(default)]
    settings: TenantSettings,
    #[serde(default)]
    apps: Vec<App>,
    #[serde(default)]
    users: Vec<User>,
    #[serde(default)]
    groups: Vec<Group>,
    #[serde(default)]
    departments: Vec<Department>,
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
        let mut settings = self.settings.clone();
        for shielded in &mut settings.shielded_users {
            if let Some(user) = tx.user_by_row(user(shielded)?)? {
                *shielded = user.user_id;
            }
        }
        tx.set_tenant_settings(&tenant_key, &settings.to_column())?;

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
