//! What is done with each type of event, and what the platform is told about it.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use futures_util::FutureExt;
use larkspur_api::event::{Envelope, Kind};
use serde_json::{Value, json};
use tokio::{sync::watch, time::Instant};

use super::{
    DispatcherBuilder, HandlerError, HandlerResult,
    dedupe::{self, Claim, Seen, SeenStore},
    handler::Handler,
    lanes::{self, Lanes, Place},
    late::{Hook, LateCard},
};

/// Unhandled types that are told of. Who sends more than exist is not believed.
const TOLD_TYPES: usize = 256;

/// Knows what is done with each type of event. Clones share everything.
#[derive(Clone)]
pub struct Dispatcher(Arc<Inner>);

/// What the platform is told about an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It was handled, is still being handled, or nobody wants it: it need not come again.
    Done,
    /// The answer to a callback, as JSON.
    Answer(Bytes),
    /// It was not handled. An event comes again; of a callback the user sees that it failed.
    Failed,
}

struct Inner {
    routes: HashMap<&'static str, Handler>,
    any: Option<Handler>,
    any_callback: Option<Handler>,
    answer_within: Duration,
    lanes: Arc<Lanes>,
    seen: Seen,
    store: Option<Arc<dyn SeenStore>>,
    late_answer: Bytes,
    late_card: Option<Hook>,
    told: Mutex<HashSet<String>>,
}

/// An event that was taken on.
struct Job {
    envelope: Envelope,
    handler: Handler,
    is_callback: bool,
    key: Option<Arc<str>>,
    ticket: Arc<Ticket>,
    _place: Place,
}

/// Ties the handling of an event to whoever waits for its outcome.
struct Ticket {
    outcome: watch::Sender<Option<Reply>>,
    /// Set by whichever comes first: the outcome, or the end of the wait for it.
    settled: AtomicBool,
}

impl Dispatcher {
    /// A dispatcher without handlers, to which they are added.
    pub fn builder() -> DispatcherBuilder {
        DispatcherBuilder::default()
    }

    pub(super) fn new(builder: DispatcherBuilder) -> Self {
        let late_answer = match &builder.late_toast {
            Some(toast) => json!({"toast": toast}),
            None => json!({}),
        };
        Self(Arc::new(Inner {
            routes: builder.routes,
            any: builder.any,
            any_callback: builder.any_callback,
            answer_within: builder.answer_within,
            lanes: Arc::new(Lanes::new(builder.concurrency, builder.backlog)),
            seen: Seen::new(builder.remember.0, builder.remember.1),
            store: builder.store,
            late_answer: late_answer.to_string().into(),
            late_card: builder.late_card,
            told: Mutex::default(),
        }))
    }

    /// Takes an event on, and gives what the platform is to be told, at the latest after
    /// [`answer_within`](DispatcherBuilder::answer_within).
    ///
    /// Events take their places in the order of the calls, whether or not the futures are polled. The handler
    /// runs to its end even if the future is dropped. It is called within a Tokio runtime.
    pub fn dispatch(&self, envelope: Envelope) -> impl Future<Output = Reply> + Send + use<> {
        self.take(envelope, 0)
    }

    /// Waits until all that was taken on is handled.
    pub async fn idle(&self) {
        self.0.lanes.idle().await;
    }

    /// The same as [`dispatch`](Self::dispatch), for an event whose body has so many bytes.
    pub(crate) fn take(
        &self,
        envelope: Envelope,
        bytes: usize,
    ) -> impl Future<Output = Reply> + Send + use<> {
        let inner = &self.0;
        let deadline = Instant::now() + inner.answer_within;
        let is_callback = envelope.meta().is_some_and(|meta| meta.kind == Kind::Callback);
        let late = match envelope.header.event_type.as_str() {
            "card.action.trigger" => Reply::Answer(inner.late_answer.clone()),
            _ if is_callback => Reply::Answer(Bytes::from_static(b"{}")),
            _ => Reply::Done,
        };
        let begun = Inner::begin(inner, envelope, is_callback, bytes);
        async move {
            let (mut outcome, ticket) = match begun {
                Begun::Over(reply) => return reply,
                Begun::UnderWay(outcome, ticket) => (outcome, ticket),
            };
            if let Ok(reply) = tokio::time::timeout_at(deadline, outcome_of(&mut outcome)).await {
                return reply;
            }
            match ticket {
                // It came at the last moment and believes that it is in time.
                Some(ticket) if !ticket.settle() => outcome_of(&mut outcome).await,
                _ => late,
            }
        }
    }
}

/// What became of an event at once.
enum Begun {
    Over(Reply),
    /// The outcome comes. Who waits for the handling of another has no ticket.
    UnderWay(watch::Receiver<Option<Reply>>, Option<Arc<Ticket>>),
}

impl Ticket {
    /// Whether this comes first.
    fn settle(&self) -> bool {
        !self.settled.swap(true, Ordering::AcqRel)
    }
}

