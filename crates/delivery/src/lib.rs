//! Events on their way: from the outbox to a long connection or a webhook, and what came back.
//!
//! Each app has a worker: a task that reads what is ready, sends it, waits for the answers and writes down what
//! became of it. The outbox is the truth; a worker that starts anew reads it again, so whatever was not
//! written down as taken is sent once more. What wakes it up only makes it sooner.
//!
//! Events of one lane, that is of one type in one chat, arrive in order: while one is under way, the others of its
//! lane go over the same connection, and when one fails they wait with it.
//!
//! Sources: `/ukTMukTMukTM/uUTNz4SN1MjL1UzM` (time, retries, order) and what the official SDKs do.

mod connections;
mod lanes;
mod outcome;
mod webhook;
mod worker;

pub use worker::SERVICE_ID;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use larkspur_api::event::{Envelope, Kind};
use larkspur_dial::{Dialer, Reach};
use larkspur_domain::{Context, Failure, subscription::Mode};
use larkspur_push::{ClientConfig, Frame};
use larkspur_store::{Store, app::AppRow};
use tokio::{
    sync::{Notify, mpsc, oneshot, watch},
    task::JoinSet,
};

pub use connections::{ConnectionInfo, Cut, Outgoing};
pub use outcome::{Answer, NoAnswer};
use worker::Message;

/// What clients are told about staying connected. Small numbers, so that a restart costs a developer seconds and not
/// minutes.
pub const CLIENT_CONFIG: ClientConfig =
    ClientConfig { reconnect_count: -1, reconnect_interval: 2, reconnect_nonce: 1, ping_interval: 30 };

/// How long a receiver may take for an event or a callback.
pub const TIME: Duration = Duration::from_secs(3);

/// How long the check of an address may take.
const CHALLENGE_TIME: Duration = Duration::from_secs(1);

/// When events that failed are sent again, in ms after each failure.
const RETRIES: [i64; 4] = [15_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000];

/// How often the outbox is looked at for what is due and for what a wake-up missed.
const SWEEP: Duration = Duration::from_millis(500);

/// How long settled events are kept to be looked at, in ms: a week.
const KEPT: i64 = 7 * 24 * 60 * 60 * 1000;

/// Messages that may wait for a worker.
const INBOX: usize = 1024;

/// What all workers share.
struct Shared {
    store: Store,
    context: Arc<Context>,
    dialer: Dialer,
    stop: watch::Receiver<bool>,
}

/// Delivers the events of all apps. Clones share it.
#[derive(Clone)]
pub struct Delivery {
    shared: Arc<Shared>,
    workers: Arc<Mutex<HashMap<i64, Worker>>>,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

/// The way to the worker of an app.
#[derive(Clone)]
struct Worker {
    inbox: mpsc::Sender<Message>,
    wake: Arc<Notify>,
}

impl Delivery {
    /// Starts to deliver. It ends when `stop` is set.
    pub async fn start(
        store: Store,
        context: Arc<Context>,
        stop: watch::Receiver<bool>,
    ) -> Result<Self, StartError> {
        // Receivers run on the developer's own machine.
        let dialer = Dialer::new(Reach::Loopback)?;
        let shared = Arc::new(Shared { store, context, dialer, stop });
        let delivery = Self { shared, workers: Arc::default(), tasks: Arc::default() };
        for app in delivery.shared.store.read::<_, Failure>(|view| Ok(view.apps()?)).await? {
            delivery.worker(app.id);
        }
        let workers = Arc::clone(&delivery.workers);
        delivery.shared.store.on_events(move |apps| {
            let workers = lock(&workers);
            apps.iter().filter_map(|app| workers.get(app)).for_each(|worker| worker.wake.notify_one());
        });
        lock(&delivery.tasks).spawn(sweep(delivery.clone()));
        Ok(delivery)
    }

    /// Returns when it has ended, after `stop` was set, and all that was answered is on disk.
    pub async fn ended(&self) {
        let mut tasks = std::mem::take(&mut *lock(&self.tasks));
        while tasks.join_next().await.is_some() {}
    }

    /// There is a new app.
    pub fn add(&self, app: i64) {
        self.worker(app);
    }

    /// Something changed: a subscription, or what is due.
    pub fn wake(&self) {
        for worker in lock(&self.workers).values() {
            worker.wake.notify_one();
        }
    }

    /// Takes a connection of an app in. `None` if it has as many as it may.
    ///
    /// `device_id` is its name in logs of both sides. What is to go out comes through `outgoing`, until the connection
    /// is cut.
    pub async fn connect(
        &self,
        app: i64,
        device_id: String,
        outgoing: mpsc::Sender<Outgoing>,
    ) -> Option<(Connection, Cut)> {
        let (reply, connected) = oneshot::channel();
        let inbox = self.worker(app).inbox;
        inbox.send(Message::Connect { device_id, outgoing, reply }).await.ok()?;
        let (number, cut) = connected.await.ok().flatten()?;
        Some((Connection { number, inbox }, cut))
    }

