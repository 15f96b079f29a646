//! What a worker has read of the outbox: events in lanes, each lane in order.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};

use larkspur_store::outbox::OutboxRow;

/// Events that a worker holds at once. The others stay on disk.
pub(crate) const HELD: usize = 1024;

/// Events of one type in one chat.
#[derive(Default)]
struct Lane {
    /// Events that can be sent, in order.
    waiting: VecDeque<Arc<OutboxRow>>,
    /// Events under way.
    flying: usize,
    /// The connection they are under way on.
    connection: Option<u64>,
    /// When the event that failed is due again, in ms: until then the others wait.
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

    /// Blocks a lane until a time, in ms.
    pub(crate) fn block(&mut self, lane: &str, until: i64) {
        let blocked = &mut self.lanes.entry(lane.to_owned()).or_default().blocked;
        *blocked = Some(blocked.unwrap_or_default().max(until));
    }

    /// Takes events in that the outbox gave. Gives those whose lane is blocked, with the time until when.
    pub(crate) fn take(&mut self, rows: Vec<OutboxRow>, now: i64) -> Vec<(Arc<OutboxRow>, i64)> {
        let mut later = Vec::new();
        for row in rows {
            if !self.held.insert(row.id) {
                continue;
            }
            let row = Arc::new(row);
            let lane = self.lanes.entry(row.lane.clone()).or_default();
            lane.blocked = lane.blocked.filter(|until| *until > now);
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

    /// Events that were under way are to be sent again, before all others of their lanes.
    pub(crate) fn again(&mut self, mut rows: Vec<Arc<OutboxRow>>) {
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        for row in rows {
            self.landed(&row);
            self.lanes.entry(row.lane.clone()).or_default().waiting.push_front(row);
        }
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
