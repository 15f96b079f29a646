//! The list of those who may speak in a chat.

use rusqlite::params;

use crate::{Error, Tx, View};

/// A user on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModeratorRow {
    /// The row: users in the order they came onto the list.
    pub id: i64,
    /// `user.id`
    pub user: i64,
}

impl View<'_> {
    /// Whether a user is on the list of a chat.
    pub fn is_moderator(&self, chat: i64, user: i64) -> Result<bool, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM moderator WHERE chat = ?1 AND user = ?2)")?;
        Ok(statement.query_row([chat, user], |row| row.get(0))?)
    }

    /// The users on the list of a chat behind a row, at most `limit`.
    pub fn moderators(&self, chat: i64, after: i64, limit: i64) -> Result<Vec<ModeratorRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, user FROM moderator WHERE chat = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let rows = statement.query_map(params![chat, after, limit], |row| {
            Ok(ModeratorRow { id: row.get(0)?, user: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Puts a user on the list of a chat. Tells whether they were not on it.
    pub fn insert_moderator(&self, chat: i64, user: i64) -> Result<bool, Error> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO moderator (chat, user) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
        Ok(statement.execute([chat, user])? > 0)
    }

    /// Takes a user from the list of a chat. Tells whether they were on it.
    pub fn delete_moderator(&self, chat: i64, user: i64) -> Result<bool, Error> {
        let mut statement =
            self.connection.prepare_cached("DELETE FROM moderator WHERE chat = ?1 AND user = ?2")?;
        Ok(statement.execute([chat, user])? > 0)
    }

    /// Empties the list of a chat.
    pub fn clear_moderators(&self, chat: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM moderator WHERE chat = ?1", [chat])?;
        Ok(())
    }
}
