//! The tabs of chats.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

impl View<'_> {
    /// The tabs that were added to a chat, as a JSON array.
    pub fn chat_tabs(&self, chat: i64) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT tabs FROM chat_tab WHERE chat = ?1")?;
        Ok(statement.query_row([chat], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Replaces the tabs that were added to a chat.
    pub fn set_chat_tabs(&self, chat: i64, tabs: &str) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO chat_tab (chat, tabs) VALUES (?1, ?2) ON CONFLICT (chat) DO UPDATE SET tabs = excluded.tabs",
            params![chat, tabs],
        )?;
        Ok(())
    }
}
