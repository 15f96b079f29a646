//! Messages.

use rusqlite::{OptionalExtension, Row, ToSql, params};

use crate::{Actor, Error, Tx, View};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The row: messages in the order they were sent.
    pub id: i64,
    /// `om_…`
    pub message_id: String,
    /// `chat.id`
    pub chat: i64,
    /// Who sent it.
    pub sender: Actor,
    /// As on the wire.
    pub msg_type: String,
    /// The content, mentions replaced by their keys, otherwise as it was sent.
    pub content: String,
    /// Whom it mentions, as a JSON array.
    pub mentions: Option<String>,
    /// The first message of the tree it stands in.
    pub root_id: Option<String>,
    /// The message it replies to.
    pub parent_id: Option<String>,
    /// The thread it stands in.
    pub thread_id: Option<String>,
    /// In a merged forward, the message one level up.
    pub upper_message_id: Option<String>,
    /// `user.id` of the one who sees it; `None` if all of the chat do.
    pub only_for: Option<i64>,
    /// Its place in the chat, from 1; 0 of what stands in no list.
    pub position: i64,
    /// Its place in the thread, from 1.
    pub thread_position: Option<i64>,
    /// Whether it is still there.
    pub state: State,
    /// How often it was edited.
    pub edits: i64,
    /// In ms.
    pub created_at: i64,
    /// In ms.
    pub updated_at: i64,
}

/// Whether a message is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Sent,
    /// It was recalled.
    Recalled,
    /// It was deleted.
    Deleted,
}

impl State {
    const fn from_column(value: i64) -> Self {
        match value {
            0 => Self::Sent,
            1 => Self::Recalled,
            _ => Self::Deleted,
        }
    }

    const fn column(self) -> i64 {
        match self {
            Self::Sent => 0,
            Self::Recalled => 1,
            Self::Deleted => 2,
        }
    }
}

/// What to list, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The chat or the thread.
    pub of: Container,
    /// From this time on, in ms, itself included.
    pub from: i64,
    /// Up to this time, in ms, itself included.
    pub to: i64,
    /// Newest first.
    pub descending: bool,
    /// Time and row of the last message of the page before.
    pub after: Option<(i64, i64)>,
    /// How many at most.
    pub limit: i64,
}

/// What messages are listed of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Container {
    /// `chat.id`: without the replies that stand in threads.
    Chat(i64),
    /// `omt_…`
    Thread(String),
}

const COLUMNS: &str = "id, message_id, chat, sender_kind, sender, msg_type, content, mentions, root_id, parent_id, thread_id, upper_message_id, position, thread_position, state, edits, created_at, updated_at, only_for";

fn message(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    Ok(MessageRow {
        id: row.get(0)?,
        message_id: row.get(1)?,
        chat: row.get(2)?,
        sender: Actor::new(row.get(3)?, row.get(4)?),
        msg_type: row.get(5)?,
        content: row.get(6)?,
        mentions: row.get(7)?,
        root_id: row.get(8)?,
        parent_id: row.get(9)?,
        thread_id: row.get(10)?,
        upper_message_id: row.get(11)?,
        position: row.get(12)?,
        thread_position: row.get(13)?,
        state: State::from_column(row.get(14)?),
        edits: row.get(15)?,
        created_at: row.get(16)?,
        updated_at: row.get(17)?,
        only_for: row.get(18)?,
    })
}