impl Inner {
    fn begin(inner: &Arc<Self>, envelope: Envelope, is_callback: bool, bytes: usize) -> Begun {
        let event_type = envelope.header.event_type.as_str();
        let event_id = envelope.header.event_id.as_str();
        let Some(handler) = inner.handler(event_type, is_callback) else {
            inner.tell_unhandled(event_type, is_callback);
            return Begun::Over(if is_callback { Reply::Failed } else { Reply::Done });
        };
        let (sender, outcome) = watch::channel(None);
        let key = dedupe::key(&envelope, inner.routes.contains_key(event_type));
        if let Some(key) = &key {
            match inner.seen.claim(key, outcome.clone()) {
                Claim::First => {}
                Claim::UnderWay(first) => {
                    tracing::debug!(event_type, event_id, "came again while it is being handled");
                    return Begun::UnderWay(first, None);
                }
                Claim::Done => {
                    tracing::debug!(event_type, event_id, "came again after it was handled");
                    return Begun::Over(repeated(is_callback));
                }
            }
        }
        let Some(place) = inner.lanes.place(bytes) else {
            tracing::warn!(event_type, event_id, "refused: too many events wait, it comes again later");
            if let Some(key) = &key {
                inner.seen.release(key);
            }
            return Begun::Over(Reply::Failed);
        };
        let ticket = Arc::new(Ticket { outcome: sender, settled: AtomicBool::new(false) });
        let lane = lanes::lane(&envelope);
        let job = Job { envelope, handler, is_callback, key, ticket: Arc::clone(&ticket), _place: place };
        let job = Box::pin(Arc::clone(inner).work(job));
        // Who pressed a button does not wait until the bot has read the chat.
        if is_callback {
            inner.lanes.overtake(job);
        } else {
            inner.lanes.enter(lane, job);
        }
        Begun::UnderWay(outcome, Some(ticket))
    }

    fn handler(&self, event_type: &str, is_callback: bool) -> Option<Handler> {
        let any_callback = self.any_callback.as_ref().filter(|_| is_callback);
        self.routes.get(event_type).or(any_callback).or(self.any.as_ref()).cloned()
    }

    /// Warns once of each type.
    fn tell_unhandled(&self, event_type: &str, is_callback: bool) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() < TOLD_TYPES && told.insert(event_type.to_owned()) {
            let what = if is_callback { "callback: it fails" } else { "event: it is acknowledged" };
            tracing::warn!(event_type, "nothing here handles this {what}");
        }
    }

    async fn work(self: Arc<Self>, job: Job) {
        let Job { envelope, handler, is_callback, key, ticket, _place } = job;
        let (event_type, event_id) = (envelope.header.event_type.clone(), envelope.header.event_id.clone());
        let token = envelope.event.get("token").and_then(Value::as_str).map(str::to_owned);
        let handled = match &key {
            Some(key) if self.was_recorded(key).await => {
                tracing::debug!(event_type, event_id, "came again after a restart");
                Ok(None)
            }
            _ => call(&handler, envelope).await.map(Some),
        };
        if let Some(key) = &key {
            match &handled {
                Ok(_) => {
                    if handled.as_ref().is_ok_and(Option::is_some) {
                        self.record(key).await;
                    }
                    self.seen.done(key);
                }
                Err(_) => self.seen.release(key),
            }
        }
        let in_time = ticket.settle();
        let reply = match &handled {
            Err(_) => Reply::Failed,
            Ok(Some(answer)) if is_callback => Reply::Answer(answer.to_string().into()),
            Ok(_) => repeated(is_callback),
        };
        ticket.outcome.send_replace(Some(reply));
        match handled {
            Ok(Some(answer)) if is_callback && !in_time => {
                tracing::warn!(event_type, event_id, "the handler was too slow to answer");
                if event_type == "card.action.trigger"
                    && let Some(card) = LateCard::in_answer(token.unwrap_or_default(), answer)
                {
                    self.put_in_place(card, &event_id).await;
                }
            }
            Ok(_) => {}
            Err(error) if in_time => {
                tracing::error!(event_type, event_id, error = %chain(error.as_ref()), "the handler failed");
            }
            Err(error) => tracing::error!(
                event_type, event_id, error = %chain(error.as_ref()),
                "the handler failed after the event was acknowledged: it does not come again"
            ),
        }
    }

    async fn put_in_place(&self, card: LateCard, event_id: &str) {
        let Some(hook) = &self.late_card else {
            tracing::warn!(event_id, "nothing here puts late cards in place: the card is lost");
            return;
        };
        if let Err(error) = card.put_in_place(hook).await {
            let error = chain(error.as_ref());
            tracing::error!(event_id, %error, "the late card was not put in place");
        }
    }

    async fn was_recorded(&self, key: &str) -> bool {
        let Some(store) = &self.store else { return false };
        store.contains(key).await.unwrap_or_else(|error| {
            tracing::error!(%error, "it cannot be looked up whether an event was handled: it is");
            false
        })
    }

    async fn record(&self, key: &str) {
        let Some(store) = &self.store else { return };
        if let Err(error) = store.record(key).await {
            tracing::error!(%error, "it cannot be recorded that an event was handled");
        }
    }
}

async fn outcome_of(outcome: &mut watch::Receiver<Option<Reply>>) -> Reply {
    let reply = outcome.wait_for(Option::is_some).await;
    // Without an outcome, the runtime is going down.
    reply.ok().and_then(|reply| reply.clone()).unwrap_or(Reply::Failed)
}

/// What is said to an event that came before and was handled.
fn repeated(is_callback: bool) -> Reply {
    if is_callback { Reply::Answer(Bytes::from_static(b"{}")) } else { Reply::Done }
}

/// Calls a handler. One that panics has failed, and no other with it.
async fn call(handler: &Handler, envelope: Envelope) -> HandlerResult<Value> {
    match AssertUnwindSafe(async { handler(envelope).await }).catch_unwind().await {
        Ok(handled) => handled,
        Err(panic) => {
            let message = panic.downcast_ref::<&str>().copied().map(str::to_owned);
            let message = message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(HandlerError::from(format!("it panicked: {message}")))
        }
    }
}

fn chain(error: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    crate::transport::chain(error)
}
