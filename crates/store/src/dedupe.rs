//! What requests with a `uuid` have made.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// How many ended entries one call sweeps away: more than it adds, so that the table stays small.
const SWEEP: i64 = 4;

impl View<'_> {
    /// What the request with this key made, if that counts still.
    pub fn deduped(&self, key: &str, now: i64) -> Result<Option<String>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT object FROM dedupe WHERE key = ?1 AND expires_at > ?2")?;
        Ok(statement.query_row(params![key, now], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Remembers what the request with this key made.
    pub fn remember(&self, key: &str, object: &str, now: i64, expires_at: i64) -> Result<(), Error> {
        let mut sweep = self.connection.prepare_cached(
            "DELETE FROM dedupe WHERE key IN (SELECT key FROM dedupe WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
        )?;
        sweep.execute([now, SWEEP])?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO dedupe (key, object, expires_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET object = excluded.object, expires_at = excluded.expires_at",
        )?;
        statement.execute(params![key, object, expires_at])?;
        Ok(())
    }
}
