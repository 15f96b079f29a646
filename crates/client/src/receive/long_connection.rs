//! The long connection: events without a public address.

use std::time::Duration;

use tokio::{sync::watch, task::JoinHandle, time::Instant};

use super::{
    Dispatcher,
    pace::Pace,
    session::{self, End, Stop},
    socket::{self, Address, NotOpen, Socket},
};
use crate::client::Client;

/// How long handlers are waited for when a connection is to stop.
const GRACE: Duration = Duration::from_millis(800);

/// What the end of a connection may take beyond that.
const MARGIN: Duration = Duration::from_millis(150);

/// A long connection that is kept up: opened, watched, and opened again when it is lost.
///
/// Only apps that a tenant made for itself have them, at most 50 at a time. Each event goes to one of them,
/// chosen by the platform, and not to all.
///
/// A connection counts as lost when nothing has come over it for two ping intervals. It is taken up again as the
/// platform says (`ClientConfig`); what has not been acknowledged comes again.
pub struct LongConnection {
    client: Client,
    dispatcher: Dispatcher,
}

/// How a long connection is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It is being opened.
    Connecting,
    /// It is open.
    Connected {
        /// What the platform calls it: `device_id`.
        conn_id: String,
    },
    /// It is opened again after a while.
    Reconnecting {
        /// Which try it will be, from 1.
        attempt: u32,
        /// How long that while is.
        after: Duration,
        /// Why it was lost or did not open.
        why: String,
    },
    /// It was stopped.
    Stopped,
    /// It cannot be opened, and is not tried again.
    Failed(ConnectionError),
}

/// Why a long connection cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectionError {
    /// The platform refuses it, and says that trying again does not help.
    #[error("the platform refuses the long connection: {code}: {msg}{hint}", hint = hint(*code))]
    Refused {
        /// The `code`.
        code: i64,
        /// The `msg`.
        msg: String,
    },
    /// It was tried as often as the platform allows (`ReconnectCount`).
    #[error("the long connection did not open in {attempts} tries: {why}")]
    GaveUp {
        /// How often it was tried.
        attempts: u32,
        /// Why the last try failed.
        why: String,
    },
    /// The client is not made for it.
    #[error("{0}")]
    Config(String),
}

/// A long connection at work. It stops when this is dropped.
#[must_use = "the long connection stops when its handle is dropped"]
pub struct Handle {
    state: watch::Receiver<State>,
    stop: watch::Sender<Option<Duration>>,
    task: JoinHandle<()>,
}

fn hint(code: i64) -> &'static str {
    use larkspur_push::discovery::{BAD_CREDENTIAL, FORBIDDEN, TOO_MANY_CONNECTIONS, WRONG_DOMAIN};
    match code {
        BAD_CREDENTIAL | 1_000_040_345 | 10_003 | 10_014 | 10_015 => "; look at the app's id and secret",
        TOO_MANY_CONNECTIONS => "; close some of the app's connections, there may be 50",
        WRONG_DOMAIN => "; the app is of the other platform: Feishu or Lark",
        FORBIDDEN => "; in the developer console, subscribe through a long connection",
        _ => "",
    }
}

impl LongConnection {
    /// A connection of a client's app, at the client's platform, with its certificates and its proxy.
    pub fn of(client: &Client, dispatcher: Dispatcher) -> Self {
        Self { client: client.clone(), dispatcher }
    }

    /// Opens it. It is there when this returns, and is kept up until the handle stops it or is dropped.
    ///
    /// This waits as long as the platform cannot be reached; drop the future to give up.
    pub async fn connect(self) -> Result<Handle, ConnectionError> {
        let handle = self.start();
        let mut state = handle.state();
        let opened = state.wait_for(|state| !matches!(state, State::Connecting | State::Reconnecting { .. }));
        match opened.await.as_deref() {
            Ok(State::Failed(error)) => Err(error.clone()),
            _ => Ok(handle),
        }
    }

    /// Begins to open it, in a task of its own.
    pub fn start(self) -> Handle {
        let (states, state) = watch::channel(State::Connecting);
        let (stop, stopping) = watch::channel(None);
        let task = tokio::spawn(async move {
            let _ = self.keep_up(states, Stop(stopping)).await;
        });
        Handle { state, stop, task }
    }

