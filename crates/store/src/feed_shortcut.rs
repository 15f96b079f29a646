//! The chats that users keep at the top.

use rusqlite::params;

use crate::{Error, Tx, View};

impl View<'_> {
    /// The chats that a user keeps at the top and is still in, behind a place: places and `chat_id`s.
    pub fn feed_shortcuts(&self, user: i64, after: i64, limit: i64) -> Result<Vec<(i64, String)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT place, chat.chat_id FROM feed_shortcut
             JOIN chat ON chat.id = feed_shortcut.chat
             JOIN member ON member.chat = chat.id AND kind = 0 AND member = user
             WHERE user = ?1 AND place > ?2 ORDER BY place LIMIT ?3",
        )?;
        let rows = statement.query_map([user, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Puts a chat above, or below, all others that a user keeps at the top.
    pub fn put_feed_shortcut(&self, user: i64, chat: i64, at_head: bool) -> Result<(), Error> {
        let edge = if at_head { "min(place) - 1" } else { "max(place) + 1" };
        let sql = format!(
            "INSERT INTO feed_shortcut (user, chat, place)
             SELECT ?1, ?2, coalesce({edge}, 0) FROM feed_shortcut WHERE user = ?1
             ON CONFLICT (user, chat) DO UPDATE SET place = excluded.place"
        );
        self.connection.execute(&sql, params![user, chat])?;
        Ok(())
    }

    /// Takes a chat from the top.
    pub fn delete_feed_shortcut(&self, user: i64, chat: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM feed_shortcut WHERE user = ?1 AND chat = ?2", [user, chat])?;
        Ok(())
    }
}
