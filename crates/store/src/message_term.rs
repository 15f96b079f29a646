//! By which terms messages are found.
//!
//! A term is any text without spaces; ASCII letters, ASCII digits and everything beyond ASCII count, and case does not.

use rusqlite::params;

use crate::{Error, Tx, View};

impl View<'_> {
    /// The messages whose terms fit, in the query language of FTS5, the newest first: at most `limit` before the row
    /// `before`.
    pub fn messages_with(&self, expression: &str, before: i64, limit: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT rowid FROM message_term WHERE message_term MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3",
        )?;
        let rows = statement.query_map(params![expression, before, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All messages, the newest first: at most `limit` before the row `before`.
    pub fn messages_before(&self, before: i64, limit: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM message WHERE id < ?1 ORDER BY id DESC LIMIT ?2")?;
        let rows = statement.query_map([before, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Messages that have no terms yet, the oldest first.
    pub fn unindexed_messages(&self, limit: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT message FROM message_unindexed ORDER BY message LIMIT ?1")?;
        let rows = statement.query_map([limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Gives a message its terms, in the place of those it has.
    pub fn put_message_terms(&self, message: i64, terms: &str) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO message_term (rowid, terms) VALUES (?1, ?2)")?;
        statement.execute(params![message, terms])?;
        Ok(())
    }

    /// Takes the terms of a message away: it is found no more.
    pub fn delete_message_terms(&self, message: i64) -> Result<(), Error> {
        self.connection.prepare_cached("DELETE FROM message_term WHERE rowid = ?1")?.execute([message])?;
        Ok(())
    }

    /// Notes that messages have their terms now, up to a row.
    pub fn messages_indexed_to(&self, last: i64) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM message_unindexed WHERE message <= ?1")?
            .execute([last])?;
        Ok(())
    }
}
