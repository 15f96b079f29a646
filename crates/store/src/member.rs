//! Who is in which chat.

use rusqlite::{OptionalExtension, params};

use crate::{Actor, Error, Tx, View};

/// A membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The row: members in the order they joined.
    pub id: i64,
    /// Who.
    pub member: Actor,
    /// Whether they are an admin of the chat.
    pub manager: bool,
    /// When they joined, in ms.
    pub joined_at: i64,
}

/// How many members a chat has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberCount {
    /// Users.
    pub users: i64,
    /// Bots.
    pub bots: i64,
}

impl View<'_> {
    /// The membership of someone in a chat.
    pub fn member(&self, chat: i64, member: Actor) -> Result<Option<MemberRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, manager, joined_at FROM member WHERE chat = ?1 AND kind = ?2 AND member = ?3",
        )?;
        let row = statement.query_row([chat, member.kind(), member.row()], |row| {
            Ok(MemberRow { id: row.get(0)?, member, manager: row.get(1)?, joined_at: row.get(2)? })
        });
        Ok(row.optional()?)
    }

    /// The users in a chat behind a row, in the order they joined, at most `limit`.
    pub fn user_members(&self, chat: i64, after: i64, limit: i64) -> Result<Vec<MemberRow>, Error> {
        self.members(chat, 0, after, limit)
    }

    /// The bots in a chat, in the order they joined.
    pub fn bot_members(&self, chat: i64) -> Result<Vec<MemberRow>, Error> {
        self.bot_members_after(chat, 0, i64::MAX)
    }

    /// The bots in a chat behind a row, in the order they joined, at most `limit`.
    pub fn bot_members_after(&self, chat: i64, after: i64, limit: i64) -> Result<Vec<MemberRow>, Error> {
        self.members(chat, 1, after, limit)
    }

    fn members(&self, chat: i64, kind: i64, after: i64, limit: i64) -> Result<Vec<MemberRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, member, manager, joined_at FROM member WHERE chat = ?1 AND kind = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
        )?;
        let rows = statement.query_map([chat, kind, after, limit], |row| {
            let member = Actor::new(kind, row.get(1)?);
            Ok(MemberRow { id: row.get(0)?, member, manager: row.get(2)?, joined_at: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Users and bots in a chat behind a row, in the order they joined, at most `limit`.
    pub fn all_members(&self, chat: i64, after: i64, limit: i64) -> Result<Vec<MemberRow>, Error> {
        // Two walks along the index, merged: as one condition, SQLite would sort all that follow for each page.
        let mut statement = self.connection.prepare_cached(
            "SELECT id, kind, member, manager, joined_at FROM member WHERE chat = ?1 AND kind = 0 AND id > ?2
             UNION ALL
             SELECT id, kind, member, manager, joined_at FROM member WHERE chat = ?1 AND kind = 1 AND id > ?2
             ORDER BY id LIMIT ?3",
        )?;
        let rows = statement.query_map([chat, after, limit], |row| {
            let member = Actor::new(row.get(1)?, row.get(2)?);
            Ok(MemberRow { id: row.get(0)?, member, manager: row.get(3)?, joined_at: row.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The admins of a chat.
    pub fn managers(&self, chat: i64) -> Result<Vec<Actor>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, member FROM member WHERE chat = ?1 AND manager = 1 ORDER BY id")?;
        let rows = statement.query_map([chat], |row| Ok(Actor::new(row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many members a chat has.
    pub fn member_count(&self, chat: i64) -> Result<MemberCount, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT (SELECT count(*) FROM member WHERE chat = ?1 AND kind = 0),
                    (SELECT count(*) FROM member WHERE chat = ?1 AND kind = 1)",
        )?;
        Ok(statement.query_row([chat], |row| Ok(MemberCount { users: row.get(0)?, bots: row.get(1)? }))?)
    }
}

impl Tx<'_> {
    /// Adds someone to a chat; nothing happens if they are in it. Tells whether they were added.
    pub fn insert_member(
        &self,
        chat: i64,
        member: Actor,
        manager: bool,
        joined_at: i64,
    ) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO member (chat, kind, member, manager, joined_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![chat, member.kind(), member.row(), manager, joined_at])? > 0)
    }

    /// Makes a member an admin of the chat, or a plain member again.
    pub fn set_manager(&self, chat: i64, member: Actor, manager: bool) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE member SET manager = ?4 WHERE chat = ?1 AND kind = ?2 AND member = ?3",
            params![chat, member.kind(), member.row(), manager],
        )?;
        Ok(())
    }

    /// Removes someone from a chat, and from the list of those who may speak. Tells whether they were in it.
    pub fn delete_member(&self, chat: i64, member: Actor) -> Result<bool, Error> {
        if let Actor::User(user) = member {
            self.delete_moderator(chat, user)?;
        }
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM member WHERE chat = ?1 AND kind = ?2 AND member = ?3")?;
        Ok(statement.execute([chat, member.kind(), member.row()])? > 0)
    }
}
