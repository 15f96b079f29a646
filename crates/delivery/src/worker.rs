//! The one task that delivers the events of an app.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};

use bytes::Bytes;
use larkspur_api::event::Kind;
use larkspur_domain::{Failure, subscription::Mode};
use larkspur_push::{
    Ack, Frame,
    frame::{MAX_PAYLOAD, header},
};
use larkspur_store::outbox::{AttemptRow, OutboxRow};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    task::JoinSet,
    time::Instant,
};

use crate::{
    Answer, ConnectionInfo, NoAnswer, Outgoing, RETRIES, SWEEP, Shared, TIME,
    connections::{Connections, Cut},
    lanes::{HELD, Lanes},
    outcome::{self, Came},
    webhook::{self, Seal},
};

/// Requests to the address of an app that are under way at once.
const POSTS: usize = 32;

/// Messages that are looked at together.
const BATCH: usize = 256;

/// What a worker is told.
pub(crate) enum Message {
    Connect {
        device_id: String,
        outgoing: mpsc::Sender<Outgoing>,
        reply: oneshot::Sender<Option<(u64, Cut)>>,
    },
    Disconnect(u64),
    Answered {
        connection: u64,
        frame: Frame,
    },
    Ask {
        body: Bytes,
        reply: Asked,
    },
    List {
        reply: oneshot::Sender<Vec<ConnectionInfo>>,
    },
    Kick {
        device_id: Option<String>,
        reply: oneshot::Sender<usize>,
    },
    /// Events are due.
    Due,
}

/// Who waits for the answer to a callback: the connection it went over, and the answer.
type Asked = oneshot::Sender<(String, Result<Answer, NoAnswer>)>;

/// Something under way on a connection.
struct Flight {
    connection: u64,
    device_id: String,
    cargo: Cargo,
    /// When it was sent, in ms.
    at: i64,
    clock: Instant,
}

enum Cargo {
    Event(Arc<OutboxRow>),
    Callback(Asked),
}

/// What is to be written down of an event.
struct Written {
    row: Arc<OutboxRow>,
    attempt: Option<AttemptRow>,
    then: Then,
}

enum Then {
    Delivered,
    Expired,
    Waits { attempts: i64, due_at: i64 },
    Again,
}

/// What was written down.
struct Done {
    /// Rows that may be read again.
    ids: Vec<i64>,
    /// What was due by then was made ready.
    woken: Option<i64>,
}

/// A post that ended.
struct Posted {
    row: Arc<OutboxRow>,
    url: String,
    at: i64,
    clock: Instant,
    came: Result<Came, NoAnswer>,
}

struct Worker {
    shared: Arc<Shared>,
    app: i64,
    lanes: Lanes,
    connections: Connections,
    flights: HashMap<String, Flight>,
    /// When flights are late, the earliest first.
    deadlines: VecDeque<(Instant, String)>,
    posts: JoinSet<Posted>,
    unwritten: Vec<Written>,
    /// Whether the outbox may hold events that were not read.
    more: bool,
    /// When it was read last.
    read_at: Instant,
    /// Whether something is to be made ready.
    due: bool,
}

/// Delivers the events of an app until the platform stops.
pub(crate) async fn run(
    shared: Arc<Shared>,
    app: i64,
    mut inbox: mpsc::Receiver<Message>,
    wake: Arc<Notify>,
) {
    let mut stop = shared.stop.clone();
    let mut worker = Worker {
        shared,
        app,
        lanes: Lanes::default(),
        connections: Connections::default(),
        flights: HashMap::new(),
        deadlines: VecDeque::new(),
        posts: JoinSet::new(),
        unwritten: Vec::new(),
        more: true,
        read_at: Instant::now(),
        due: false,
    };
    worker.recall_blocked_lanes().await;
    let mut writing = JoinSet::new();
    let mut messages = Vec::with_capacity(BATCH);
    loop {
        if worker.more && worker.can_send() && worker.may_load() {
            worker.load().await;
        }
        worker.pump();
        if writing.is_empty() {
            // One write after the other, so that all events of a lane wait before the lane is made ready.
            let wake = std::mem::take(&mut worker.due).then(|| worker.shared.context.now());
            if wake.is_some() || !worker.unwritten.is_empty() {
                let unwritten = std::mem::take(&mut worker.unwritten);
                writing.spawn(write(Arc::clone(&worker.shared), app, unwritten, wake));
            }
        }
        let late = worker.deadlines.front().map(|(at, _)| *at);
        tokio::select! {
            _ = stop.wait_for(|stopped| *stopped) => break,
            count = inbox.recv_many(&mut messages, BATCH) => {
                if count == 0 {
                    break;
                }
                for message in messages.drain(..) {
                    worker.receive(message);
                }
            }
            () = wake.notified() => worker.look(),
            Some(Ok(posted)) = worker.posts.join_next() => worker.posted(posted),
            Some(Ok(done)) = writing.join_next() => worker.written(&done),
            () = tokio::time::sleep_until(late.unwrap_or_else(Instant::now)), if late.is_some() => worker.expire_flights(),
        }
    }
    // What was answered before the end is not sent again after it.
    inbox.close();
    while let Ok(message) = inbox.try_recv() {
        worker.receive(message);
    }
    while let Some(Ok(posted)) = worker.posts.try_join_next() {
        worker.posted(posted);
    }
    worker.posts.abort_all();
    while let Some(done) = writing.join_next().await {
        drop(done);
    }
    if !worker.unwritten.is_empty() {
        write(worker.shared, app, worker.unwritten, None).await;
    }
}

