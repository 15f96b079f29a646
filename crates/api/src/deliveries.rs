//! What apps were told, and what came back.
//!
//! These endpoints are the platform's own. They take no token, and answer this machine alone. Settled events are kept for a
//! week.

pub mod list;
pub mod resend;
pub mod show;

use serde_json::Value;

use crate::prelude::*;

/// An event or a callback for one app.
#[object]
pub struct Delivery {
    /// The event.
    pub event_id: String,
    /// What happened.
    pub event_type: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// When it arose, in ms.
    pub create_time: Millis,
    /// How many attempts failed.
    pub failed_attempts: i64,
    /// When the next attempt is due, in ms, if it waits for one.
    pub next_attempt_time: Option<Millis>,
    /// The body, before encryption.
    pub body: Option<Value>,
    /// Every attempt, the oldest first.
    pub attempts: Option<Vec<Attempt>>,
}

/// How far an event has come.
#[open_enum]
pub enum DeliveryState {
    /// It goes out as soon as someone listens.
    Ready = "ready",
    /// An attempt failed, and the next one is due later.
    Waiting = "waiting",
    /// It was taken.
    Delivered = "delivered",
    /// Every attempt failed.
    Expired = "expired",
}

/// One time that an event was sent.
#[object]
pub struct Attempt {
    /// When, in ms.
    pub time: Millis,
    /// How long it took, in ms.
    pub took: i64,
    /// The address, or the `device_id` of the connection.
    pub target: String,
    /// What became of it: `taken`, `status`, `late`, `broken`, …
    pub outcome: String,
    /// The status of the answer, of HTTP or of the frame.
    pub status: Option<i64>,
    /// What came back; the first 4 KB.
    pub answer: Option<String>,
}