    /// The connections of an app, the oldest first.
    pub async fn connections(&self, app: i64) -> Vec<ConnectionInfo> {
        let (reply, listed) = oneshot::channel();
        let _ = self.worker(app).inbox.send(Message::List { reply }).await;
        listed.await.unwrap_or_default()
    }

    /// Cuts connections of an app: one, or all. Gives how many there were.
    pub async fn kick(&self, app: i64, device_id: Option<String>) -> usize {
        let (reply, kicked) = oneshot::channel();
        let _ = self.worker(app).inbox.send(Message::Kick { device_id, reply }).await;
        kicked.await.unwrap_or_default()
    }

    /// Asks an app, and gives its answer. A callback is asked once.
    pub async fn ask(&self, app: i64, envelope: &Envelope) -> Result<Answer, NoAnswer> {
        let Some(row) = self.shared.context.apps.get(app) else { return Err(NoAnswer::NoAddress) };
        let app = row.home();
        let body = Bytes::from(envelope.to_json().to_string());
        let began = self.shared.context.now();
        let clock = tokio::time::Instant::now();
        let old = envelope.header.event_type == "card.action.trigger_v1";
        let (target, answer) = if old || row.subscription.mode(Kind::Callback) == Mode::Webhook {
            match row.subscription.url(Kind::Callback) {
                None => ("none".to_owned(), Err(NoAnswer::NoAddress)),
                Some(url) => {
                    let seal = if old { webhook::Seal::OldCard } else { webhook::Seal::Event };
                    let posted = webhook::post(&self.shared, &row.row, seal, url, &body).await;
                    (url.to_owned(), posted.and_then(Answer::from_webhook))
                }
            }
        } else {
            let (reply, answered) = oneshot::channel();
            let _ = self.worker(app).inbox.send(Message::Ask { body: body.clone(), reply }).await;
            answered.await.unwrap_or_else(|_| ("none".to_owned(), Err(NoAnswer::NoConnection)))
        };
        let took = i64::try_from(clock.elapsed().as_millis()).unwrap_or(i64::MAX);
        outcome::record_callback(&self.shared, app, envelope, body, began, took, target, &answer).await;
        answer
    }

    /// Checks an address as the developer console does when it is saved: it must echo a challenge within a second.
    pub async fn challenge(&self, app: &AppRow, url: &str) -> Result<(), NoAnswer> {
        webhook::challenge(&self.shared, app, url, CHALLENGE_TIME).await
    }

    fn worker(&self, app: i64) -> Worker {
        let mut workers = lock(&self.workers);
        let worker = workers.entry(app).or_insert_with(|| {
            let (inbox, messages) = mpsc::channel(INBOX);
            let wake = Arc::new(Notify::new());
            let run = worker::run(Arc::clone(&self.shared), app, messages, Arc::clone(&wake));
            lock(&self.tasks).spawn(run);
            Worker { inbox, wake }
        });
        worker.clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why nothing can be delivered.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no TLS.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Failure),
}

/// A connection that a worker knows. When it is dropped, what was under way on it goes over another.
pub struct Connection {
    number: u64,
    inbox: mpsc::Sender<Message>,
}

impl Connection {
    /// A frame with an answer came in.
    pub async fn answered(&self, frame: Frame) {
        let _ = self.inbox.send(Message::Answered { connection: self.number, frame }).await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let (inbox, number) = (self.inbox.clone(), self.number);
        if let Err(mpsc::error::TrySendError::Full(message)) = inbox.try_send(Message::Disconnect(number)) {
            tokio::spawn(async move { inbox.send(message).await });
        }
    }
}

/// Tells the workers what is due, wakes them to look for what a wake-up missed, and forgets what is old.
async fn sweep(delivery: Delivery) {
    let Shared { store, context, stop, .. } = delivery.shared.as_ref();
    let mut stop = stop.clone();
    loop {
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
        let now = context.now();
        let found =
            store.read::<_, Failure>(move |view| Ok((view.due_apps(now)?, view.has_old_events(now - KEPT)?)));
        let swept = match found.await {
            Ok((due, old)) => {
                for app in due {
                    // Whoever has too much to do is told the next time.
                    let _ = delivery.worker(app).inbox.try_send(Message::Due);
                }
                match old {
                    true => {
                        store.write::<_, Failure>(move |tx| Ok(tx.forget_events(now - KEPT, 1000)?)).await
                    }
                    false => Ok(0),
                }
            }
            Err(error) => Err(error),
        };
        if let Err(error) = swept {
            tracing::warn!(%error, "the outbox cannot be looked at");
        }
        delivery.wake();
    }
}
