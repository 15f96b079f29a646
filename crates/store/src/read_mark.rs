//! Who has read which message.

use rusqlite::params;

use crate::{Error, Tx, View};

/// A user who has read a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadMarkRow {
    /// `user.id`
    pub user: i64,
    /// When for the first time, in ms.
    pub read_at: i64,
}

impl View<'_> {
    /// The readers of a message behind a place (time and user), in the order they read it, at most `limit`.
    pub fn readers(&self, message: i64, after: (i64, i64), limit: i64) -> Result<Vec<ReadMarkRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT user, read_at FROM message_read
             WHERE message = ?1 AND (read_at, user) > (?2, ?3) ORDER BY read_at, user LIMIT ?4",
        )?;
        let rows = statement.query_map(params![message, after.0, after.1, limit], |row| {
            Ok(ReadMarkRow { user: row.get(0)?, read_at: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl View<'_> {
    /// Whether a user has read a message.
    pub fn has_read(&self, message: i64, user: i64) -> Result<bool, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM message_read WHERE message = ?1 AND user = ?2)")?;
        Ok(statement.query_row([message, user], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Notes that a user has read a message; the first time counts. Tells whether this was it.
    pub fn insert_read_mark(&self, message: i64, user: i64, read_at: i64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO message_read (message, user, read_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute([message, user, read_at])? > 0)
    }
}
