//! Events on their way to apps, and what became of each attempt.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Tx, View};

/// How far an event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It can be sent now.
    Ready,
    /// An attempt failed, and the next is due later.
    Waiting,
    /// It was taken.
    Delivered,
    /// Every attempt failed.
    Expired,
}

impl Progress {
    const fn column(self) -> i64 {
        match self {
            Self::Ready => 0,
            Self::Waiting => 1,
            Self::Delivered => 2,
            Self::Expired => 3,
        }
    }

    const fn new(column: i64) -> Self {
        match column {
            0 => Self::Ready,
            1 => Self::Waiting,
            2 => Self::Delivered,
            _ => Self::Expired,
        }
    }
}

/// An event for one app.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// The row, in the order events arose.
    pub id: i64,
    /// The id the receiver knows it by, the same in all attempts.
    pub event_id: String,
    /// `app.id`
    pub app: i64,
    /// `im.message.receive_v1`
    pub event_type: String,
    /// Events of one lane arrive in order.
    pub lane: String,
    /// The envelope as it is delivered.
    pub body: String,
    /// How far it has come.
    pub progress: Progress,
    /// How many attempts failed.
    pub attempts: i64,
    /// When the next attempt is due, in ms.
    pub due_at: i64,
    /// When it arose, in ms.
    pub created_at: i64,
}

/// One time that an event or a callback was sent.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// The event.
    pub event_id: String,
    /// When, in ms.
    pub at: i64,
    /// How long it took, in ms.
    pub took: i64,
    /// The address, or the connection.
    pub target: String,
    /// What became of it, in a word.
    pub outcome: String,
    /// The status of the answer, if there was one.
    pub status: Option<i64>,
    /// What came back, if anything.
    pub answer: Option<String>,
}

/// What an app was owed and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Events that arose.
    pub created: i64,
    /// Events that were taken.
    pub delivered: i64,
    /// Events that are on their way.
    pub pending: i64,
    /// Events that nobody took in time.
    pub expired: i64,
}

const COLUMNS: &str = "id, event_id, app, event_type, lane, body, state, attempts, due_at, created_at";

fn event(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        id: row.get(0)?,
        event_id: row.get(1)?,
        app: row.get(2)?,
        event_type: row.get(3)?,
        lane: row.get(4)?,
        body: row.get(5)?,
        progress: Progress::new(row.get(6)?),
        attempts: row.get(7)?,
        due_at: row.get(8)?,
        created_at: row.get(9)?,
    })
}

