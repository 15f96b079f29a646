//! What users flagged.

use rusqlite::params;

use crate::{Error, Tx, View};

/// A flag, or one that was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagRow {
    /// The row.
    pub id: i64,
    /// `message.id`
    pub message: i64,
    /// As on the wire.
    pub item_type: i64,
    /// As on the wire.
    pub flag_type: i64,
    /// Whether it was taken away.
    pub canceled: bool,
    /// In ms.
    pub created_at: i64,
    /// In ms.
    pub updated_at: i64,
}

impl View<'_> {
    /// The flags of a user behind a time and a row, those taken away included, the last changed last.
    pub fn flags(&self, user: i64, after: (i64, i64), limit: i64) -> Result<Vec<FlagRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, message, item_type, flag_type, canceled, created_at, updated_at FROM flag
             WHERE user = ?1 AND (updated_at, id) > (?2, ?3) ORDER BY updated_at, id LIMIT ?4",
        )?;
        let rows = statement.query_map([user, after.0, after.1, limit], |row| {
            Ok(FlagRow {
                id: row.get(0)?,
                message: row.get(1)?,
                item_type: row.get(2)?,
                flag_type: row.get(3)?,
                canceled: row.get(4)?,
                created_at: row.get(5)?,
                updated_at: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Flags a message for a user; one that is flagged stays as it is.
    pub fn put_flag(
        &self,
        user: i64,
        message: i64,
        item_type: i64,
        flag_type: i64,
        now: i64,
    ) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO flag (user, message, item_type, flag_type, canceled, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)
             ON CONFLICT (user, message, item_type, flag_type)
             DO UPDATE SET canceled = 0, updated_at = excluded.updated_at WHERE canceled",
            params![user, message, item_type, flag_type, now],
        )?;
        Ok(())
    }

    /// Takes a flag away, if it is there.
    pub fn cancel_flag(
        &self,
        user: i64,
        message: i64,
        item_type: i64,
        flag_type: i64,
        now: i64,
    ) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE flag SET canceled = 1, updated_at = ?5
             WHERE user = ?1 AND message = ?2 AND item_type = ?3 AND flag_type = ?4 AND NOT canceled",
            params![user, message, item_type, flag_type, now],
        )?;
        Ok(())
    }
}
