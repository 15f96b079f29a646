//! What users call themselves in single chats.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

impl View<'_> {
    /// What a user is called in a chat, if it is not as everywhere.
    pub fn chat_nickname(&self, chat: i64, user: i64) -> Result<Option<String>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT nickname FROM chat_nickname WHERE chat = ?1 AND user = ?2")?;
        Ok(statement.query_row([chat, user], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Gives a user a name in a chat, or takes it away.
    pub fn set_chat_nickname(&self, chat: i64, user: i64, nickname: Option<&str>) -> Result<(), Error> {
        match nickname {
            Some(nickname) => self.connection.execute(
                "INSERT INTO chat_nickname (chat, user, nickname) VALUES (?1, ?2, ?3)
                 ON CONFLICT (chat, user) DO UPDATE SET nickname = excluded.nickname",
                params![chat, user, nickname],
            )?,
            None => self
                .connection
                .execute("DELETE FROM chat_nickname WHERE chat = ?1 AND user = ?2", [chat, user])?,
        };
        Ok(())
    }
}
