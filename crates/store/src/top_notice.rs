//! What stands at the top of a chat.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// What stands at the top of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopNoticeRow {
    /// `message.id`; without one it is the announcement.
    pub message: Option<i64>,
}

impl View<'_> {
    /// What stands at the top of a chat.
    pub fn top_notice(&self, chat: i64) -> Result<Option<TopNoticeRow>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT message FROM top_notice WHERE chat = ?1")?;
        Ok(statement.query_row([chat], |row| Ok(TopNoticeRow { message: row.get(0)? })).optional()?)
    }
}

impl Tx<'_> {
    /// Puts something at the top of a chat, in place of what is there.
    pub fn put_top_notice(&self, chat: i64, notice: TopNoticeRow) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO top_notice (chat, message) VALUES (?1, ?2)
             ON CONFLICT (chat) DO UPDATE SET message = excluded.message",
            params![chat, notice.message],
        )?;
        Ok(())
    }

    /// Takes away what stands at the top of a chat.
    pub fn delete_top_notice(&self, chat: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM top_notice WHERE chat = ?1", [chat])?;
        Ok(())
    }
}
