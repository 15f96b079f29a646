//! Opening a database: settings and migrations.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::Error;

/// The migrations, in order; the number of the last is the schema.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001.sql"),
    include_str!("../migrations/0002.sql"),
    include_str!("../migrations/0003.sql"),
    include_str!("../migrations/0004.sql"),
    include_str!("../migrations/0005.sql"),
    include_str!("../migrations/0006.sql"),
    include_str!("../migrations/0007.sql"),
    include_str!("../migrations/0008.sql"),
    include_str!("../migrations/0009.sql"),
    include_str!("../migrations/0010.sql"),
];

const CACHED_STATEMENTS: usize = 128;

/// Opens the connection that writes, and brings the schema up to date.
///
/// Without a path the database is in memory and gone with the connection.
pub(crate) fn open_writer(path: Option<&Path>) -> Result<Connection, Error> {
    let mut connection = match path {
        Some(path) => Connection::open(path)?,
        None => Connection::open_in_memory()?,
    };
    connection.busy_timeout(Duration::from_secs(5))?;
    // Full: a commit is on disk when it returns. 4000 pages (16 MB) of log between checkpoints.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 4000;
         PRAGMA cache_size = -16384;
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = OFF;",
    )?;
    settle(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens a connection that only reads. Readers never wait for the writer.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;")?;
    settle(&connection)?;
    Ok(connection)
}

/// Keeps statements once they are prepared.
fn settle(connection: &Connection) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    // Without this, SQLite prepares a statement anew whenever a value that is bound might change its plan: a tenth
    // of the time of a send.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (index, migration) in (1_i64..).zip(MIGRATIONS) {
        if index > found {
            let transaction = connection.transaction()?;
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", index)?;
            transaction.commit()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_from_before_the_index_wait_for_their_terms() -> Result<(), Error> {
        let mut connection = Connection::open_in_memory()?;
        connection.execute_batch("PRAGMA foreign_keys = OFF;")?;
        let before = MIGRATIONS.iter().take_while(|sql| !sql.contains("message_unindexed"));
        for (version, migration) in (1_i64..).zip(before) {
            connection.execute_batch(migration)?;
            connection.pragma_update(None, "user_version", version)?;
        }
        for (id, state) in [("om_1", 0), ("om_2", 1)] {
            connection.execute(
                "INSERT INTO message (message_id, chat, sender_kind, sender, msg_type, content, position, state, edits, created_at, updated_at)
                 VALUES (?1, 1, 1, 1, 'text', '{}', 1, ?2, 0, 0, 0)",
                rusqlite::params![id, state],
            )?;
        }
        migrate(&mut connection)?;
        let waiting: Vec<i64> = connection
            .prepare("SELECT message FROM message_unindexed")?
            .query_map((), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        assert_eq!(waiting, [1], "one that was recalled is not looked for");
        Ok(())
    }
}
