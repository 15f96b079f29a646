//! The bubbles below messages.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

impl View<'_> {
    /// The bubbles of a message, as a JSON array.
    pub fn follow_ups(&self, message: i64) -> Result<Option<String>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT follow_ups FROM follow_up WHERE message = ?1")?;
        Ok(statement.query_row([message], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Hangs bubbles below a message. Tells whether it had none.
    pub fn insert_follow_ups(&self, message: i64, follow_ups: &str, now: i64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO follow_up (message, follow_ups, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![message, follow_ups, now])? > 0)
    }
}
