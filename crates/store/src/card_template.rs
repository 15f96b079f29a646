//! Cards with variables.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

const COLUMNS: &str = "app, template_id, template_version_name, card, variables, created_at";

/// A version of a card with variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardTemplateRow {
    /// `app.id` of the app that may use it.
    pub app: i64,
    /// What it is called by.
    pub template_id: String,
    /// The version: `1.0.0`.
    pub template_version_name: String,
    /// The card, as JSON.
    pub card: String,
    /// Its variables, as a JSON array.
    pub variables: String,
    /// When it was released, in ms.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<CardTemplateRow> {
    Ok(CardTemplateRow {
        app: row.get(0)?,
        template_id: row.get(1)?,
        template_version_name: row.get(2)?,
        card: row.get(3)?,
        variables: row.get(4)?,
        created_at: row.get(5)?,
    })
}

impl View<'_> {
    /// A version of a template, or the newest.
    pub fn card_template(
        &self,
        template_id: &str,
        version: Option<&str>,
    ) -> Result<Option<CardTemplateRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM card_template
             WHERE template_id = ?1 AND (?2 IS NULL OR template_version_name = ?2) ORDER BY id DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row(params![template_id, version], read).optional()?)
    }

    /// The templates of an app in all their versions, the oldest first.
    pub fn card_templates(&self, app: i64) -> Result<Vec<CardTemplateRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM card_template WHERE app = ?1 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([app], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps a version of a template.
    pub fn insert_card_template(&self, row: &CardTemplateRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO card_template (app, template_id, template_version_name, card, variables, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            row.app,
            row.template_id,
            row.template_version_name,
            row.card,
            row.variables,
            row.created_at
        ])?;
        Ok(())
    }
}