impl Worker {
    /// After a restart, lanes in which an event waits for its next attempt are still blocked.
    async fn recall_blocked_lanes(&mut self) {
        let app = self.app;
        let lanes = self.shared.store.read::<_, Failure>(move |view| Ok(view.waiting_lanes(app)?)).await;
        for (lane, until) in lanes.unwrap_or_default() {
            self.lanes.block(&lane, until);
        }
    }

    /// How events reach the app, and where they are posted to.
    fn way(&self) -> Option<(Mode, Option<String>)> {
        let app = self.shared.context.apps.get(self.app)?;
        let url = app.subscription.url(Kind::Event).map(str::to_owned);
        Some((app.subscription.mode(Kind::Event), url))
    }

    fn can_send(&self) -> bool {
        match self.way() {
            Some((Mode::LongConnection, _)) => !self.connections.is_empty(),
            Some((Mode::Webhook, url)) => url.is_some(),
            None => false,
        }
    }

    /// Whether there is room for more. Slow lanes may fill it all: past them it is looked now and then.
    fn may_load(&self) -> bool {
        self.lanes.has_room() || (self.lanes.has_room_beside() && self.read_at.elapsed() >= SWEEP)
    }

    /// There may be something to do.
    fn look(&mut self) {
        self.more = true;
        self.due |= self.lanes.is_due(self.shared.context.now());
    }

