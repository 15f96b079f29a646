//! Events as they come in over a long connection, until something ends it.
//!
//! `event consume`, `event +subscribe` and `listen` differ in what they do with an event; here is what they share.

pub(crate) mod flat;
pub(crate) mod keys;
pub(crate) mod printer;
pub(crate) mod selection;
pub(crate) mod sink;
pub(crate) mod webhook;

use std::{
    io::{IsTerminal, Read, Write},
    pin::pin,
    time::Duration,
};

use larkspur::{
    Client,
    receive::{ConnectionError, Dispatcher, LongConnection, State},
};
use larkspur_push::discovery;
use tokio::{sync::oneshot, time::Instant};

use crate::{
    failure::{Failure, Kind, Result},
    signals,
};

/// How often the first connection is tried before it counts as a failure.
const TRIES: u32 = 3;

/// How long the first connection may take, tries included.
const FIRST: Duration = Duration::from_secs(20);

/// How long acknowledgements of what was taken may take at the end.
const GRACE: Duration = Duration::from_millis(300);

/// Why it ended, if it ended as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// As many events came as were wanted.
    Limit,
    /// The time is over.
    Timeout,
    /// SIGTERM or Ctrl-C.
    Signal,
    /// stdin was closed.
    Stdin,
    /// Whoever read stdout went away.
    Stdout,
}

impl Reason {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Timeout => "timeout",
            Self::Signal => "signal",
            Self::Stdin => "stdin",
            Self::Stdout => "stdout",
        }
    }
}

/// Tells on stderr what happens. Programs wait for some of its lines: docs/cli.md.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Teller {
    pub(crate) quiet: bool,
}

impl Teller {
    pub(crate) fn say(self, text: &str) {
        if !self.quiet {
            // Without anyone who listens it goes on.
            let _ = writeln!(std::io::stderr(), "[event] {}", crate::table::harmless(text, false));
        }
    }
}

/// What ends it besides the events themselves.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bounds {
    pub(crate) max_events: Option<u64>,
    pub(crate) timeout: Option<Duration>,
    /// Whether the end of stdin counts: it is how a parent process stops a child.
    pub(crate) watch_stdin: bool,
}

impl Bounds {
    /// Bounds, with the rule for stdin: at a terminal, and with a bound of its own, it says nothing.
    pub(crate) fn new(max_events: Option<u64>, timeout: Option<Duration>) -> Self {
        let bounded = max_events.is_some() || timeout.is_some();
        Self { max_events, timeout, watch_stdin: !bounded && !std::io::stdin().is_terminal() }
    }

    async fn time(self) {
        match self.timeout {
            Some(timeout) => tokio::time::sleep(timeout).await,
            None => std::future::pending().await,
        }
    }
}

/// Reads stdin away, in a thread of its own: one that blocks there does not keep the program from ending.
async fn end_of_stdin(is_watched: bool) {
    if !is_watched {
        return std::future::pending().await;
    }
    let (ended, end) = oneshot::channel();
    std::thread::spawn(move || {
        let mut stdin = std::io::stdin().lock();
        let mut bytes = [0; 1024];
        while !matches!(stdin.read(&mut bytes), Ok(0) | Err(_)) {}
        let _ = ended.send(());
    });
    let _ = end.await;
}

/// Receives until a bound is met, `over` says that it is over, or the platform refuses for good.
///
/// When the connection is there for the first time, `ready` is told, and what `once_ready` does is done beside it.
pub(crate) async fn receive(
    client: &Client,
    dispatcher: Dispatcher,
    bounds: Bounds,
    over: impl Future<Output = Result<Reason>>,
    teller: Teller,
    ready: &str,
    once_ready: impl Future<Output = ()> + Send + 'static,
) -> Result<Reason> {
    let began = Instant::now();
    let handle = LongConnection::of(client, dispatcher).start();
    let mut state = handle.state();
    let (mut over, mut signal) = (pin!(over), pin!(signals::wait()));
    let (mut time, mut stdin) = (pin!(bounds.time()), pin!(end_of_stdin(bounds.watch_stdin)));
    let mut once_ready = Some(once_ready);
    let mut is_stdin_open = true;
    let ended = loop {
        let now = state.borrow_and_update().clone();
        match now {
            State::Connecting | State::Stopped => {}
            State::Connected { conn_id } => match once_ready.take() {
                Some(task) => {
                    teller.say(ready);
                    tokio::spawn(task);
                }
                None => teller.say(&format!("connected conn_id={conn_id}")),
            },
            State::Reconnecting { attempt, after, why } => {
                if once_ready.is_some() && (attempt >= TRIES || began.elapsed() > FIRST) {
                    break Err(unreachable(client, &why));
                }
                teller.say(&format!("reconnecting in {:.1}s attempt={attempt}: {why}", after.as_secs_f32()));
            }
            State::Failed(error) => break Err(failure(&error)),
        }
        // A stdin that was never open does not hide that there is no connection either.
        if !is_stdin_open && once_ready.is_none() {
            break Ok(Reason::Stdin);
        }
        tokio::select! {
            ended = &mut over => break ended,
            ended = &mut signal => break ended.map(|()| Reason::Signal),
            () = &mut stdin, if is_stdin_open => is_stdin_open = false,
            () = &mut time => match once_ready {
                None => break Ok(Reason::Timeout),
                Some(_) => break Err(unreachable(client, "it did not open in time")),
            },
            changed = state.changed() => if changed.is_err() {
                break Err(Failure::new(Kind::Internal, "the long connection ended without a word"));
            },
        }
    };
    handle.stop_within(GRACE).await;
    ended
}

fn unreachable(client: &Client, why: &str) -> Failure {
    Failure::new(Kind::Network, format!("{}: no long connection: {why}", client.base_url()))
        .hint("check the address and the network; `larkspur doctor` looks at the rest")
}

fn failure(error: &ConnectionError) -> Failure {
    let message = error.to_string();
    match error {
        ConnectionError::Refused { code, .. } => {
            let kind = match *code {
                discovery::BAD_CREDENTIAL | 10_003 | 10_014 | 10_015 => Kind::Authentication,
                discovery::FORBIDDEN => Kind::Authorization,
                discovery::WRONG_DOMAIN => Kind::Config,
                _ => Kind::Api,
            };
            Failure::new(kind, message).code(*code).hint("`larkspur doctor` looks for the cause")
        }
        ConnectionError::GaveUp { .. } => Failure::new(Kind::Network, message),
        ConnectionError::Config(_) => Failure::new(Kind::Config, message),
    }
}
