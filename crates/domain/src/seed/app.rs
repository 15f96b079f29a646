//! The apps of a workspace, and their templates of cards.

use larkspur_api::{
    content::card::{Card, CardKind},
    platform::card_template::Variable,
};
use larkspur_store::{Tx, app::AppRow, card_template::CardTemplateRow};
use serde::Deserialize;

use super::{Bed, SeedError, all_scopes, find};
use crate::{Context, subscription::Subscription};

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    pub(super) name: String,
    app_id: Option<String>,
    app_secret: Option<String>,
    #[serde(default = "yes")]
    bot: bool,
    #[serde(default = "enabled")]
    activate_status: i64,
    scopes: Option<Vec<String>>,
    /// Names of users.
    pub(super) availability: Option<Vec<String>>,
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
    pub(super) card_templates: Vec<Template>,
}

larkspur_store::debug_shows!(App: name, app_id, bot, activate_status, scopes, availability, subscription, redirect_uris, app_type, installed_in, card_templates);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
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

fn hex_after(value: &str, prefix: &str, digits: usize) -> bool {
    value
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == digits && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Template {
    pub(super) fn row(&self, app: i64, context: &Context) -> Result<CardTemplateRow, SeedError> {
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
    pub(super) fn install<'a>(
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

    pub(super) fn row(
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
            deleted: false,
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