    async fn load(&mut self) {
        let app = self.app;
        let slow = if self.lanes.has_room() { HashSet::new() } else { self.lanes.slow() };
        let passed_over = !slow.is_empty();
        self.read_at = Instant::now();
        let rows =
            self.shared.store.read::<_, Failure>(move |view| Ok(view.ready_events(app, &slow, HELD)?)).await;
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "the outbox cannot be read");
                self.more = false;
                return;
            }
        };
        self.more = passed_over || rows.len() == HELD;
        let later = self.lanes.take(rows, self.shared.context.now());
        self.put_off(later);
    }

    /// Lets events wait that did not fail themselves.
    fn put_off(&mut self, rows: impl IntoIterator<Item = (Arc<OutboxRow>, i64)>) {
        self.unwritten.extend(rows.into_iter().map(|(row, due_at)| {
            let attempts = row.attempts;
            Written { row, attempt: None, then: Then::Waits { attempts, due_at } }
        }));
    }

    fn pump(&mut self) {
        match self.way() {
            Some((Mode::LongConnection, _)) => self.pump_connections(),
            Some((Mode::Webhook, Some(url))) => self.pump_webhook(&url),
            _ => {}
        }
    }

    fn pump_connections(&mut self) {
        let Self { lanes, connections, flights, deadlines, shared, .. } = self;
        if connections.is_empty() {
            return;
        }
        lanes.pump(false, |row, bound| {
            let connection = match bound {
                Some(number) => connections.get(number).filter(|connection| connection.is_free())?,
                None => connections.any(&shared.context)?,
            };
            let body = Bytes::copy_from_slice(row.body.as_bytes());
            let message_id = send(shared, connection, body)?;
            let flight = Flight {
                connection: connection.number,
                device_id: connection.info.device_id.clone(),
                cargo: Cargo::Event(Arc::clone(row)),
                at: shared.context.now(),
                clock: Instant::now(),
            };
            deadlines.push_back((flight.clock + TIME, message_id.clone()));
            flights.insert(message_id, flight);
            Some(connection.number)
        });
    }

    fn pump_webhook(&mut self, url: &str) {
        let Some(app) = self.shared.context.apps.get(self.app) else { return };
        let Self { lanes, posts, shared, .. } = self;
        lanes.pump(true, |row, _| {
            if posts.len() >= POSTS {
                return None;
            }
            let (shared, app, row, url) =
                (Arc::clone(shared), Arc::clone(&app), Arc::clone(row), url.to_owned());
            posts.spawn(async move {
                let (at, clock) = (shared.context.now(), Instant::now());
                let body = Bytes::copy_from_slice(row.body.as_bytes());
                let came = webhook::post(&shared, &app.row, Seal::Event, &url, &body).await;
                Posted { row, url, at, clock, came }
            });
            // Posts have no connection to be bound to.
            Some(0)
        });
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Connect { device_id, outgoing, reply } => {
                let opened = self.connections.open(self.shared.context.now(), device_id, outgoing);
                // Whoever asked may have gone in the meantime.
                if let Err(Some((number, _))) = reply.send(opened) {
                    self.connections.close(number);
                }
                self.more = true;
            }
            Message::Disconnect(number) => self.disconnected(number),
            Message::Answered { connection, frame } => self.answered(connection, &frame),
            Message::Ask { body, reply } => self.ask(body, reply),
            Message::List { reply } => {
                let _ = reply.send(self.connections.list());
            }
            Message::Kick { device_id, reply } => {
                let cut = self.connections.numbers(device_id.as_deref());
                cut.iter().for_each(|number| self.disconnected(*number));
                let _ = reply.send(cut.len());
            }
            Message::Due => self.due = true,
        }
    }

    fn ask(&mut self, body: Bytes, reply: Asked) {
        let Self { connections, flights, deadlines, shared, .. } = self;
        let any_open = !connections.is_empty();
        let sent = connections.any(&shared.context).and_then(|connection| {
            let message_id = send(shared, connection, body)?;
            Some((message_id, connection.number, connection.info.device_id.clone()))
        });
        let Some((message_id, connection, device_id)) = sent else {
            let busy = || NoAnswer::Broken("every long connection has all it can take".to_owned());
            let no_answer = if any_open { busy() } else { NoAnswer::NoConnection };
            let _ = reply.send(("none".to_owned(), Err(no_answer)));
            return;
        };
        let clock = Instant::now();
        let flight =
            Flight { connection, device_id, cargo: Cargo::Callback(reply), at: shared.context.now(), clock };
        deadlines.push_back((clock + TIME, message_id.clone()));
        flights.insert(message_id, flight);
    }

    fn answered(&mut self, connection: u64, frame: &Frame) {
        if let Some(connection) = self.connections.get(connection) {
            connection.silent = false;
        }
        // Acks are matched by message_id: the Node SDK rounds the other numbers. One that comes twice, late, or over
        // another connection matches nothing.
        let Some(message_id) = frame.header(header::MESSAGE_ID) else { return };
        if self.flights.get(message_id).is_none_or(|flight| flight.connection != connection) {
            return;
        }
        let Some(flight) = self.flights.remove(message_id) else { return };
        let came = match Ack::parse(frame.payload.as_deref().unwrap_or_default()) {
            Ok(ack) => Ok(Came { status: ack.code, body: ack.data.unwrap_or_default().into() }),
            Err(error) => Err(NoAnswer::Malformed { status: None, body: error.to_string() }),
        };
        self.landed(flight, came);
    }

    fn disconnected(&mut self, number: u64) {
        self.connections.close(number);
        let lost: Vec<String> = self
            .flights
            .iter()
            .filter(|(_, flight)| flight.connection == number)
            .map(|(message_id, _)| message_id.clone())
            .collect();
        let mut again = HashMap::new();
        let broken = || NoAnswer::Broken("the long connection was closed".to_owned());
        for message_id in lost {
            let Some(flight) = self.flights.remove(&message_id) else { continue };
            match flight.cargo {
                // Whether it was handled nobody knows: it goes out again at once, under the same event_id.
                Cargo::Event(row) => {
                    let attempt = attempt(&row, flight.at, flight.clock, flight.device_id, &Err(broken()));
                    again.insert(row.id, Written { row, attempt: Some(attempt), then: Then::Again });
                }
                Cargo::Callback(reply) => {
                    let _ = reply.send((flight.device_id, Err(broken())));
                }
            }
        }
        let rows = again.values().map(|one| Arc::clone(&one.row)).collect();
        for (row, due_at) in self.lanes.again(rows, self.shared.context.now()) {
            if let Some(one) = again.get_mut(&row.id) {
                one.then = Then::Waits { attempts: row.attempts, due_at };
            }
        }
        self.unwritten.extend(again.into_values());
    }

    fn expire_flights(&mut self) {
        let now = Instant::now();
        while let Some((at, message_id)) = self.deadlines.front()
            && *at <= now
        {
            let flight = self.flights.remove(message_id);
            self.deadlines.pop_front();
            if let Some(flight) = flight {
                if let Some(connection) = self.connections.get(flight.connection) {
                    connection.silent = true;
                }
                self.landed(flight, Err(NoAnswer::Late));
            }
        }
    }

    /// A flight ended with an answer, or without one in time.
    fn landed(&mut self, flight: Flight, came: Result<Came, NoAnswer>) {
        if let Some(connection) = self.connections.get(flight.connection) {
            connection.info.in_flight = connection.info.in_flight.saturating_sub(1);
        }
        match flight.cargo {
            Cargo::Event(row) => {
                let attempt = attempt(&row, flight.at, flight.clock, flight.device_id, &came);
                self.settle(row, attempt, &came);
            }
            Cargo::Callback(reply) => {
                let _ = reply.send((flight.device_id, came.and_then(Answer::from_ack)));
            }
        }
    }

    fn posted(&mut self, posted: Posted) {
        let Posted { row, url, at, clock, came } = posted;
        let attempt = attempt(&row, at, clock, url, &came);
        self.settle(row, attempt, &came);
    }

    /// Decides what becomes of an event after an attempt.
    fn settle(&mut self, row: Arc<OutboxRow>, attempt: AttemptRow, came: &Result<Came, NoAnswer>) {
        self.lanes.landed(&row);
        let then = match outcome::taken(came) {
            Ok(_) => Then::Delivered,
            Err(_) => match usize::try_from(row.attempts).ok().and_then(|failed| RETRIES.get(failed)) {
                None => Then::Expired,
                Some(wait) => {
                    let due_at = self.shared.context.now() + wait;
                    let others = self.lanes.fail(&row, due_at);
                    self.put_off(others.into_iter().map(|other| (other, due_at)));
                    Then::Waits { attempts: row.attempts + 1, due_at }
                }
            },
        };
        self.unwritten.push(Written { row, attempt: Some(attempt), then });
    }

    fn written(&mut self, done: &Done) {
        self.lanes.written(&done.ids);
        if let Some(then) = done.woken {
            self.lanes.unblock(then);
            self.more = true;
        }
    }
}

