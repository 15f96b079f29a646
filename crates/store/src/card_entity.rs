//! Cards that exist by themselves.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

const COLUMNS: &str = "id, card_id, app, card, sequence, streaming_until, message, created_at";

/// A card that exists by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardEntityRow {
    /// The key.
    pub id: i64,
    /// What the app knows it by: digits.
    pub card_id: String,
    /// `app.id` of the app that made it.
    pub app: i64,
    /// The card, as JSON.
    pub card: String,
    /// The number of the last change; 0 before the first.
    pub sequence: i64,
    /// When streaming ends by itself, in ms; `None` if it is off.
    pub streaming_until: Option<i64>,
    /// `message.id` of the message that shows it, once it is sent.
    pub message: Option<i64>,
    /// When it was made, in ms.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<CardEntityRow> {
    Ok(CardEntityRow {
        id: row.get(0)?,
        card_id: row.get(1)?,
        app: row.get(2)?,
        card: row.get(3)?,
        sequence: row.get(4)?,
        streaming_until: row.get(5)?,
        message: row.get(6)?,
        created_at: row.get(7)?,
    })
}

impl View<'_> {
    /// The card with this id.
    pub fn card_entity(&self, card_id: &str) -> Result<Option<CardEntityRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM card_entity WHERE card_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([card_id], read).optional()?)
    }

    /// The card that a message shows.
    pub fn card_entity_of_message(&self, message: i64) -> Result<Option<CardEntityRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM card_entity WHERE message = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([message], read).optional()?)
    }

    /// Whether a callback about the card in a message waits for its answer: one whose token ends after `ends_after`.
    pub fn card_is_clicked(&self, message: i64, ends_after: i64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM card_token WHERE message = ?1 AND answered = 0 AND expires_at > ?2)",
        )?;
        Ok(statement.query_row([message, ends_after], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Keeps a card, and gives its key.
    pub fn insert_card_entity(&self, row: &CardEntityRow) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO card_entity (card_id, app, card, sequence, streaming_until, message, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        Ok(statement.insert(params![
            row.card_id,
            row.app,
            row.card,
            row.sequence,
            row.streaming_until,
            row.message,
            row.created_at
        ])?)
    }

    /// Writes what changes in a card: its JSON, the number of the change, and whether it streams.
    pub fn update_card_entity(&self, row: &CardEntityRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE card_entity SET card = ?2, sequence = ?3, streaming_until = ?4, message = ?5 WHERE id = ?1",
        )?;
        statement.execute(params![row.id, row.card, row.sequence, row.streaming_until, row.message])?;
        Ok(())
    }
}
