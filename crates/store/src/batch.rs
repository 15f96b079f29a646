//! Messages to many users at once.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// A message to many users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// The row.
    pub id: i64,
    /// `bm-…`
    pub batch_message_id: String,
    /// `app.id`
    pub app: i64,
    /// How many users it was meant for, those out of the bot's reach included.
    pub valid_users: i64,
    /// How many got it.
    pub sent: i64,
    /// How many messages were recalled; `None` before it was tried.
    pub recalled: Option<i64>,
    /// In ms.
    pub created_at: i64,
}

fn batch(row: &Row<'_>) -> rusqlite::Result<BatchRow> {
    Ok(BatchRow {
        id: row.get(0)?,
        batch_message_id: row.get(1)?,
        app: row.get(2)?,
        valid_users: row.get(3)?,
        sent: row.get(4)?,
        recalled: row.get(5)?,
        created_at: row.get(6)?,
    })
}

impl View<'_> {
    /// The batch with this id.
    pub fn batch(&self, batch_message_id: &str) -> Result<Option<BatchRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, batch_message_id, app, valid_users, sent, recalled, created_at FROM batch_message
             WHERE batch_message_id = ?1",
        )?;
        Ok(statement.query_row([batch_message_id], batch).optional()?)
    }

    /// How many messages an app has sent this way since a time.
    pub fn batch_sent_since(&self, app: i64, since: i64) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(sum(sent), 0) FROM batch_message WHERE app = ?1 AND created_at >= ?2",
        )?;
        Ok(statement.query_row([app, since], |row| row.get(0))?)
    }

    /// The messages of a batch: `message.id`, in the order they were sent.
    pub fn batch_parts(&self, batch: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT message FROM batch_part WHERE batch = ?1 ORDER BY message")?;
        let rows = statement.query_map([batch], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many users have read their message of a batch.
    pub fn batch_readers(&self, batch: i64) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM batch_part JOIN message_read ON message_read.message = batch_part.message
             WHERE batch_part.batch = ?1",
        )?;
        Ok(statement.query_row([batch], |row| row.get(0))?)
    }

    /// Whether a message is part of a batch.
    pub fn is_batch_part(&self, message: i64) -> Result<bool, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM batch_part WHERE message = ?1)")?;
        Ok(statement.query_row([message], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Adds a batch and gives its row. `batch.id` is not used.
    pub fn insert_batch(&self, batch: &BatchRow) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO batch_message (batch_message_id, app, valid_users, sent, recalled, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            batch.batch_message_id,
            batch.app,
            batch.valid_users,
            batch.sent,
            batch.recalled,
            batch.created_at
        ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes that a message is part of a batch.
    pub fn insert_batch_part(&self, batch: i64, message: i64) -> Result<(), Error> {
        let mut statement =
            self.connection.prepare_cached("INSERT INTO batch_part (batch, message) VALUES (?1, ?2)")?;
        statement.execute([batch, message])?;
        Ok(())
    }

    /// Notes how many messages of a batch were recalled.
    pub fn set_batch_recalled(&self, batch: i64, recalled: i64) -> Result<(), Error> {
        let mut statement =
            self.connection.prepare_cached("UPDATE batch_message SET recalled = ?2 WHERE id = ?1")?;
        statement.execute([batch, recalled])?;
        Ok(())
    }
}
