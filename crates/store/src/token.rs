//! Tokens of apps. They outlive the process, as clients keep them until their own end.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// The token itself.
    pub token: String,
    /// `app.id`
    pub app: i64,
    /// When it ends, in ms.
    pub expires_at: i64,
}

impl View<'_> {
    /// The token, if it was ever issued and not yet swept away.
    pub fn token(&self, token: &str) -> Result<Option<TokenRow>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT token, app, expires_at FROM token WHERE token = ?1")?;
        let row = statement.query_row([token], |row| {
            Ok(TokenRow { token: row.get(0)?, app: row.get(1)?, expires_at: row.get(2)? })
        });
        Ok(row.optional()?)
    }

    /// The token of an app that lasts longest.
    pub fn newest_token(&self, app: i64) -> Result<Option<TokenRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT token, app, expires_at FROM token WHERE app = ?1 ORDER BY expires_at DESC LIMIT 1",
        )?;
        let row = statement.query_row([app], |row| {
            Ok(TokenRow { token: row.get(0)?, app: row.get(1)?, expires_at: row.get(2)? })
        });
        Ok(row.optional()?)
    }
}

impl Tx<'_> {
    /// Keeps a token, and forgets those that ended before `now`.
    pub fn insert_token(&self, token: &TokenRow, now: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM token WHERE app = ?1 AND expires_at < ?2", [token.app, now])?;
        self.connection.execute(
            "INSERT INTO token (token, app, expires_at) VALUES (?1, ?2, ?3)",
            params![token.token, token.app, token.expires_at],
        )?;
        Ok(())
    }
}
