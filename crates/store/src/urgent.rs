//! Whom messages were marked urgent for.

use rusqlite::params;

use crate::{Error, Tx, View};

/// That a user was urged to read a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrgentRow {
    /// `user.id`
    pub user: i64,
    /// `app`, `sms` or `phone`.
    pub means: String,
    /// When for the first time, in ms.
    pub created_at: i64,
}

impl View<'_> {
    /// Who was urged to read a message, in the order it happened.
    pub fn urgents(&self, message: i64) -> Result<Vec<UrgentRow>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT user, means, created_at FROM urgent WHERE message = ?1 ORDER BY id")?;
        let rows = statement.query_map([message], |row| {
            Ok(UrgentRow { user: row.get(0)?, means: row.get(1)?, created_at: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many urgent messages a user has not read, besides one.
    pub fn unread_urgents(&self, user: i64, besides: i64) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(DISTINCT urgent.message) FROM urgent JOIN message ON message.id = urgent.message
             WHERE urgent.user = ?1 AND urgent.message <> ?2 AND message.state = 0 AND NOT EXISTS
               (SELECT 1 FROM message_read WHERE message_read.message = urgent.message AND message_read.user = ?1)",
        )?;
        Ok(statement.query_row([user, besides], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Notes that a user was urged to read a message; the first time counts.
    pub fn insert_urgent(&self, message: i64, user: i64, means: &str, now: i64) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO urgent (message, user, means, created_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?;
        statement.execute(params![message, user, means, now])?;
        Ok(())
    }
}
