//! Tenants and apps.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// An app.
#[derive(Clone, PartialEq, Eq)]
pub struct AppRow {
    /// The row.
    pub id: i64,
    /// `cli_…`
    pub app_id: String,
    /// The tenant it belongs to.
    pub tenant_key: String,
    /// The secret.
    pub app_secret: String,
    /// The name.
    pub name: String,
    /// The bot's own `ou_…`.
    pub open_id: String,
    /// Whether the bot ability is on.
    pub bot: bool,
    /// As `activate_status` on the wire.
    pub activate_status: i64,
    /// The scopes it has, as a JSON array.
    pub scopes: String,
    /// The users it is available to, as a JSON array of rows; `None` means everyone.
    pub availability: Option<String>,
    /// The key that events are encrypted with; may be empty.
    pub encrypt_key: String,
    /// The token that events carry.
    pub verification_token: String,
    /// What it listens to and where it is told, as a JSON object.
    pub subscription: String,
    /// Whether it is the one through which the users of its tenant act, which nobody sees.
    pub client: bool,
    /// Where the authorize page may send users back to, as a JSON array; `None` means any address of this machine.
    pub redirect_uris: Option<String>,
    /// Who it is for, as on the wire: `custom`, one tenant; `isv`, whichever installs it from the store.
    pub app_type: String,
    /// `app.id` of the store app, in the row of a tenant that installed it.
    pub origin: Option<i64>,
    /// Whether it was deleted. Its row stays, for what it sent.
    pub deleted: bool,
}

crate::debug_shows!(AppRow: id, app_id, tenant_key, name, open_id, bot, activate_status, scopes, availability, subscription, client, redirect_uris, app_type, origin, deleted);

const COLUMNS: &str = "id, app_id, tenant_key, app_secret, name, open_id, bot, activate_status, scopes, availability, encrypt_key, verification_token, subscription, client, redirect_uris, app_type, origin, deleted";

fn app(row: &Row<'_>) -> rusqlite::Result<AppRow> {
    Ok(AppRow {
        id: row.get(0)?,
        app_id: row.get(1)?,
        tenant_key: row.get(2)?,
        app_secret: row.get(3)?,
        name: row.get(4)?,
        open_id: row.get(5)?,
        bot: row.get(6)?,
        activate_status: row.get(7)?,
        scopes: row.get(8)?,
        availability: row.get(9)?,
        encrypt_key: row.get(10)?,
        verification_token: row.get(11)?,
        subscription: row.get(12)?,
        client: row.get(13)?,
        redirect_uris: row.get(14)?,
        app_type: row.get(15)?,
        origin: row.get(16)?,
        deleted: row.get(17)?,
    })
}

impl View<'_> {
    /// All apps.
    pub fn apps(&self) -> Result<Vec<AppRow>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM app ORDER BY id"))?;
        let apps = statement.query_map((), app)?.collect::<Result<_, _>>()?;
        Ok(apps)
    }

    /// The app with this `cli_…`.
    pub fn app_by_app_id(&self, app_id: &str) -> Result<Option<AppRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM app WHERE app_id = ?1 AND origin IS NULL AND NOT deleted");
        Ok(self.connection.prepare_cached(&sql)?.query_row([app_id], app).optional()?)
    }

    /// The app in this row.
    pub fn app_by_row(&self, id: i64) -> Result<Option<AppRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM app WHERE id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], app).optional()?)
    }

    /// The app whose bot has this `ou_…`.
    pub fn app_by_open_id(&self, open_id: &str) -> Result<Option<AppRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM app WHERE open_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([open_id], app).optional()?)
    }

    /// The names of all tenants, by key.
    pub fn tenants(&self) -> Result<Vec<(String, String)>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT tenant_key, name FROM tenant ORDER BY rowid")?;
        let tenants =
            statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(tenants)
    }

    /// What the administrators of all tenants have set, as JSON objects, by key.
    pub fn tenant_settings(&self) -> Result<Vec<(String, String)>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT tenant_key, settings FROM tenant")?;
        let settings =
            statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(settings)
    }
}

/// How long a ticket is good, in ms: the next one comes after an hour.
const TICKET_LIFE: i64 = 2 * 60 * 60 * 1000;

impl View<'_> {
    /// Whether this is a ticket of the app that is still good.
    pub fn has_app_ticket(&self, app: i64, app_ticket: &str, now: i64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM app_ticket WHERE app_ticket = ?2 AND app = ?1 AND created_at > ?3)",
        )?;
        Ok(statement.query_row(params![app, app_ticket, now - TICKET_LIFE], |row| row.get(0))?)
    }

    /// When the newest ticket of an app was made, in ms.
    pub fn last_app_ticket(&self, app: i64) -> Result<Option<i64>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT max(created_at) FROM app_ticket WHERE app = ?1")?;
        Ok(statement.query_row([app], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Adds a tenant.
    pub fn insert_tenant(&self, tenant_key: &str, name: &str) -> Result<(), Error> {
        self.connection
            .execute("INSERT INTO tenant (tenant_key, name) VALUES (?1, ?2)", [tenant_key, name])?;
        Ok(())
    }

    /// Replaces what the administrator of a tenant has set.
    pub fn set_tenant_settings(&self, tenant_key: &str, settings: &str) -> Result<(), Error> {
        self.connection
            .execute("UPDATE tenant SET settings = ?2 WHERE tenant_key = ?1", [tenant_key, settings])?;
        Ok(())
    }

    /// Adds an app and gives its row. `app.id` is not used.
    pub fn insert_app(&self, app: &AppRow) -> Result<i64, Error> {
        self.connection.execute(
            "INSERT INTO app (app_id, tenant_key, app_secret, name, open_id, bot, activate_status, scopes, availability, encrypt_key, verification_token, subscription, client, redirect_uris, app_type, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            params![
                app.app_id,
                app.tenant_key,
                app.app_secret,
                app.name,
                app.open_id,
                app.bot,
                app.activate_status,
                app.scopes,
                app.availability,
                app.encrypt_key,
                app.verification_token,
                app.subscription,
                app.client,
                app.redirect_uris,
                app.app_type,
                app.origin,
            ],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Replaces everything that can be changed of an app.
    pub fn update_app(&self, app: &AppRow) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE app SET name = ?2, bot = ?3, activate_status = ?4, scopes = ?5, availability = ?6, encrypt_key = ?7, verification_token = ?8, subscription = ?9, redirect_uris = ?10, deleted = ?11 WHERE id = ?1",
            params![
                app.id,
                app.name,
                app.bot,
                app.activate_status,
                app.scopes,
                app.availability,
                app.encrypt_key,
                app.verification_token,
                app.subscription,
                app.redirect_uris,
                app.deleted,
            ],
        )?;
        Ok(())
    }

    /// Keeps a ticket, and forgets those that are no longer good.
    pub fn insert_app_ticket(&self, app: i64, app_ticket: &str, now: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM app_ticket WHERE created_at <= ?1", [now - TICKET_LIFE])?;
        self.connection.execute(
            "INSERT INTO app_ticket (app_ticket, app, created_at) VALUES (?1, ?2, ?3)",
            params![app_ticket, app, now],
        )?;
        Ok(())
    }
}
