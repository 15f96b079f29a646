//! Emoji below messages.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Actor, Error, Tx, View};

/// A reaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReactionRow {
    /// The row: reactions in the order they were added.
    pub id: i64,
    /// What the wire calls it.
    pub reaction_id: String,
    /// `message.id`
    pub message: i64,
    /// Who added it.
    pub operator: Actor,
    /// As on the wire.
    pub emoji_type: String,
    /// In ms.
    pub created_at: i64,
}

const COLUMNS: &str = "id, reaction_id, message, kind, operator, emoji_type, created_at";

fn reaction(row: &Row<'_>) -> rusqlite::Result<ReactionRow> {
    Ok(ReactionRow {
        id: row.get(0)?,
        reaction_id: row.get(1)?,
        message: row.get(2)?,
        operator: Actor::new(row.get(3)?, row.get(4)?),
        emoji_type: row.get(5)?,
        created_at: row.get(6)?,
    })
}

impl View<'_> {
    /// The reaction with this id.
    pub fn reaction(&self, reaction_id: &str) -> Result<Option<ReactionRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM reaction WHERE reaction_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([reaction_id], reaction).optional()?)
    }

    /// The reaction that someone put below a message with this emoji.
    pub fn reaction_of(
        &self,
        message: i64,
        emoji_type: &str,
        operator: Actor,
    ) -> Result<Option<ReactionRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM reaction WHERE message = ?1 AND emoji_type = ?2 AND kind = ?3 AND operator = ?4"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = params![message, emoji_type, operator.kind(), operator.row()];
        Ok(statement.query_row(values, reaction).optional()?)
    }

    /// The reactions below a message behind a row, oldest first, at most `limit`; of one emoji if it is given.
    pub fn reactions(
        &self,
        message: i64,
        emoji_type: Option<&str>,
        after: i64,
        limit: i64,
    ) -> Result<Vec<ReactionRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM reaction
             WHERE message = ?1 AND (?2 IS NULL OR emoji_type = ?2) AND id > ?3 ORDER BY id LIMIT ?4"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![message, emoji_type, after, limit], reaction)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many reactions a message has of each emoji, in the order the emoji first came.
    pub fn reaction_counts(&self, message: i64) -> Result<Vec<(String, i64)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT emoji_type, count(*) FROM reaction WHERE message = ?1 GROUP BY emoji_type ORDER BY min(id)",
        )?;
        let rows = statement.query_map([message], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Adds a reaction and gives its row. `reaction.id` is not used.
    pub fn insert_reaction(&self, reaction: &ReactionRow) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO reaction (reaction_id, message, kind, operator, emoji_type, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            reaction.reaction_id,
            reaction.message,
            reaction.operator.kind(),
            reaction.operator.row(),
            reaction.emoji_type,
            reaction.created_at
        ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Takes a reaction away.
    pub fn delete_reaction(&self, id: i64) -> Result<(), Error> {
        self.connection.prepare_cached("DELETE FROM reaction WHERE id = ?1")?.execute([id])?;
        Ok(())
    }
}
