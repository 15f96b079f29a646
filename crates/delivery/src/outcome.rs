//! What became of an attempt.

use bytes::Bytes;
use larkspur_api::event::Envelope;
use larkspur_domain::Failure;
use larkspur_store::outbox::{AttemptRow, OutboxRow, Progress};
use serde_json::{Map, Value};

use crate::Shared;

/// How much of an answer is kept, in bytes.
const KEPT_ANSWER: usize = 4096;

/// What an app answered a callback with.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The body, an object; `{}` if it was empty.
    pub body: Map<String, Value>,
    /// The status, of HTTP or of the frame.
    pub status: i64,
}

/// Why a receiver gave no answer, or none that counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// No address is set, or it is no address.
    #[error("no address to send it to is set, or it is not one")]
    NoAddress,
    /// The address leads where the platform does not go.
    #[error("the address leads to a private network: {0}")]
    Private(String),
    /// The name of the address leads nowhere.
    #[error("the name of the address cannot be resolved: {0}")]
    Resolve(String),
    /// There is no connection to the address.
    #[error("no connection to the address: {0}")]
    Connect(String),
    /// The connection ended before the answer.
    #[error("the connection ended before the answer: {0}")]
    Broken(String),
    /// The app has no long connection.
    #[error("the app has no long connection")]
    NoConnection,
    /// It took more than 3 s.
    #[error("no answer within 3 s")]
    Late,
    /// The status says that it failed.
    #[error("answered with status {status}")]
    Status {
        /// Of HTTP, or of the frame.
        status: i64,
        /// What came with it.
        body: String,
    },
    /// What came is not an answer.
    #[error("the answer is not a JSON object")]
    Malformed {
        /// The status, if the answer had one.
        status: Option<i64>,
        /// What came.
        body: String,
    },
}

impl NoAnswer {
    /// The same in a word.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::Private(_) => "private_address",
            Self::Resolve(_) => "not_resolved",
            Self::Connect(_) => "not_connected",
            Self::Broken(_) => "broken",
            Self::NoConnection => "no_connection",
            Self::Late => "late",
            Self::Status { .. } => "status",
            Self::Malformed { .. } => "malformed",
        }
    }

    /// What the Feishu client shows to the user who waits, as a code.
    ///
    /// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication`.
    pub const fn client_code(&self) -> i64 {
        match self {
            Self::NoAddress | Self::NoConnection | Self::Private(_) => 200_340,
            Self::Late => 200_341,
            Self::Connect(_) | Self::Broken(_) => 200_342,
            Self::Resolve(_) => 200_343,
            Self::Status { .. } => 200_671,
            Self::Malformed { .. } => 200_672,
        }
    }
}

/// What a receiver sent back, whatever it means.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) status: i64,
    pub(crate) body: Bytes,
}

impl Came {
    fn text(&self) -> String {
        text(&self.body)
    }
}

/// The beginning of a body.
fn text(body: &[u8]) -> String {
    cut(&String::from_utf8_lossy(body))
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    let end = (0..=KEPT_ANSWER.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default().to_owned()
}

impl Answer {
    pub(crate) fn from_webhook(came: Came) -> Result<Self, NoAnswer> {
        Self::read(came.status, &came.body, true)
    }

    pub(crate) fn from_ack(came: Came) -> Result<Self, NoAnswer> {
        Self::read(came.status, &came.body, false)
    }

    /// An answer with status 200 and an object, or nothing, for a body.
    ///
    /// Over HTTP a JSON string counts as nothing: it is what the Node SDK answers for want of a handler.
    pub fn read(status: i64, body: &[u8], over_http: bool) -> Result<Self, NoAnswer> {
        if status != 200 {
            return Err(NoAnswer::Status { status, body: text(body) });
        }
        if body.trim_ascii().is_empty() {
            return Ok(Self { body: Map::new(), status });
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Ok(Self { body: object, status }),
            Ok(Value::String(_)) if over_http => Ok(Self { body: Map::new(), status }),
            _ => Err(NoAnswer::Malformed { status: Some(status), body: text(body) }),
        }
    }
}

/// An event was taken if the status says so; what came with it is not looked at.
pub(crate) fn taken(came: &Result<Came, NoAnswer>) -> Result<i64, NoAnswer> {
    match came {
        Ok(came) if came.status == 200 => Ok(came.status),
        Ok(came) => Err(NoAnswer::Status { status: came.status, body: came.text() }),
        Err(no_answer) => Err(no_answer.clone()),
    }
}

/// The row of an attempt.
pub(crate) fn attempt(
    event_id: String,
    at: i64,
    took: i64,
    target: String,
    came: &Result<Came, NoAnswer>,
) -> AttemptRow {
    let (outcome, status, answer) = match came {
        Ok(came) if came.status == 200 => ("taken", Some(came.status), Some(came.text())),
        Ok(came) => ("status", Some(came.status), Some(came.text())),
        Err(no_answer) => match no_answer {
            NoAnswer::Status { status, body } | NoAnswer::Malformed { status: Some(status), body } => {
                (no_answer.name(), Some(*status), Some(body.clone()))
            }
            NoAnswer::Malformed { status: None, body } => (no_answer.name(), None, Some(body.clone())),
            other => (other.name(), None, Some(other.to_string())),
        },
    };
    let answer = answer.filter(|answer| !answer.is_empty());
    AttemptRow { event_id, at, took, target, outcome: outcome.to_owned(), status, answer }
}

/// Writes a callback down beside the events, settled from the beginning.
#[expect(clippy::too_many_arguments, reason = "all there is to know of a callback, once")]
pub(crate) async fn record_callback(
    shared: &Shared,
    app: i64,
    envelope: &Envelope,
    body: Bytes,
    at: i64,
    took: i64,
    target: String,
    answer: &Result<Answer, NoAnswer>,
) {
    let event_id = match envelope.header.event_id.as_str() {
        // The old card callback has none.
        "" => shared.context.hex(32),
        event_id => event_id.to_owned(),
    };
    let came = answer
        .clone()
        .map(|answer| Came { status: answer.status, body: Value::Object(answer.body).to_string().into() });
    let row = OutboxRow {
        id: 0,
        event_id: event_id.clone(),
        app,
        event_type: envelope.header.event_type.clone(),
        lane: String::new(),
        body: String::from_utf8_lossy(&body).into_owned(),
        progress: Progress::Ready,
        attempts: 0,
        due_at: at,
        created_at: at,
    };
    let answered = came.is_ok();
    let attempt = attempt(event_id, at, took, target, &came);
    let written = shared.store.write::<_, Failure>(move |tx| {
        tx.insert_settled_event(&row, answered)?;
        tx.insert_attempt(&attempt)?;
        Ok(())
    });
    if let Err(error) = written.await {
        tracing::warn!(%error, "a callback cannot be written down");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_body_panics(
            status in prop_oneof![Just(200), any::<i64>()],
            body in prop_oneof![
                any::<Vec<u8>>(),
                r#"[{\["]?[ -~é]{0,20}[]}"]?"#.prop_map(String::into_bytes),
            ],
            over_http in any::<bool>(),
        ) {
            match Answer::read(status, &body, over_http) {
                Ok(answer) => {
                    prop_assert_eq!(answer.status, 200);
                    let again = Value::Object(answer.body.clone()).to_string();
                    prop_assert_eq!(Answer::read(200, again.as_bytes(), false), Ok(answer));
                }
                Err(NoAnswer::Status { body, .. } | NoAnswer::Malformed { body, .. }) => {
                    prop_assert!(body.len() <= KEPT_ANSWER);
                }
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }
}
