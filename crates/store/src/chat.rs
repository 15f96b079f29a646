//! Chats.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Actor, Error, Tx, View};

/// A chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRow {
    /// The row.
    pub id: i64,
    /// `oc_…`
    pub chat_id: String,
    /// The tenant.
    pub tenant_key: String,
    /// `group`, `topic` or `p2p`.
    pub chat_mode: String,
    /// `normal`, `dissolved` or `dissolved_save`.
    pub chat_status: String,
    /// Name, picture, permissions, as a JSON object.
    pub settings: String,
    /// The owner of a group.
    pub owner: Option<Actor>,
    /// `app.id` of the bot that made it.
    pub creator: Option<i64>,
    /// The position of the last message.
    pub last_position: i64,
    /// When it was last written to, in ms.
    pub active_at: i64,
    /// In ms.
    pub created_at: i64,
}

/// The order chats are listed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatOrder {
    /// Oldest first, behind this row.
    Created {
        /// The last row of the page before.
        after: i64,
    },
    /// Last active first, behind this chat.
    Active {
        /// When the last chat of the page before was active, and its row.
        before: Option<(i64, i64)>,
    },
}

const COLUMNS: &str = "chat.id, chat_id, tenant_key, chat_mode, chat_status, settings, owner_kind, owner, creator, last_position, active_at, created_at";

fn chat(row: &Row<'_>) -> rusqlite::Result<ChatRow> {
    let owner: (Option<i64>, Option<i64>) = (row.get(6)?, row.get(7)?);
    Ok(ChatRow {
        id: row.get(0)?,
        chat_id: row.get(1)?,
        tenant_key: row.get(2)?,
        chat_mode: row.get(3)?,
        chat_status: row.get(4)?,
        settings: row.get(5)?,
        owner: owner.0.zip(owner.1).map(|(kind, row)| Actor::new(kind, row)),
        creator: row.get(8)?,
        last_position: row.get(9)?,
        active_at: row.get(10)?,
        created_at: row.get(11)?,
    })
}

