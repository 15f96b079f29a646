//! Tokens of apps and users. They outlive the process, as clients keep them until their own end.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// For whom a token speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The app in its tenant.
    Tenant,
    /// A store app, in no tenant.
    App,
    /// A user.
    User,
}

impl TokenKind {
    fn column(self) -> i64 {
        match self {
            Self::Tenant => 0,
            Self::App => 1,
            Self::User => 2,
        }
    }

    fn of_column(column: i64) -> Self {
        match column {
            1 => Self::App,
            2 => Self::User,
            _ => Self::Tenant,
        }
    }
}

/// A token.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// The token itself.
    pub token: String,
    /// For whom it speaks.
    pub kind: TokenKind,
    /// `app.id`
    pub app: i64,
    /// `user.id`, of a user's.
    pub user: Option<i64>,
    /// What the user let the app do, as a JSON array.
    pub scopes: Option<String>,
    /// When it ends, in ms.
    pub expires_at: i64,
}

crate::debug_shows!(TokenRow: kind, app, user, scopes, expires_at);

/// How long the ended token of a user is remembered, in ms: it is refused as ended and not as unknown.
const REMEMBERED: i64 = 7 * 24 * 60 * 60 * 1000;

const COLUMNS: &str = "token, kind, app, user, scopes, expires_at";

fn token(row: &Row<'_>) -> rusqlite::Result<TokenRow> {
    Ok(TokenRow {
        token: row.get(0)?,
        kind: TokenKind::of_column(row.get(1)?),
        app: row.get(2)?,
        user: row.get(3)?,
        scopes: row.get(4)?,
        expires_at: row.get(5)?,
    })
}

impl View<'_> {
    /// The token, if it was ever issued and not yet swept away.
    pub fn token(&self, value: &str) -> Result<Option<TokenRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM token WHERE token = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([value], token).optional()?)
    }

    /// The token of an app that lasts longest.
    pub fn newest_token(&self, app: i64, kind: TokenKind) -> Result<Option<TokenRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM token WHERE app = ?1 AND kind = ?2 ORDER BY expires_at DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([app, kind.column()], token).optional()?)
    }

    /// Whether a user's tokens for an app are still valid, each kind by itself: access, refresh.
    pub fn valid_user_tokens(&self, app: i64, user: i64, now: i64) -> Result<(bool, bool), Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM token WHERE user = ?2 AND app = ?1 AND expires_at > ?3),
                    EXISTS (SELECT 1 FROM refresh_token WHERE user = ?2 AND app = ?1 AND state = 0 AND expires_at > ?3)",
        )?;
        Ok(statement.query_row([app, user, now], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}

impl Tx<'_> {
    /// Keeps a token, and forgets those that ended before `now`.
    pub fn insert_token(&self, token: &TokenRow, now: i64) -> Result<(), Error> {
        self.connection.execute(
            "DELETE FROM token WHERE app = ?1 AND expires_at < CASE kind WHEN 2 THEN ?3 ELSE ?2 END",
            [token.app, now, now - REMEMBERED],
        )?;
        self.connection.execute(
            "INSERT INTO token (token, kind, app, user, scopes, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![token.token, token.kind.column(), token.app, token.user, token.scopes, token.expires_at],
        )?;
        Ok(())
    }

    /// Forgets one token.
    pub fn delete_token(&self, value: &str) -> Result<(), Error> {
        self.connection.execute("DELETE FROM token WHERE token = ?1", [value])?;
        Ok(())
    }

    /// Forgets the tokens of a user for an app, and revokes what would bring new ones.
    pub fn revoke_user_tokens(&self, app: i64, user: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM token WHERE user = ?2 AND app = ?1", [app, user])?;
        self.connection.execute(
            "UPDATE refresh_token SET state = 2 WHERE user = ?2 AND app = ?1 AND state = 0",
            [app, user],
        )?;
        Ok(())
    }
}