impl View<'_> {
    /// Events of an app that can be sent now, the oldest first, but for those of some lanes.
    pub fn ready_events(
        &self,
        app: i64,
        except: &HashSet<String>,
        limit: usize,
    ) -> Result<Vec<OutboxRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE app = ?1 AND state = 0 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([app])?;
        let mut events = Vec::new();
        while events.len() < limit
            && let Some(row) = rows.next()?
        {
            // Asked for now and then only: passing over rows costs less than an index would at each event.
            if except.is_empty() || !except.contains(row.get_ref("lane")?.as_str().unwrap_or_default()) {
                events.push(event(row)?);
            }
        }
        Ok(events)
    }

    /// Whether a settled event arose before a time.
    pub fn has_old_events(&self, before: i64) -> Result<bool, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE state >= 2 AND created_at < ?1)")?;
        Ok(statement.query_row([before], |row| row.get(0))?)
    }

    /// Apps with events that waited until now.
    pub fn due_apps(&self, now: i64) -> Result<Vec<i64>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT app FROM outbox WHERE state = 1 AND due_at <= ?1")?;
        let apps = statement.query_map([now], |row| row.get(0))?;
        Ok(apps.collect::<Result<_, _>>()?)
    }

    /// Lanes of an app in which an event waits for its next attempt, each with when the last of them is due.
    pub fn waiting_lanes(&self, app: i64) -> Result<Vec<(String, i64)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT lane, max(due_at) FROM outbox WHERE state = 1 AND app = ?1 GROUP BY lane",
        )?;
        let rows = statement.query_map([app], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The event with this id.
    pub fn event(&self, event_id: &str) -> Result<Option<OutboxRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE event_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([event_id], event).optional()?)
    }

    /// Events of an app before a row, the newest first.
    pub fn events(&self, app: i64, before: i64, limit: i64) -> Result<Vec<OutboxRow>, Error> {
        let sql =
            format!("SELECT {COLUMNS} FROM outbox WHERE app = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([app, before, limit], event)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The attempts to deliver an event, the oldest first.
    pub fn attempts(&self, event_id: &str) -> Result<Vec<AttemptRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT event_id, at, took, target, outcome, status, answer FROM attempt WHERE event_id = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([event_id], |row| {
            Ok(AttemptRow {
                event_id: row.get(0)?,
                at: row.get(1)?,
                took: row.get(2)?,
                target: row.get(3)?,
                outcome: row.get(4)?,
                status: row.get(5)?,
                answer: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What an app was owed and what became of it.
    pub fn ledger(&self, app: i64) -> Result<Ledger, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT created, delivered, expired FROM ledger WHERE app = ?1")?;
        let ledger = statement.query_row([app], |row| {
            Ok(Ledger { created: row.get(0)?, delivered: row.get(1)?, expired: row.get(2)?, pending: 0 })
        });
        let mut pending = self
            .connection
            .prepare_cached("SELECT count(*) FROM outbox WHERE app = ?1 AND state IN (0, 1)")?;
        let pending = pending.query_row([app], |row| row.get(0))?;
        Ok(Ledger { pending, ..ledger.optional()?.unwrap_or_default() })
    }
}

impl Tx<'_> {
    /// Adds an event that can be sent as soon as this is on disk, and gives its row. `id`, `progress` and
    /// `attempts` are not used.
    pub fn insert_event(&self, event: &OutboxRow) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO outbox (event_id, app, event_type, lane, body, state, attempts, due_at, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?7)",
        )?;
        statement.execute(params![
            event.event_id,
            event.app,
            event.event_type,
            event.lane,
            event.body,
            event.due_at,
            event.created_at
        ])?;
        let id = self.connection.last_insert_rowid();
        self.enter(event.app, "created")?;
        self.tell(event.app);
        Ok(id)
    }

    /// Adds an event that was settled when it arose: a callback.
    pub fn insert_settled_event(&self, event: &OutboxRow, delivered: bool) -> Result<(), Error> {
        let id = self.insert_event(event)?;
        if delivered { self.event_delivered(id, event.app) } else { self.event_expired(id, event.app) }
    }

    /// Records an attempt.
    pub fn insert_attempt(&self, attempt: &AttemptRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO attempt (event_id, at, took, target, outcome, status, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        statement.execute(params![
            attempt.event_id,
            attempt.at,
            attempt.took,
            attempt.target,
            attempt.outcome,
            attempt.status,
            attempt.answer
        ])?;
        Ok(())
    }

    /// Marks an event as taken, unless it was before.
    pub fn event_delivered(&self, id: i64, app: i64) -> Result<(), Error> {
        if self.settle(id, Progress::Delivered)? { self.enter(app, "delivered") } else { Ok(()) }
    }

    /// Gives an event up after one more attempt that failed, unless it was settled before.
    pub fn event_expired(&self, id: i64, app: i64) -> Result<(), Error> {
        if self.settle(id, Progress::Expired)? { self.enter(app, "expired") } else { Ok(()) }
    }

    /// Lets an event wait for its next attempt.
    pub fn event_waits(&self, id: i64, attempts: i64, due_at: i64) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE outbox SET state = 1, attempts = ?2, due_at = ?3 WHERE id = ?1 AND state IN (0, 1)",
        )?;
        statement.execute([id, attempts, due_at])?;
        Ok(())
    }

    /// Makes ready whatever of an app waited until now.
    pub fn wake_events(&self, app: i64, now: i64) -> Result<usize, Error> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE outbox SET state = 0 WHERE state = 1 AND app = ?1 AND due_at <= ?2")?;
        Ok(statement.execute([app, now])?)
    }

    /// Sends an event again, whatever became of it: in a lane of its own, as nobody who asks for it wants it to wait
    /// for others. A settled one counts as a new one in the ledger.
    pub fn resend_event(&self, event: &OutboxRow, now: i64) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE outbox SET state = 0, attempts = 0, due_at = ?2, lane = event_id WHERE id = ?1",
            [event.id, now],
        )?;
        if matches!(event.progress, Progress::Delivered | Progress::Expired) {
            self.enter(event.app, "created")?;
        }
        self.tell(event.app);
        Ok(())
    }

    /// Forgets settled events that arose before a time, and their attempts, some at a time. Gives how many.
    pub fn forget_events(&self, before: i64, limit: i64) -> Result<usize, Error> {
        let old =
            "SELECT event_id FROM outbox WHERE state >= 2 AND created_at < ?1 ORDER BY created_at LIMIT ?2";
        let forget = format!("DELETE FROM attempt WHERE event_id IN ({old})");
        self.connection.prepare_cached(&forget)?.execute([before, limit])?;
        let forget = format!("DELETE FROM outbox WHERE event_id IN ({old})");
        Ok(self.connection.prepare_cached(&forget)?.execute([before, limit])?)
    }

    fn settle(&self, id: i64, progress: Progress) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE outbox SET state = ?2, attempts = attempts + ?3 WHERE id = ?1 AND state IN (0, 1)",
        )?;
        let failed = i64::from(progress == Progress::Expired);
        Ok(statement.execute([id, progress.column(), failed])? > 0)
    }

    fn enter(&self, app: i64, column: &str) -> Result<(), Error> {
        let one = |wanted: &str| i64::from(column == wanted);
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO ledger (app, created, delivered, expired) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET created = created + excluded.created,
                 delivered = delivered + excluded.delivered, expired = expired + excluded.expired",
        )?;
        statement.execute([app, one("created"), one("delivered"), one("expired")])?;
        Ok(())
    }
}
