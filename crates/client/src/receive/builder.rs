//! Which handler takes what, and how much is taken at a time.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::FutureExt;
use larkspur_api::{
    event::{Callback, Envelope, Event, card::action::Toast},
    interactive::v1::card::update,
};
use serde_json::{Value, json};

use super::{
    Dispatcher, HandlerResult, Received,
    dedupe::{self, SeenStore},
    handler::{self, Handler},
    late::{Hook, LateCard},
};
use crate::client::Client;

/// How long a handler is waited for. The platform gives up after 3 s.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_500);

/// Events that are handled at a time, unless it is said otherwise.
const CONCURRENCY: usize = 64;

/// Events that wait and are handled at a time, unless it is said otherwise.
const BACKLOG: usize = 1_000;

/// How to make a [`Dispatcher`].
pub struct DispatcherBuilder {
    pub(super) routes: HashMap<&'static str, Handler>,
    pub(super) any: Option<Handler>,
    pub(super) any_callback: Option<Handler>,
    pub(super) concurrency: usize,
    pub(super) backlog: usize,
    pub(super) answer_within: Duration,
    pub(super) remember: (usize, Duration),
    pub(super) store: Option<Arc<dyn SeenStore>>,
    pub(super) late_toast: Option<Toast>,
    pub(super) late_card: Option<Hook>,
}

impl Default for DispatcherBuilder {
    fn default() -> Self {
        Self {
            routes: HashMap::new(),
            any: None,
            any_callback: None,
            concurrency: CONCURRENCY,
            backlog: BACKLOG,
            answer_within: ANSWER_WITHIN,
            remember: (dedupe::MOST, dedupe::AGE),
            store: None,
            late_toast: None,
            late_card: None,
        }
    }
}

impl DispatcherBuilder {
    /// Handles an event. A second handler of the same type takes the place of the first.
    ///
    /// The type is told by what the handler takes:
    /// `.on(|message: Received<receive_v1::Event>| async move { … })`.
    ///
    /// What came before is told by the `event_id`, and a message by its `message_id`: the same may come under two
    /// `event_id`s, says the page of the event.
    pub fn on<E, F, Fut>(mut self, handler: F) -> Self
    where
        E: Event,
        F: Fn(Received<E>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.routes.insert(E::META.event_type, handler::of_event(handler));
        self
    }

    /// Handles a callback: what the handler returns is the answer.
    pub fn on_callback<C, F, Fut>(mut self, handler: F) -> Self
    where
        C: Callback,
        F: Fn(Received<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult<C::Answer>> + Send + 'static,
    {
        self.routes.insert(C::META.event_type, handler::of_callback(handler));
        self
    }

    /// Handles all that has no handler of its own, unread; types that this version does not know too.
    ///
    /// Without it, events that have no handler are acknowledged, with a warning, and callbacks fail.
    pub fn on_any<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Envelope) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.any =
            Some(handler::of_any(move |envelope| handler(envelope).map(|done| done.map(|()| json!({})))));
        self
    }

    /// Handles all callbacks that have no handler of their own, unread: what the handler returns is the answer.
    pub fn on_any_callback<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Envelope) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult<Value>> + Send + 'static,
    {
        self.any_callback = Some(handler::of_any(handler));
        self
    }

    /// How many events are handled at a time, and as many callbacks. By default 64, at least 1.
    pub fn concurrency(mut self, most: usize) -> Self {
        self.concurrency = most.clamp(1, tokio::sync::Semaphore::MAX_PERMITS);
        self
    }

    /// How many events may wait and be handled at a time, of 64 MiB in all. By default 1,000.
    ///
    /// What comes beyond is refused at once, so that the platform sends it again later.
    pub fn backlog(mut self, most: usize) -> Self {
        self.backlog = most.max(1);
        self
    }

    /// How long a handler is waited for before an event is acknowledged or a callback answered without it. By
    /// default 2.5 s; the platform gives up after 3 s.
    pub fn answer_within(mut self, time: Duration) -> Self {
        self.answer_within = time;
        self
    }

    /// How many events are remembered and for how long, to know those that come twice. By default 10,000, for 8 h:
    /// the last repetition comes 7 h 5 min after the first delivery.
    pub fn remember(mut self, most: usize, age: Duration) -> Self {
        self.remember = (most, age);
        self
    }

    /// Where to remember over a restart which events were handled.
    pub fn seen_store(mut self, store: impl SeenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// The notice that `card.action.trigger` is answered with if its handler is not ready in time. By default
    /// none.
    pub fn late_toast(mut self, toast: Toast) -> Self {
        self.late_toast = Some(toast);
        self
    }

    /// Puts cards in place that the handler of a `card.action.trigger` returned too late for an answer, with
    /// `interactive.v1.card.update`.
    pub fn late_cards(self, client: &Client) -> Self {
        let client = client.clone();
        self.on_late_card(move |LateCard { token, card }| {
            let client = client.clone();
            async move {
                client.send(update::Request::new(token, card)).await?;
                Ok(())
            }
        })
    }

    /// Puts a card in place that the handler of a `card.action.trigger` returned too late for an answer.
    ///
    /// It is called after the callback was answered. Without it such a card is lost, with a warning.
    pub fn on_late_card<F, Fut>(mut self, hook: F) -> Self
    where
        F: Fn(LateCard) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.late_card = Some(Arc::new(move |card| Box::pin(hook(card))));
        self
    }

    /// The dispatcher.
    pub fn build(self) -> Dispatcher {
        Dispatcher::new(self)
    }
}
