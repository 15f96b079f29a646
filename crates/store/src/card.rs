//! Cards after they were sent: tokens to update them, and what single users see of them.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// How many ended tokens one new token sweeps away: more than it adds, so that the table stays small.
const SWEEP: i64 = 4;

/// The right to update a card that someone clicked.
#[derive(Clone, PartialEq, Eq)]
pub struct CardTokenRow {
    /// `c-…`
    pub token: String,
    /// `app.id` of the app that was called back.
    pub app: i64,
    /// `message.id` of the card.
    pub message: i64,
    /// When it ends, in ms.
    pub expires_at: i64,
    /// For how many updates it is good.
    pub uses_left: i64,
    /// Whether the callback that brought it was answered.
    pub answered: bool,
}

crate::debug_shows!(CardTokenRow: app, message, expires_at, uses_left, answered);

impl View<'_> {
    /// A token, unless it was swept away.
    pub fn card_token(&self, token: &str) -> Result<Option<CardTokenRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT token, app, message, expires_at, uses_left, answered FROM card_token WHERE token = ?1",
        )?;
        let row = statement.query_row([token], |row| {
            Ok(CardTokenRow {
                token: row.get(0)?,
                app: row.get(1)?,
                message: row.get(2)?,
                expires_at: row.get(3)?,
                uses_left: row.get(4)?,
                answered: row.get(5)?,
            })
        });
        Ok(row.optional()?)
    }

    /// What one user sees of a card, if it differs from what was sent.
    pub fn card_copy(&self, message: i64, user: i64) -> Result<Option<String>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT content FROM card_copy WHERE message = ?1 AND user = ?2")?;
        Ok(statement.query_row([message, user], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Keeps a token, and forgets a few that ended before `forget`.
    pub fn insert_card_token(&self, token: &CardTokenRow, forget: i64) -> Result<(), Error> {
        let mut sweep = self.connection.prepare_cached(
            "DELETE FROM card_token WHERE token IN (SELECT token FROM card_token WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2)",
        )?;
        sweep.execute([forget, SWEEP])?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO card_token (token, app, message, expires_at, uses_left, answered) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            token.token,
            token.app,
            token.message,
            token.expires_at,
            token.uses_left,
            token.answered
        ])?;
        Ok(())
    }

    /// Notes that the callback that brought a token was answered.
    pub fn answer_card_token(&self, token: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE card_token SET answered = 1 WHERE token = ?1")?
            .execute([token])?;
        Ok(())
    }

    /// Takes one use from a token.
    pub fn use_card_token(&self, token: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE card_token SET uses_left = uses_left - 1 WHERE token = ?1")?
            .execute([token])?;
        Ok(())
    }

    /// Gives one user a card of their own in the place of the one that was sent.
    pub fn put_card_copy(&self, message: i64, user: i64, content: &str, now: i64) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO card_copy (message, user, content, updated_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (message, user) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at",
        )?;
        statement.execute(params![message, user, content, now])?;
        Ok(())
    }

    /// Takes away what single users had of a card.
    pub fn delete_card_copies(&self, message: i64) -> Result<(), Error> {
        self.connection.prepare_cached("DELETE FROM card_copy WHERE message = ?1")?.execute([message])?;
        Ok(())
    }
}
