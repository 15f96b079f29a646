//! Templates of cards, as the card builder keeps them.

use larkspur_api::{
    content::card::{Card, CardKind, Fault},
    platform::card_template::{CardTemplate, Variable, create, list},
};
use larkspur_store::{Tx, View, card_template::CardTemplateRow};
use serde_json::Value;

use super::{find, wrong};
use crate::{App, Context, Result, content};

/// Releases a template, or a new version of one.
pub fn create(tx: &Tx<'_>, context: &Context, request: &create::Request) -> Result<CardTemplate> {
    let app = find(context, request.app_id.as_str())?;
    // Only what comes of it with its values can be checked altogether.
    match Card(request.card.clone()).kind() {
        Some(CardKind::Json1 | CardKind::Json2) => {}
        _ => return Err(content::card::refused(&Fault::malformed("")).into()),
    }
    let row = row(context, app.row.id, request);
    if let Some(other) = tx.card_template(&row.template_id, None)?
        && other.app != row.app
    {
        return Err(wrong("template_id", &row.template_id, "another app has it").into());
    }
    if tx.card_template(&row.template_id, Some(&row.template_version_name))?.is_some() {
        return Err(wrong("template_version_name", &row.template_version_name, "released already").into());
    }
    tx.insert_card_template(&row)?;
    Ok(show(&app, row))
}

fn row(context: &Context, app: i64, request: &create::Request) -> CardTemplateRow {
    let version = request.template_version_name.clone();
    CardTemplateRow {
        app,
        template_id: request.template_id.clone().unwrap_or_else(|| format!("AAq{}", context.hex(10))),
        template_version_name: version.unwrap_or_else(|| "1.0.0".to_owned()),
        card: request.card.to_string(),
        variables: serde_json::to_string(request.variables.as_deref().unwrap_or_default())
            .unwrap_or_default(),
        created_at: context.now(),
    }
}

/// The templates of an app.
pub fn list(view: &View<'_>, context: &Context, request: &list::Request) -> Result<list::Response> {
    let app = find(context, request.app_id.as_str())?;
    let items = view.card_templates(app.row.id)?.into_iter().map(|row| show(&app, row)).collect();
    Ok(list::Response { items, ..list::Response::default() })
}

fn show(app: &App, row: CardTemplateRow) -> CardTemplate {
    let card: Value = serde_json::from_str(&row.card).unwrap_or_default();
    let variables: Vec<Variable> = serde_json::from_str(&row.variables).unwrap_or_default();
    CardTemplate {
        app_id: app.row.app_id.as_str().into(),
        template_id: row.template_id,
        template_version_name: row.template_version_name,
        card,
        variables,
        ..CardTemplate::default()
    }
}
