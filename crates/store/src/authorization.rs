//! How users let apps in: consents, codes, devices, and refresh tokens.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// A code that an authorize page gave out.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationCodeRow {
    /// The code.
    pub code: String,
    /// `app.id`
    pub app: i64,
    /// `user.id`
    pub user: i64,
    /// Where the user was sent back to.
    pub redirect_uri: String,
    /// What the user let the app do, as a JSON array.
    pub scopes: String,
    /// What a verifier must match.
    pub code_challenge: Option<String>,
    /// How: `S256` or `plain`.
    pub code_challenge_method: Option<String>,
    /// When it ends, in ms.
    pub expires_at: i64,
    /// Whether a token was had for it.
    pub used: bool,
}

crate::debug_shows!(AuthorizationCodeRow: app, user, redirect_uri, scopes, code_challenge_method, expires_at, used);

/// What became of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshState {
    /// It can be used once.
    Valid,
    /// It was.
    Used,
    /// It cannot be, ever.
    Revoked,
}

/// A refresh token.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshTokenRow {
    /// The token itself.
    pub token: String,
    /// `app.id`
    pub app: i64,
    /// `user.id`
    pub user: i64,
    /// What the user let the app do, as a JSON array.
    pub scopes: String,
    /// When the user did, in ms.
    pub consented_at: i64,
    /// When it ends, in ms.
    pub expires_at: i64,
    /// What became of it.
    pub state: RefreshState,
}

crate::debug_shows!(RefreshTokenRow: app, user, scopes, consented_at, expires_at, state);

/// What became of a device's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// Nobody has answered yet.
    Waiting,
    /// A user let it in.
    Granted,
    /// A user did not.
    Denied,
    /// It has its token.
    Used,
}

/// A device that waits until someone lets it in.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// What the device asks with.
    pub device_code: String,
    /// What the user types.
    pub user_code: String,
    /// `app.id`
    pub app: i64,
    /// What it wants to do, as a JSON array.
    pub scopes: String,
    /// `user.id`, once someone answered.
    pub user: Option<i64>,
    /// What became of it.
    pub state: DeviceState,
    /// When it last asked, in ms.
    pub polled_at: Option<i64>,
    /// How long it is to wait between two questions, in s.
    pub interval: i64,
    /// When it ends, in ms.
    pub expires_at: i64,
}

crate::debug_shows!(DeviceRow: app, scopes, user, state, polled_at, interval, expires_at);

/// How long codes, devices and refresh tokens are remembered after their end, in ms.
const REMEMBERED: i64 = 24 * 60 * 60 * 1000;

fn refresh_state(column: i64) -> RefreshState {
    match column {
        0 => RefreshState::Valid,
        1 => RefreshState::Used,
        _ => RefreshState::Revoked,
    }
}

fn device(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        device_code: row.get(0)?,
        user_code: row.get(1)?,
        app: row.get(2)?,
        scopes: row.get(3)?,
        user: row.get(4)?,
        state: match row.get(5)? {
            0 => DeviceState::Waiting,
            1 => DeviceState::Granted,
            2 => DeviceState::Denied,
            _ => DeviceState::Used,
        },
        polled_at: row.get(6)?,
        interval: row.get(7)?,
        expires_at: row.get(8)?,
    })
}

const DEVICE: &str = "device_code, user_code, app, scopes, user, state, polled_at, interval, expires_at";

