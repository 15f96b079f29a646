//! The long connections of one app.

use bytes::Bytes;
use larkspur_domain::Context;
use larkspur_push::discovery::MAX_CONNECTIONS;
use tokio::sync::{mpsc, oneshot};

/// Events and callbacks that may be under way on one connection.
pub(crate) const IN_FLIGHT: usize = 128;

/// What goes out over a connection.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A frame.
    Frame(Bytes),
    /// A part of an event, to be followed by a pause: some clients lose parts that come back to back.
    Fragment(Bytes),
}

/// A connection, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionInfo {
    /// Its name in logs of both sides.
    pub device_id: String,
    /// When it was opened, in ms.
    pub connected_at: i64,
    /// Events and callbacks under way on it.
    pub in_flight: usize,
}

/// A connection.
pub(crate) struct Connection {
    pub(crate) number: u64,
    pub(crate) info: ConnectionInfo,
    pub(crate) outgoing: mpsc::Sender<Outgoing>,
    /// Whether it left the last thing unanswered that it should have answered by now.
    pub(crate) silent: bool,
    /// Dropped, it cuts the connection.
    _open: oneshot::Sender<()>,
}

/// Tells when a connection is to end.
pub struct Cut(oneshot::Receiver<()>);

impl Cut {
    /// Returns when the connection is to end.
    pub async fn done(self) {
        let _ = self.0.await;
    }
}

/// The connections of one app, the oldest first.
#[derive(Default)]
pub(crate) struct Connections {
    open: Vec<Connection>,
    opened: u64,
}

impl Connections {
    /// Takes one in, unless there are as many as there may be.
    pub(crate) fn open(
        &mut self,
        now: i64,
        device_id: String,
        outgoing: mpsc::Sender<Outgoing>,
    ) -> Option<(u64, Cut)> {
        if self.open.len() >= MAX_CONNECTIONS {
            return None;
        }
        self.opened += 1;
        let info = ConnectionInfo { device_id, connected_at: now, in_flight: 0 };
        let (open, cut) = oneshot::channel();
        self.open.push(Connection { number: self.opened, info, outgoing, silent: false, _open: open });
        Some((self.opened, Cut(cut)))
    }

    pub(crate) fn close(&mut self, number: u64) {
        self.open.retain(|connection| connection.number != number);
    }

    pub(crate) fn get(&mut self, number: u64) -> Option<&mut Connection> {
        self.open.iter_mut().find(|connection| connection.number == number)
    }

    /// One that can take more, chosen at random; one that answers, if there is one.
    pub(crate) fn any(&mut self, context: &Context) -> Option<&mut Connection> {
        let silent = !self.open.iter().any(|connection| connection.is_free() && !connection.silent);
        let fit = |connection: &Connection| connection.is_free() && connection.silent == silent;
        let chosen = match self.open.iter().filter(|connection| fit(connection)).count() {
            0 | 1 => 0,
            count => usize::from_str_radix(&context.hex(4), 16).unwrap_or_default() % count,
        };
        self.open.iter_mut().filter(|connection| fit(connection)).nth(chosen)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    pub(crate) fn list(&self) -> Vec<ConnectionInfo> {
        self.open.iter().map(|connection| connection.info.clone()).collect()
    }

    /// The numbers of one, or of all.
    pub(crate) fn numbers(&self, device_id: Option<&str>) -> Vec<u64> {
        let wanted = |one: &&Connection| device_id.is_none_or(|wanted| wanted == one.info.device_id);
        self.open.iter().filter(wanted).map(|one| one.number).collect()
    }
}

impl Connection {
    /// Whether it can take another event: a slow reader does not make the platform grow.
    pub(crate) fn is_free(&self) -> bool {
        self.info.in_flight < IN_FLIGHT && self.outgoing.capacity() > 0
    }
}
