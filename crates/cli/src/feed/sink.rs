//! From the handlers of events to whoever prints them: a thread of its own, so that a reader who is slow does not
//! keep the connection from being looked after.
//!
//! An event is acknowledged when its line was taken. One that nobody will print any more is never acknowledged: its
//! handler waits until the connection ends, and the platform sends it again at once, to whoever comes next.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
    mpsc,
};

use larkspur::receive::{Dispatcher, FileSeen, HandlerError, HandlerResult};
use larkspur_api::event::Envelope;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{
    Reason, Teller,
    printer::{Printed, Printer},
    selection::Selection,
};
use crate::failure::{Failure, Kind, Result};

/// How long a handler is waited for: as long as it takes. It does not answer before its line was taken.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(365 * 24 * 60 * 60);

struct Job {
    envelope: Envelope,
    done: oneshot::Sender<HandlerResult>,
}

/// The way to the printer.
#[derive(Clone)]
pub(crate) struct Sink(mpsc::Sender<Job>);

/// What the printer did so far, and its end.
pub(crate) struct Progress {
    count: Arc<AtomicU64>,
    over: oneshot::Receiver<Result<Option<Reason>>>,
}

impl Progress {
    /// How many events were printed.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Acquire)
    }

    /// Waits until no more can be printed, or no more are wanted.
    pub(crate) async fn over(&mut self) -> Result<Reason> {
        match (&mut self.over).await {
            Ok(Ok(Some(reason))) => Ok(reason),
            // There is nobody left to bring any: what ended the connection is the reason.
            Ok(Ok(None)) => std::future::pending().await,
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(Failure::new(Kind::Internal, "the printer ended without a word")),
        }
    }
}

/// Starts the printer, which ends after so many events.
pub(crate) fn start(
    make: impl FnOnce() -> Result<Printer> + Send + 'static,
    most: Option<u64>,
    teller: Teller,
) -> (Sink, Progress) {
    let (jobs, inbox) = mpsc::channel::<Job>();
    let (end, over) = oneshot::channel();
    let count = Arc::new(AtomicU64::new(0));
    let printed = Arc::clone(&count);
    std::thread::spawn(move || {
        let ended = make().and_then(|printer| work(&printer, &inbox, &printed, most, teller));
        let _ = end.send(ended);
    });
    (Sink(jobs), Progress { count, over })
}

fn work(
    printer: &Printer,
    inbox: &mpsc::Receiver<Job>,
    count: &AtomicU64,
    most: Option<u64>,
    teller: Teller,
) -> Result<Option<Reason>> {
    for Job { envelope, done } in inbox {
        match printer.print(&envelope) {
            Ok(Printed::No) => drop(done.send(Ok(()))),
            Ok(Printed::Yes) => {
                let count = count.fetch_add(1, Ordering::AcqRel) + 1;
                let _ = done.send(Ok(()));
                if most.is_some_and(|most| count >= most) {
                    return Ok(Some(Reason::Limit));
                }
            }
            Ok(Printed::Closed) => return Ok(Some(Reason::Stdout)),
            // A filter that does not fit one event may fit the next.
            Err(failure) if failure.kind() == Kind::Validation => {
                let id = &envelope.header.event_id;
                teller.say(&format!("not printed, and not acknowledged: {id}: {}", failure.message()));
                let _ = done.send(Err(HandlerError::from("it does not pass the filter")));
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(None)
}

impl Sink {
    async fn take(&self, envelope: Envelope) -> HandlerResult {
        let (done, outcome) = oneshot::channel();
        let _ = self.0.send(Job { envelope, done });
        match outcome.await {
            Ok(outcome) => outcome,
            Err(_) => std::future::pending().await,
        }
    }

    /// A dispatcher that hands over what is wanted. What is not is acknowledged if it is an event, and not
    /// answered if it is a callback: nobody here answers it. `seen` knows what came before this run.
    pub(crate) fn dispatcher(self, selection: &Selection, seen: Option<FileSeen>) -> Dispatcher {
        let (events, callbacks) = (self.clone(), self);
        let (wanted, asked) = (selection.clone(), selection.clone());
        let builder = Dispatcher::builder();
        let builder = match seen {
            Some(seen) => builder.seen_store(seen),
            None => builder,
        };
        builder
            .answer_within(PATIENCE)
            .on_any(move |envelope| {
                let (sink, is_wanted) = (events.clone(), wanted.includes(&envelope.header.event_type));
                async move { if is_wanted { sink.take(envelope).await } else { Ok(()) } }
            })
            .on_any_callback(move |envelope| {
                let (sink, is_wanted) = (callbacks.clone(), asked.includes(&envelope.header.event_type));
                async move {
                    if !is_wanted {
                        return Err(HandlerError::from("nothing here takes this callback"));
                    }
                    sink.take(envelope).await?;
                    Ok::<Value, HandlerError>(json!({}))
                }
            })
            .build()
    }
}