impl View<'_> {
    /// What a user ever let an app do, as a JSON array, and when they last said so.
    pub fn consent(&self, app: i64, user: i64) -> Result<Option<(String, i64)>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT scopes, consented_at FROM consent WHERE app = ?1 AND user = ?2")?;
        Ok(statement.query_row([app, user], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The apps a user ever let in.
    pub fn consented_apps(&self, user: i64) -> Result<Vec<i64>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT app FROM consent WHERE user = ?1 ORDER BY app")?;
        let apps = statement.query_map([user], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(apps)
    }

    /// The code, used or not.
    pub fn authorization_code(&self, code: &str) -> Result<Option<AuthorizationCodeRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT code, app, user, redirect_uri, scopes, code_challenge, code_challenge_method, expires_at, used FROM authorization_code WHERE code = ?1",
        )?;
        let row = statement.query_row([code], |row| {
            Ok(AuthorizationCodeRow {
                code: row.get(0)?,
                app: row.get(1)?,
                user: row.get(2)?,
                redirect_uri: row.get(3)?,
                scopes: row.get(4)?,
                code_challenge: row.get(5)?,
                code_challenge_method: row.get(6)?,
                expires_at: row.get(7)?,
                used: row.get(8)?,
            })
        });
        Ok(row.optional()?)
    }

    /// The refresh token, used or not.
    pub fn refresh_token(&self, token: &str) -> Result<Option<RefreshTokenRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT token, app, user, scopes, consented_at, expires_at, state FROM refresh_token WHERE token = ?1",
        )?;
        let row = statement.query_row([token], |row| {
            Ok(RefreshTokenRow {
                token: row.get(0)?,
                app: row.get(1)?,
                user: row.get(2)?,
                scopes: row.get(3)?,
                consented_at: row.get(4)?,
                expires_at: row.get(5)?,
                state: refresh_state(row.get(6)?),
            })
        });
        Ok(row.optional()?)
    }

    /// The device that asks with this code.
    pub fn device(&self, device_code: &str) -> Result<Option<DeviceRow>, Error> {
        let sql = format!("SELECT {DEVICE} FROM device WHERE device_code = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([device_code], device).optional()?)
    }

    /// The device that shows this code.
    pub fn device_by_user_code(&self, user_code: &str) -> Result<Option<DeviceRow>, Error> {
        let sql = format!("SELECT {DEVICE} FROM device WHERE user_code = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([user_code], device).optional()?)
    }
}

impl Tx<'_> {
    /// Keeps what a user lets an app do.
    pub fn put_consent(&self, app: i64, user: i64, scopes: &str, now: i64) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO consent (app, user, scopes, consented_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (app, user) DO UPDATE SET scopes = ?3, consented_at = ?4",
            params![app, user, scopes, now],
        )?;
        Ok(())
    }

    /// Forgets what a user let an app do.
    pub fn delete_consent(&self, app: i64, user: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM consent WHERE app = ?1 AND user = ?2", [app, user])?;
        Ok(())
    }

    /// Keeps a code, and forgets those that ended long before `now`.
    pub fn insert_authorization_code(&self, row: &AuthorizationCodeRow, now: i64) -> Result<(), Error> {
        self.connection
            .execute("DELETE FROM authorization_code WHERE expires_at < ?1", [now - REMEMBERED])?;
        self.connection.execute(
            "INSERT INTO authorization_code (code, app, user, redirect_uri, scopes, code_challenge, code_challenge_method, expires_at, used)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                row.code,
                row.app,
                row.user,
                row.redirect_uri,
                row.scopes,
                row.code_challenge,
                row.code_challenge_method,
                row.expires_at,
                row.used
            ],
        )?;
        Ok(())
    }

    /// Uses a code up.
    pub fn use_authorization_code(&self, code: &str) -> Result<(), Error> {
        self.connection.execute("UPDATE authorization_code SET used = 1 WHERE code = ?1", [code])?;
        Ok(())
    }

    /// Keeps a refresh token, and forgets those that ended long before `now`.
    pub fn insert_refresh_token(&self, row: &RefreshTokenRow, now: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM refresh_token WHERE expires_at < ?1", [now - REMEMBERED])?;
        self.connection.execute(
            "INSERT INTO refresh_token (token, app, user, scopes, consented_at, expires_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
            params![row.token, row.app, row.user, row.scopes, row.consented_at, row.expires_at],
        )?;
        Ok(())
    }

    /// Says what became of a refresh token.
    pub fn set_refresh_state(&self, token: &str, state: RefreshState) -> Result<(), Error> {
        let column = match state {
            RefreshState::Valid => 0,
            RefreshState::Used => 1,
            RefreshState::Revoked => 2,
        };
        self.connection
            .execute("UPDATE refresh_token SET state = ?2 WHERE token = ?1", params![token, column])?;
        Ok(())
    }

    /// Keeps a device, and forgets those that ended long before `now`.
    pub fn insert_device(&self, row: &DeviceRow, now: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM device WHERE expires_at < ?1", [now - REMEMBERED])?;
        self.connection.execute(
            "INSERT INTO device (device_code, user_code, app, scopes, state, interval, expires_at) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6)",
            params![row.device_code, row.user_code, row.app, row.scopes, row.interval, row.expires_at],
        )?;
        Ok(())
    }

    /// Says what became of a device.
    pub fn update_device(&self, row: &DeviceRow) -> Result<(), Error> {
        let state = match row.state {
            DeviceState::Waiting => 0,
            DeviceState::Granted => 1,
            DeviceState::Denied => 2,
            DeviceState::Used => 3,
        };
        self.connection.execute(
            "UPDATE device SET scopes = ?2, user = ?3, state = ?4, polled_at = ?5, interval = ?6 WHERE device_code = ?1",
            params![row.device_code, row.scopes, row.user, state, row.polled_at, row.interval],
        )?;
        Ok(())
    }
}