/// Sends a body over a connection that is free. Gives the `message_id` that its answer will carry.
fn send(shared: &Shared, connection: &mut crate::connections::Connection, body: Bytes) -> Option<String> {
    let message_id = shared.context.hex(32);
    let service = SERVICE_ID;
    let frame = Frame::event(service, &message_id, &message_id, body);
    if frame.payload.as_ref().is_none_or(|payload| payload.len() <= MAX_PAYLOAD) {
        connection.outgoing.try_send(Outgoing::Frame(frame.encode())).ok()?;
    } else {
        for fragment in frame.split(MAX_PAYLOAD) {
            connection.outgoing.try_send(Outgoing::Fragment(fragment.encode())).ok()?;
        }
    }
    connection.info.in_flight += 1;
    Some(message_id)
}

/// The number that clients put into their pings.
pub const SERVICE_ID: i32 = 33_554_678;

fn attempt(
    row: &OutboxRow,
    at: i64,
    clock: Instant,
    target: String,
    came: &Result<Came, NoAnswer>,
) -> AttemptRow {
    let took = i64::try_from(clock.elapsed().as_millis()).unwrap_or(i64::MAX);
    outcome::attempt(row.event_id.clone(), at, took, target, came)
}

/// Writes down what became of events, and then makes ready what is due, if it is time for that.
async fn write(shared: Arc<Shared>, app: i64, all: Vec<Written>, wake: Option<i64>) -> Done {
    // An event that is sent again at once is still held.
    let ids = all.iter().filter(|one| !matches!(one.then, Then::Again)).map(|one| one.row.id).collect();
    let written = shared.store.write::<_, Failure>(move |tx| {
        for one in &all {
            if let Some(attempt) = &one.attempt {
                tx.insert_attempt(attempt)?;
            }
            match one.then {
                Then::Delivered => tx.event_delivered(one.row.id, app)?,
                Then::Expired => tx.event_expired(one.row.id, app)?,
                Then::Waits { attempts, due_at } => tx.event_waits(one.row.id, attempts, due_at)?,
                Then::Again => {}
            }
        }
        if let Some(now) = wake {
            tx.wake_events(app, now)?;
        }
        Ok(())
    });
    match written.await {
        Ok(()) => Done { ids, woken: wake },
        Err(error) => {
            // They are read and sent once more: better twice than never.
            tracing::error!(%error, "what became of events cannot be written down");
            Done { ids, woken: None }
        }
    }
}