    /// Keeps it up, until the platform refuses it for good. Drop the future to stop at once, with nothing
    /// more acknowledged.
    pub async fn run(self) -> Result<(), ConnectionError> {
        self.run_until(std::future::pending::<()>()).await
    }

    /// Keeps it up until something happens, such as Ctrl-C, and then stops as [`Handle::stop`] does.
    pub async fn run_until(self, until: impl Future) -> Result<(), ConnectionError> {
        let (states, _state) = watch::channel(State::Connecting);
        let (stop, stopping) = watch::channel(None);
        let mut kept_up = std::pin::pin!(self.keep_up(states, Stop(stopping)));
        tokio::select! {
            ended = &mut kept_up => return ended,
            _ = until => {}
        }
        stop.send_replace(Some(GRACE));
        kept_up.await
    }

    async fn keep_up(self, states: watch::Sender<State>, mut stop: Stop) -> Result<(), ConnectionError> {
        let mut pace = Pace::default();
        loop {
            let tried = tokio::select! {
                tried = self.open(&mut pace) => tried,
                _ = stop.asked() => break,
            };
            let why = match tried {
                Err(NotOpen::Final(error)) => return Err(failed(&states, error)),
                Err(NotOpen::Later(why)) => why,
                Ok((socket, Address { conn_id, service_id, .. })) => {
                    tracing::info!(conn_id, "the long connection is open");
                    states.send_replace(State::Connected { conn_id });
                    let began = Instant::now();
                    let ended =
                        session::run(socket, service_id, &self.dispatcher, &mut pace, &mut stop).await;
                    pace.was_connected(began.elapsed());
                    match ended {
                        End::Stopped => break,
                        End::Lost(why) => why,
                    }
                }
            };
            // Without randomness the waits are the longest.
            let chance = getrandom::u32().map_or(u16::MAX, |random| (random >> 16) as u16);
            let Some((attempt, after)) = pace.next(chance) else {
                let attempts = pace.attempts();
                return Err(failed(&states, ConnectionError::GaveUp { attempts, why }));
            };
            tracing::warn!(why, attempt, ?after, "the long connection is opened again");
            states.send_replace(State::Reconnecting { attempt, after, why });
            tokio::select! {
                () = tokio::time::sleep(after) => {}
                _ = stop.asked() => break,
            }
            states.send_replace(State::Connecting);
        }
        states.send_replace(State::Stopped);
        Ok(())
    }

    async fn open(&self, pace: &mut Pace) -> Result<(Socket, Address), NotOpen> {
        let address = socket::discover(&self.client).await?;
        // It holds for the next try too if this one fails.
        pace.config = Some(address.config);
        let socket = socket::connect(&self.client, &address).await?;
        Ok((socket, address))
    }
}

fn failed(states: &watch::Sender<State>, error: ConnectionError) -> ConnectionError {
    states.send_replace(State::Failed(error.clone()));
    error
}

impl Handle {
    /// How the connection is, now and from now on.
    pub fn state(&self) -> watch::Receiver<State> {
        self.state.clone()
    }

    /// Stops it, within 1 s: nothing more is taken, what is handled within 800 ms is acknowledged. Handlers that
    /// take longer go on, and their events come again, as those of a connection that was lost.
    pub async fn stop(self) {
        self.stop_within(GRACE).await;
    }

    /// The same, waiting so long for handlers.
    pub async fn stop_within(mut self, grace: Duration) {
        self.stop.send_replace(Some(grace));
        if tokio::time::timeout(grace + MARGIN, &mut self.task).await.is_err() {
            self.task.abort();
            // It ends at its next step.
            let _ = (&mut self.task).await;
        }
    }

    /// Waits until it has ended: the platform refuses it for good, or it was stopped.
    pub async fn ended(&self) -> Result<(), ConnectionError> {
        let mut state = self.state();
        let ended = state.wait_for(|state| matches!(state, State::Stopped | State::Failed(_)));
        match ended.await.as_deref() {
            Ok(State::Failed(error)) => Err(error.clone()),
            _ => Ok(()),
        }
    }
}
