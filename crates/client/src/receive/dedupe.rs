//! Which events came before.
//!
//! The platform sends an event again if the acknowledgement was late or lost, and sometimes although it was not.

use std::{
    collections::{HashMap, VecDeque},
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use larkspur_api::event::Envelope;
use sha2::{Digest, Sha256};
use tokio::{sync::watch, time::Instant};

use super::Reply;

/// How many ids are remembered.
pub(crate) const MOST: usize = 10_000;

/// How long an id is remembered. The last repetition comes 7 h 5 min after the first delivery.
pub(crate) const AGE: Duration = Duration::from_secs(8 * 60 * 60);

/// The longest id that is kept as it is, in bytes; of longer ones a hash is. The platform's have 32.
const LONGEST: usize = 96;

/// A future that a trait can return.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Remembers over a restart, or for several processes, which events were handled.
///
/// It is asked before a handler is called and told after the handler returned `Ok`. If it fails, that is logged
/// and the event is handled: twice is better than never.
pub trait SeenStore: Send + Sync + 'static {
    /// Whether this id was recorded, and is not older than it need be kept: 8 h.
    fn contains<'a>(&'a self, id: &'a str) -> BoxFuture<'a, io::Result<bool>>;

    /// Records an id.
    fn record<'a>(&'a self, id: &'a str) -> BoxFuture<'a, io::Result<()>>;
}

/// What an event is known by when it comes again; nothing, if it does not say.
///
/// A message may come under two `event_id`s, says the page of `im.message.receive_v1`, and is told by its
/// `message_id`. Whoever handles messages handles each once; whoever takes events unread gets every one.
pub(crate) fn key(envelope: &Envelope, is_read: bool) -> Option<Arc<str>> {
    let header = &envelope.header;
    let message = (is_read && header.event_type == "im.message.receive_v1")
        .then(|| envelope.event.pointer("/message/message_id").and_then(|id| id.as_str()))
        .flatten()
        .filter(|id| !id.is_empty());
    let id = message.unwrap_or(&header.event_id);
    match id.len() {
        0 => None,
        1..=LONGEST => Some(id.into()),
        _ => Some(hex::encode(Sha256::digest(id)).into()),
    }
}

/// How an event that came stands to those before it.
pub(crate) enum Claim {
    /// It is the first.
    First,
    /// The first is being handled: its outcome is the outcome of both.
    UnderWay(watch::Receiver<Option<Reply>>),
    /// It was handled.
    Done,
}

/// The ids of this process. Bounded: the oldest of what is done goes first.
pub(crate) struct Seen {
    memory: Mutex<Memory>,
    most: usize,
    age: Duration,
}

#[derive(Default)]
struct Memory {
    under_way: HashMap<Arc<str>, watch::Receiver<Option<Reply>>>,
    /// What is done, and since when.
    done: HashMap<Arc<str>, Instant>,
    /// The same, the oldest first.
    order: VecDeque<(Instant, Arc<str>)>,
}

impl Seen {
    pub(crate) fn new(most: usize, age: Duration) -> Self {
        Self { memory: Mutex::default(), most, age }
    }

    /// Takes an event on, unless it was taken on before. Then `outcome` will tell what comes of it.
    pub(crate) fn claim(&self, key: &Arc<str>, outcome: watch::Receiver<Option<Reply>>) -> Claim {
        let mut memory = self.lock();
        memory.forget(self.most, self.age);
        if memory.done.contains_key(key) {
            return Claim::Done;
        }
        match memory.under_way.get(key) {
            Some(first) => Claim::UnderWay(first.clone()),
            None => {
                memory.under_way.insert(Arc::clone(key), outcome);
                Claim::First
            }
        }
    }

    /// It was handled: what comes now is a repetition.
    pub(crate) fn done(&self, key: &Arc<str>) {
        let now = Instant::now();
        let mut memory = self.lock();
        memory.under_way.remove(key);
        memory.done.insert(Arc::clone(key), now);
        memory.order.push_back((now, Arc::clone(key)));
        memory.forget(self.most, self.age);
    }

    /// It was not handled: what comes now is to be.
    pub(crate) fn release(&self, key: &Arc<str>) {
        self.lock().under_way.remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn forget(&mut self, most: usize, age: Duration) {
        while let Some((since, key)) = self.order.front()
            && (self.order.len() > most || since.elapsed() >= age)
        {
            // It may have been done again since.
            if self.done.get(key) == Some(since) {
                self.done.remove(key);
            }
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use larkspur_api::event::{Envelope, Incoming};
    use serde_json::{Value, json};

    use super::*;

    fn claim(seen: &Seen, id: &str) -> Claim {
        let (_, outcome) = watch::channel(None);
        seen.claim(&id.into(), outcome)
    }

    fn handle(seen: &Seen, id: &str) {
        assert!(matches!(claim(seen, id), Claim::First), "{id}");
        seen.done(&id.into());
    }

    #[tokio::test(start_paused = true)]
    async fn ids_are_forgotten_when_they_are_old_or_too_many() {
        let seen = Seen::new(3, AGE);
        for id in ["1", "2", "3", "4"] {
            handle(&seen, id);
        }
        assert!(matches!(claim(&seen, "1"), Claim::First));
        assert!(matches!(claim(&seen, "2"), Claim::Done));
        tokio::time::advance(AGE).await;
        assert!(matches!(claim(&seen, "4"), Claim::First));
        assert!(seen.lock().order.is_empty() && seen.lock().done.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn what_failed_may_come_again() {
        let seen = Seen::new(3, AGE);
        assert!(matches!(claim(&seen, "1"), Claim::First));
        assert!(matches!(claim(&seen, "1"), Claim::UnderWay(_)));
        seen.release(&"1".into());
        handle(&seen, "1");
        assert!(matches!(claim(&seen, "1"), Claim::Done));
    }

    #[test]
    fn a_message_is_known_by_its_message_id() {
        let key_of = |event_type: &str, event_id: &str, event: Value, is_read: bool| {
            let header = json!({"event_id": event_id, "event_type": event_type});
            let body = json!({"schema": "2.0", "header": header, "event": event});
            let Ok(Incoming::Event(envelope)) = Envelope::from_json(body) else { panic!("an event") };
            key(&envelope, is_read).map(|key| key.to_string())
        };
        let key = |event_type: &str, event_id: &str, event| key_of(event_type, event_id, event, true);
        let message = || json!({"message": {"message_id": "om_1"}});
        assert_eq!(key("im.message.receive_v1", "e", message()).as_deref(), Some("om_1"));
        assert_eq!(key_of("im.message.receive_v1", "e", message(), false).as_deref(), Some("e"));
        assert_eq!(key("im.message.receive_v1", "e", json!({"message": 7})).as_deref(), Some("e"));
        assert_eq!(key("im.message.recalled_v1", "e", message()).as_deref(), Some("e"));
        assert_eq!(key("im.message.recalled_v1", "", message()), None);
        assert_eq!(key("x", &"y".repeat(1 << 20), Value::Null).map(|key| key.len()), Some(64));
    }
}
