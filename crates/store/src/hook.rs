//! The addresses of custom bots.

use rusqlite::{OptionalExtension, Params, Row, params};

use crate::{Error, Tx, View};

/// The address of a custom bot.
#[derive(Clone, PartialEq, Eq)]
pub struct HookRow {
    /// The last part of the address.
    pub hook_id: String,
    /// `app.id` of the bot.
    pub app: i64,
    /// `chat.id` of its one chat.
    pub chat: i64,
    /// What messages are signed with, if they must be.
    pub secret: Option<String>,
    /// One of these words must stand in a message, as a JSON array; empty if none need.
    pub keywords: String,
    /// The addresses it is called from, as a JSON array; empty if from any.
    pub ip_list: String,
}

crate::debug_shows!(HookRow: app, chat, keywords, ip_list);

const COLUMNS: &str = "hook_id, app, chat, secret, keywords, ip_list";

fn hook(row: &Row<'_>) -> rusqlite::Result<HookRow> {
    Ok(HookRow {
        hook_id: row.get(0)?,
        app: row.get(1)?,
        chat: row.get(2)?,
        secret: row.get(3)?,
        keywords: row.get(4)?,
        ip_list: row.get(5)?,
    })
}

impl View<'_> {
    fn hook_where(&self, condition: &str, values: impl Params) -> Result<Option<HookRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM hook WHERE {condition}");
        Ok(self.connection.prepare_cached(&sql)?.query_row(values, hook).optional()?)
    }

    /// The hook with this id.
    pub fn hook(&self, hook_id: &str) -> Result<Option<HookRow>, Error> {
        self.hook_where("hook_id = ?1", [hook_id])
    }

    /// The hook of a custom bot.
    pub fn hook_of(&self, app: i64) -> Result<Option<HookRow>, Error> {
        self.hook_where("app = ?1", [app])
    }

    /// The hooks of a tenant, in the order they were made.
    pub fn hooks(&self, tenant_key: &str) -> Result<Vec<HookRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM hook WHERE app IN (SELECT id FROM app WHERE tenant_key = ?1) ORDER BY app"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([tenant_key], hook)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Adds a hook.
    pub fn insert_hook(&self, hook: &HookRow) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO hook (hook_id, app, chat, secret, keywords, ip_list) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![hook.hook_id, hook.app, hook.chat, hook.secret, hook.keywords, hook.ip_list],
        )?;
        Ok(())
    }
}