impl View<'_> {
    /// The chat with this `oc_…`.
    pub fn chat_by_chat_id(&self, chat_id: &str) -> Result<Option<ChatRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM chat WHERE chat_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([chat_id], chat).optional()?)
    }

    /// The chat in this row.
    pub fn chat_by_row(&self, id: i64) -> Result<Option<ChatRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM chat WHERE id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], chat).optional()?)
    }

    /// The one-to-one chat of a bot and a user.
    pub fn p2p_chat(&self, app: i64, user: i64) -> Result<Option<ChatRow>, Error> {
        let sql =
            format!("SELECT {COLUMNS} FROM p2p JOIN chat ON chat.id = p2p.chat WHERE app = ?1 AND user = ?2");
        Ok(self.connection.prepare_cached(&sql)?.query_row([app, user], chat).optional()?)
    }

    /// The chats that someone is a member of, one-to-one chats included.
    pub fn chats_of(&self, member: Actor) -> Result<Vec<ChatRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM member JOIN chat ON chat.id = member.chat
             WHERE kind = ?1 AND member = ?2 AND chat_status = 'normal' ORDER BY chat.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let chats = statement.query_map([member.kind(), member.row()], chat)?;
        Ok(chats.collect::<Result<_, _>>()?)
    }

    /// The groups that someone is a member of, at most `limit`.
    pub fn groups_of(&self, member: Actor, order: ChatOrder, limit: i64) -> Result<Vec<ChatRow>, Error> {
        let of_member = format!(
            "SELECT {COLUMNS} FROM member JOIN chat ON chat.id = member.chat
             WHERE kind = ?1 AND member = ?2 AND chat_mode <> 'p2p' AND chat_status = 'normal'"
        );
        let (who, row) = (member.kind(), member.row());
        let chats = match order {
            ChatOrder::Created { after } => {
                let sql = format!("{of_member} AND member.chat > ?3 ORDER BY member.chat LIMIT ?4");
                let mut statement = self.connection.prepare_cached(&sql)?;
                statement.query_map(params![who, row, after, limit], chat)?.collect::<Result<_, _>>()?
            }
            ChatOrder::Active { before } => {
                let (active_at, id) = before.unwrap_or((i64::MAX, i64::MAX));
                let sql = format!(
                    "{of_member} AND (active_at, chat.id) < (?3, ?4) ORDER BY active_at DESC, chat.id DESC LIMIT ?5"
                );
                let mut statement = self.connection.prepare_cached(&sql)?;
                statement
                    .query_map(params![who, row, active_at, id, limit], chat)?
                    .collect::<Result<_, _>>()?
            }
        };
        Ok(chats)
    }

    /// The groups that someone is in or could join, in the order they were made: all, or those with a text in
    /// one of their names or, of those they are in, in the name of a user. Case counts in neither.
    pub fn visible_groups(
        &self,
        tenant_key: &str,
        who: Actor,
        text: Option<&str>,
        by_member: bool,
    ) -> Result<Vec<ChatRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM chat WHERE tenant_key = ?1 AND chat_mode <> 'p2p' AND chat_status = 'normal'
             AND (settings ->> 'chat_type' = 'public'
                  OR EXISTS (SELECT 1 FROM member WHERE chat = chat.id AND kind = ?2 AND member = ?3))
             AND (?4 IS NULL
                  OR instr(lower(settings ->> 'name'), lower(?4))
                  OR EXISTS (SELECT 1 FROM json_each(settings, '$.i18n_names') WHERE instr(lower(value), lower(?4)))
                  OR (?5 AND EXISTS (SELECT 1 FROM member WHERE chat = chat.id AND kind = ?2 AND member = ?3)
                      AND EXISTS (SELECT 1 FROM member JOIN user ON user.id = member.member
                                  WHERE member.chat = chat.id AND member.kind = 0
                                  AND (instr(lower(user.name), lower(?4)) OR instr(lower(user.en_name), lower(?4))))))
             ORDER BY chat.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let chats = statement.query_map(params![tenant_key, who.kind(), who.row(), text, by_member], chat)?;
        Ok(chats.collect::<Result<_, _>>()?)
    }

    /// Whether another public group of the tenant has this name.
    pub fn public_name_taken(&self, tenant_key: &str, name: &str, except: i64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM chat WHERE tenant_key = ?1 AND id <> ?3 AND chat_status = 'normal'
             AND settings ->> 'chat_type' = 'public' AND settings ->> 'name' = ?2)",
        )?;
        Ok(statement.query_row(params![tenant_key, name, except], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Adds a chat and gives its row. `chat.id` is not used.
    pub fn insert_chat(&self, chat: &ChatRow) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO chat (chat_id, tenant_key, chat_mode, chat_status, settings, owner_kind, owner, creator, last_position, active_at, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        statement.execute(params![
            chat.chat_id,
            chat.tenant_key,
            chat.chat_mode,
            chat.chat_status,
            chat.settings,
            chat.owner.map(Actor::kind),
            chat.owner.map(Actor::row),
            chat.creator,
            chat.last_position,
            chat.active_at,
            chat.created_at
        ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Makes a chat the one-to-one chat of a bot and a user.
    pub fn insert_p2p(&self, app: i64, user: i64, chat: i64) -> Result<(), Error> {
        self.connection
            .execute("INSERT INTO p2p (app, user, chat) VALUES (?1, ?2, ?3)", [app, user, chat])?;
        Ok(())
    }

    /// Changes settings and owner of a chat.
    pub fn update_chat(&self, id: i64, settings: &str, owner: Option<Actor>) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE chat SET settings = ?2, owner_kind = ?3, owner = ?4 WHERE id = ?1",
            params![id, settings, owner.map(Actor::kind), owner.map(Actor::row)],
        )?;
        Ok(())
    }

    /// Dissolves a chat: nobody is a member any more.
    pub fn dissolve_chat(&self, id: i64) -> Result<(), Error> {
        self.connection.execute("UPDATE chat SET chat_status = 'dissolved' WHERE id = ?1", [id])?;
        self.connection.execute("DELETE FROM member WHERE chat = ?1", [id])?;
        self.clear_moderators(id)?;
        self.delete_top_notice(id)?;
        Ok(())
    }

    /// Counts a message that was just written to a chat.
    pub fn touch_chat(&self, id: i64, last_position: i64, active_at: i64) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE chat SET last_position = ?2, active_at = ?3 WHERE id = ?1")?;
        statement.execute([id, last_position, active_at])?;
        Ok(())
    }
}