impl View<'_> {
    /// The message with this `om_…`.
    pub fn message(&self, message_id: &str) -> Result<Option<MessageRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE message_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([message_id], message).optional()?)
    }

    /// The message in this row.
    pub fn message_by_row(&self, id: i64) -> Result<Option<MessageRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], message).optional()?)
    }

    /// A page of messages. Its cost does not depend on where the page lies.
    pub fn messages(&self, listing: &Listing) -> Result<Vec<MessageRow>, Error> {
        let order = if listing.descending { "DESC" } else { "ASC" };
        // Time span and place become one range of the index: as two conditions, SQLite would search by the
        // span alone and step over all that lies before the place.
        let (mut above, mut below) = ((listing.from, i64::MIN), (listing.to, i64::MAX));
        match listing.after {
            Some(place) if listing.descending => below = below.min(place),
            Some(place) => above = above.max(place),
            None => {}
        }
        let container = match &listing.of {
            Container::Chat(_) => {
                "chat = ?1 AND (thread_position IS NULL OR thread_position = 1)
                 AND upper_message_id IS NULL AND only_for IS NULL"
            }
            Container::Thread(_) => "thread_id = ?1",
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM message
             WHERE {container} AND (created_at, id) > (?2, ?3) AND (created_at, id) < (?4, ?5)
             ORDER BY created_at {order}, id {order} LIMIT ?6"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let of: &dyn ToSql = match &listing.of {
            Container::Chat(chat) => chat,
            Container::Thread(thread) => thread,
        };
        let rows =
            statement.query_map(params![of, above.0, above.1, below.0, below.1, listing.limit], message)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The messages one level below a merged forward, in their order, at most `limit`.
    pub fn forwarded(&self, upper_message_id: &str, limit: i64) -> Result<Vec<MessageRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE upper_message_id = ?1 ORDER BY id LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![upper_message_id, limit], message)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What one user alone sees in a chat, oldest first.
    pub fn messages_for_one(&self, chat: i64, user: i64) -> Result<Vec<MessageRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE chat = ?1 AND only_for = ?2 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([chat, user], message)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The root of a thread.
    pub fn thread_root(&self, thread_id: &str) -> Result<Option<MessageRow>, Error> {
        let sql =
            format!("SELECT {COLUMNS} FROM message WHERE thread_id = ?1 ORDER BY created_at, id LIMIT 1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([thread_id], message).optional()?)
    }

    /// The place of the last message of a thread; 0 if there is none.
    pub fn thread_length(&self, thread_id: &str) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT thread_position FROM message WHERE thread_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 1",
        )?;
        Ok(statement
            .query_row([thread_id], |row| row.get::<_, Option<i64>>(0))
            .optional()?
            .flatten()
            .unwrap_or(0))
    }
}

impl Tx<'_> {
    /// Adds a message and gives its row. `message.id` is not used.
    pub fn insert_message(&self, message: &MessageRow) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO message (message_id, chat, sender_kind, sender, msg_type, content, mentions, root_id, parent_id, thread_id, upper_message_id, position, thread_position, state, edits, created_at, updated_at, only_for)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?;
        statement.execute(params![
            message.message_id,
            message.chat,
            message.sender.kind(),
            message.sender.row(),
            message.msg_type,
            message.content,
            message.mentions,
            message.root_id,
            message.parent_id,
            message.thread_id,
            message.upper_message_id,
            message.position,
            message.thread_position,
            message.state.column(),
            message.edits,
            message.created_at,
            message.updated_at,
            message.only_for
        ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Makes a message the root of a thread.
    pub fn start_thread(&self, id: i64, thread_id: &str) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE message SET thread_id = ?2, thread_position = 1 WHERE id = ?1",
            params![id, thread_id],
        )?;
        Ok(())
    }

    /// Replaces the content of a message and counts the edit.
    pub fn edit_message(
        &self,
        id: i64,
        msg_type: &str,
        content: &str,
        mentions: Option<&str>,
        now: i64,
    ) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE message SET msg_type = ?2, content = ?3, mentions = ?4, edits = edits + 1, updated_at = ?5 WHERE id = ?1",
            params![id, msg_type, content, mentions, now],
        )?;
        Ok(())
    }

    /// Replaces the card in a message and counts the edit.
    pub fn set_card(&self, id: i64, card: &str, now: i64) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE message SET content = ?2, edits = edits + 1, updated_at = ?3 WHERE id = ?1",
        )?;
        statement.execute(params![id, card, now])?;
        Ok(())
    }

    /// Marks a message as recalled or deleted.
    pub fn set_message_state(&self, id: i64, state: State, now: i64) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE message SET state = ?2, updated_at = ?3 WHERE id = ?1",
            params![id, state.column(), now],
        )?;
        Ok(())
    }
}
