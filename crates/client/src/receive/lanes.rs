//! Who goes first: one after the other within a chat, side by side otherwise, and never too many.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use larkspur_api::event::Envelope;
use tokio::sync::{Notify, Semaphore};

use super::BoxFuture;

/// How many bytes of events may wait and be handled at a time: 64 MiB.
pub(crate) const MOST_BYTES: usize = 64 << 20;

type Job = BoxFuture<'static, ()>;

/// Runs jobs. Those of one lane run in the order they came.
pub(crate) struct Lanes {
    /// What waits in each lane in which a job runs.
    waiting: Mutex<HashMap<String, VecDeque<Job>>>,
    running: Semaphore,
    /// Callbacks do not wait for events: a user waits for them.
    running_callbacks: Semaphore,
    load: Load,
}

/// How much was taken in and is not done.
struct Load {
    events: AtomicUsize,
    bytes: AtomicUsize,
    most_events: usize,
    none_left: Notify,
}

/// A place among what was taken in, given back when it is dropped.
pub(crate) struct Place {
    lanes: Arc<Lanes>,
    bytes: usize,
}

/// The lane of an event: its chat, or its type if it is about none.
pub(crate) fn lane(envelope: &Envelope) -> String {
    let chat = ["/message/chat_id", "/chat_id", "/context/open_chat_id", "/open_chat_id"]
        .iter()
        .find_map(|place| envelope.event.pointer(place)?.as_str().filter(|id| !id.is_empty()));
    chat.unwrap_or(&envelope.header.event_type).to_owned()
}

impl Lanes {
    /// Lanes that run so many jobs at a time and take so many in.
    pub(crate) fn new(concurrency: usize, most_events: usize) -> Self {
        Self {
            waiting: Mutex::default(),
            running: Semaphore::new(concurrency),
            running_callbacks: Semaphore::new(concurrency),
            load: Load {
                events: AtomicUsize::new(0),
                bytes: AtomicUsize::new(0),
                most_events,
                none_left: Notify::new(),
            },
        }
    }

    /// A place for an event of this size, if there is one.
    pub(crate) fn place(self: &Arc<Self>, bytes: usize) -> Option<Place> {
        let Load { events, most_events, .. } = &self.load;
        let more = |count: usize| (count < *most_events).then(|| count + 1);
        events.fetch_update(Ordering::AcqRel, Ordering::Acquire, more).ok()?;
        let place = Place { lanes: Arc::clone(self), bytes };
        let before = self.load.bytes.fetch_add(bytes, Ordering::AcqRel);
        // One that is larger than all there may be is taken alone.
        (before == 0 || before + bytes <= MOST_BYTES).then_some(place)
    }

    /// Runs a job when those before it in its lane are done.
    pub(crate) fn enter(self: &Arc<Self>, lane: String, job: Job) {
        let mut waiting = self.lock();
        if let Some(queue) = waiting.get_mut(&lane) {
            queue.push_back(job);
            return;
        }
        waiting.insert(lane.clone(), VecDeque::new());
        drop(waiting);
        tokio::spawn(Arc::clone(self).drive(lane, job));
    }

    /// Runs a job beside the lanes.
    pub(crate) fn overtake(self: &Arc<Self>, job: Job) {
        let lanes = Arc::clone(self);
        tokio::spawn(async move {
            // It is never closed.
            let _permit = lanes.running_callbacks.acquire().await;
            job.await;
        });
    }

    /// Waits until all that was taken in is done.
    pub(crate) async fn idle(&self) {
        loop {
            let none_left = self.load.none_left.notified();
            tokio::pin!(none_left);
            // Counted after the wait began, so that the last one is not missed.
            none_left.as_mut().enable();
            if self.load.events.load(Ordering::Acquire) == 0 {
                return;
            }
            none_left.await;
        }
    }

    async fn drive(self: Arc<Self>, lane: String, job: Job) {
        let mut job = job;
        loop {
            {
                // Given back after each job, so that a busy chat does not keep the others out.
                let _permit = self.running.acquire().await;
                job.await;
            }
            let mut waiting = self.lock();
            match waiting.get_mut(&lane).and_then(VecDeque::pop_front) {
                Some(next) => job = next,
                None => {
                    waiting.remove(&lane);
                    return;
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Job>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let load = &self.lanes.load;
        load.bytes.fetch_sub(self.bytes, Ordering::AcqRel);
        if load.events.fetch_sub(1, Ordering::AcqRel) == 1 {
            load.none_left.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_so_many_places_and_no_more() {
        let lanes = Arc::new(Lanes::new(1, 2));
        let first = lanes.place(1).expect("a place");
        assert!(lanes.place(MOST_BYTES).is_none(), "too large beside the first");
        let second = lanes.place(1).expect("the refused one took no place");
        assert!(lanes.place(1).is_none());
        drop((first, second));
        assert!(lanes.place(MOST_BYTES + 1).is_some(), "taken alone");
    }
}
