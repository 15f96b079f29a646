//! What a worker has read of the outbox: events in lanes, each lane in order.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};

use larkspur_store::outbox::OutboxRow;

/// Events that a worker reads at once, and about as many as it holds. The others stay on disk.
pub(crate) const HELD: usize = 1024;

/// The most events it holds, where some lanes are slow and others are to get past them.
const MOST_HELD: usize = 4 * HELD;

/// Events waiting in one lane from which on the lane is slow.
const SLOW: usize = 64;

/// Events of one type in one chat.
#[derive(Default)]
struct Lane {
    /// Events that can be sent, in order.
    waiting: VecDeque<Arc<OutboxRow>>,
    /// Events under way.
    flying: usize,
    /// The connection they are under way on.
    connection: Option<u64>,
    /// When the event that failed is due again, in ms: until it is made ready the others wait.
    blocked: Option<i64>,
}

/// All lanes of one app.
#[derive(Default)]
pub(crate) struct Lanes {
    lanes: HashMap<String, Lane>,
    /// Rows that were read and not yet written down as settled: the outbox still gives them.
    held: HashSet<i64>,
}

impl Lanes {
    /// Whether there is room for more.
    pub(crate) fn has_room(&self) -> bool {
        self.held.len() <= HELD / 2
    }

    /// Whether there is room for events of other lanes than the slow ones.
    pub(crate) fn has_room_beside(&self) -> bool {
        self.held.len() < MOST_HELD
    }

    /// The lanes that have enough to go on with.
    pub(crate) fn slow(&self) -> HashSet<String> {
        let slow = self.lanes.iter().filter(|(_, lane)| lane.waiting.len() >= SLOW);
        slow.map(|(name, _)| name.clone()).collect()
    }

    /// Blocks a lane until a time, in ms.
    pub(crate) fn block(&mut self, lane: &str, until: i64) {
        let blocked = &mut self.lanes.entry(lane.to_owned()).or_default().blocked;
        *blocked = Some(blocked.unwrap_or_default().max(until));
    }

    /// Whether a lane is to be made ready.
    pub(crate) fn is_due(&self, now: i64) -> bool {
        self.lanes.values().any(|lane| lane.blocked.is_some_and(|until| until <= now))
    }

    /// Whatever was due by then is ready again.
    pub(crate) fn unblock(&mut self, then: i64) {
        for lane in self.lanes.values_mut() {
            lane.blocked = lane.blocked.filter(|until| *until > then);
        }
    }

    /// Takes events in that the outbox gave. Gives those whose lane is blocked, with the time until when.
    pub(crate) fn take(&mut self, rows: Vec<OutboxRow>, now: i64) -> Vec<(Arc<OutboxRow>, i64)> {
        let mut later = Vec::new();
        for row in rows {
            if self.held.contains(&row.id) {
                continue;
            }
            let lane = self.lanes.entry(row.lane.clone()).or_default();
            // The older ones of the lane are about to be made ready: this one is read again with them.
            if lane.blocked.is_some_and(|until| until <= now) {
                continue;
            }
            self.held.insert(row.id);
            let row = Arc::new(row);
            match lane.blocked {
                Some(until) => later.push((row, until)),
                None => lane.waiting.push_back(row),
            }
        }
        later
    }

    /// The next event to send of each lane, for as long as `send` takes them.
    ///
    /// `send` gets the event and the connection that the lane is bound to, and gives the one it went over. One by one
    /// (`serial`), the next event of a lane waits until the one before it was answered.
    pub(crate) fn pump(
        &mut self,
        serial: bool,
        mut send: impl FnMut(&Arc<OutboxRow>, Option<u64>) -> Option<u64>,
    ) {
        self.lanes.retain(|_, lane| {
            while let Some(row) = lane.waiting.front() {
                if serial && lane.flying > 0 {
                    break;
                }
                let bound = lane.connection.filter(|_| lane.flying > 0);
                let Some(connection) = send(row, bound) else { break };
                lane.connection = Some(connection);
                lane.flying += 1;
                lane.waiting.pop_front();
            }
            lane.flying > 0 || !lane.waiting.is_empty() || lane.blocked.is_some()
        });
    }

    /// An event that was under way is so no more.
    pub(crate) fn landed(&mut self, row: &OutboxRow) {
        if let Some(lane) = self.lanes.get_mut(&row.lane) {
            lane.flying = lane.flying.saturating_sub(1);
        }
    }

    /// Events that were under way are to be sent again, before all others of their lanes. Gives those whose lane was
    /// blocked in the meantime, with the time until when.
    pub(crate) fn again(&mut self, mut rows: Vec<Arc<OutboxRow>>, now: i64) -> Vec<(Arc<OutboxRow>, i64)> {
        let mut later = Vec::new();
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        for row in rows {
            self.landed(&row);
            let lane = self.lanes.entry(row.lane.clone()).or_default();
            match lane.blocked {
                Some(until) if until > now => later.push((row, until)),
                // On disk it is ready: it is read again with the older ones of the lane.
                Some(_) => drop(self.held.remove(&row.id)),
                None => lane.waiting.push_front(row),
            }
        }
        later
    }

    /// An event failed and is due again later: the others of its lane wait with it. Gives them.
    pub(crate) fn fail(&mut self, row: &OutboxRow, until: i64) -> Vec<Arc<OutboxRow>> {
        self.block(&row.lane, until);
        self.lanes.get_mut(&row.lane).map(|lane| lane.waiting.drain(..).collect()).unwrap_or_default()
    }

    /// What became of these events is written down: they may be read again.
    pub(crate) fn written(&mut self, ids: &[i64]) {
        for id in ids {
            self.held.remove(id);
        }
    }
}
