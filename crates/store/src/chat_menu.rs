//! The menus of groups.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

impl View<'_> {
    /// The menus of a group, as a JSON object.
    pub fn chat_menu(&self, chat: i64) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT menu FROM chat_menu WHERE chat = ?1")?;
        Ok(statement.query_row([chat], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Replaces the menus of a group.
    pub fn set_chat_menu(&self, chat: i64, menu: &str) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO chat_menu (chat, menu) VALUES (?1, ?2) ON CONFLICT (chat) DO UPDATE SET menu = excluded.menu",
            params![chat, menu],
        )?;
        Ok(())
    }
}
