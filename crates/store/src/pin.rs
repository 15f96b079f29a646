//! Messages pinned to their chat.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Actor, Error, Tx, View};

/// A pinned message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinRow {
    /// The row.
    pub id: i64,
    /// `chat.id`
    pub chat: i64,
    /// `message.id`
    pub message: i64,
    /// `om_…`
    pub message_id: String,
    /// Who pinned it.
    pub operator: Actor,
    /// In ms.
    pub created_at: i64,
}

const COLUMNS: &str =
    "pin.id, pin.chat, pin.message, message.message_id, pin.kind, pin.operator, pin.created_at";

fn pin(row: &Row<'_>) -> rusqlite::Result<PinRow> {
    Ok(PinRow {
        id: row.get(0)?,
        chat: row.get(1)?,
        message: row.get(2)?,
        message_id: row.get(3)?,
        operator: Actor::new(row.get(4)?, row.get(5)?),
        created_at: row.get(6)?,
    })
}

impl View<'_> {
    /// The pin of a message.
    pub fn pin_of(&self, message: i64) -> Result<Option<PinRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM pin JOIN message ON message.id = pin.message WHERE pin.message = ?1"
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row([message], pin).optional()?)
    }

    /// The pins of a chat between two times, both included, behind a place (time and row), newest first, at most
    /// `limit`. Of recalled messages there are none.
    pub fn pins(
        &self,
        chat: i64,
        span: (i64, i64),
        after: Option<(i64, i64)>,
        limit: i64,
    ) -> Result<Vec<PinRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM pin JOIN message ON message.id = pin.message
             WHERE pin.chat = ?1 AND (pin.created_at, pin.id) > (?2, ?3) AND (pin.created_at, pin.id) < (?4, ?5)
               AND message.state = 0
             ORDER BY pin.created_at DESC, pin.id DESC LIMIT ?6"
        );
        let below = after.unwrap_or((i64::MAX, i64::MAX)).min((span.1, i64::MAX));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![chat, span.0, i64::MIN, below.0, below.1, limit], pin)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Pins a message.
    pub fn insert_pin(&self, chat: i64, message: i64, operator: Actor, now: i64) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO pin (chat, message, kind, operator, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        statement.execute(params![chat, message, operator.kind(), operator.row(), now])?;
        Ok(())
    }

    /// Takes a message off the pins. Tells whether it was among them.
    pub fn delete_pin(&self, message: i64) -> Result<bool, Error> {
        Ok(self.connection.prepare_cached("DELETE FROM pin WHERE message = ?1")?.execute([message])? > 0)
    }
}
