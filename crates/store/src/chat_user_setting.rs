//! What single users set for a chat.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// What a user set for a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChatUserSettingRow {
    /// Whether they hear nothing of new messages.
    pub is_muted: bool,
    /// Whether they hear nothing of messages that mention everyone.
    pub is_mute_at_all: bool,
}

impl View<'_> {
    /// What a user set for a chat.
    pub fn chat_user_setting(&self, chat: i64, user: i64) -> Result<Option<ChatUserSettingRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT is_muted, is_mute_at_all FROM chat_user_setting WHERE chat = ?1 AND user = ?2",
        )?;
        let row = statement.query_row([chat, user], |row| {
            Ok(ChatUserSettingRow { is_muted: row.get(0)?, is_mute_at_all: row.get(1)? })
        });
        Ok(row.optional()?)
    }
}

impl Tx<'_> {
    /// Sets something for a user in a chat.
    pub fn set_chat_user_setting(
        &self,
        chat: i64,
        user: i64,
        setting: ChatUserSettingRow,
    ) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO chat_user_setting (chat, user, is_muted, is_mute_at_all) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (chat, user) DO UPDATE SET is_muted = excluded.is_muted, is_mute_at_all = excluded.is_mute_at_all",
            params![chat, user, setting.is_muted, setting.is_mute_at_all],
        )?;
        Ok(())
    }
}
