//! Events that come in several frames.

use std::collections::HashMap;

use bytes::{Bytes, BytesMut};

use crate::frame::{Frame, header};

/// The most fragments of one event. With frames of 1 MiB, nine reach [`MAX_BYTES`]; an event of chat has one.
pub const MAX_FRAGMENTS: usize = 64;

/// The most bytes kept for all events that are not complete yet: their fragments, and their ids.
pub const MAX_BYTES: usize = 8 << 20;

/// The most events that are not complete yet.
pub const MAX_OPEN: usize = 64;

/// How many milliseconds fragments are kept after the last that came, as in the Python and Go SDKs.
pub const KEEP_MS: i64 = 5_000;

/// Puts the fragments of events together, one joiner for each connection.
///
/// The peer decides how many fragments there are and how large, so all of it is bounded. A fragment that
/// would go beyond a bound is refused; events that are being joined are not given up for others.
#[derive(Debug, Default)]
pub struct Joiner {
    open: HashMap<String, Join>,
}

#[derive(Debug)]
struct Join {
    fragments: Vec<Option<Bytes>>,
    last_ms: i64,
}

/// An event that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The JSON.
    pub payload: Bytes,
    /// The frame that came last: the one to answer with [`Frame::ack`].
    pub last: Frame,
}

/// A fragment that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// A header does not say which fragment of how many, or of what.
    #[error("the header `{0}` of a fragment is missing or out of range")]
    Header(&'static str),
    /// [`MAX_OPEN`] events are being joined already.
    #[error("fragments of more than {MAX_OPEN} events")]
    TooManyOpen,
    /// More than [`MAX_BYTES`]. What came of this event is dropped.
    #[error("fragments of more than {MAX_BYTES} bytes")]
    TooLarge,
}

impl Joiner {
    /// Takes a data frame, and gives the event if this completes it.
    ///
    /// `now_ms` comes from any clock that does not go back. Fragments may come in any order and more than once.
    pub fn take(&mut self, frame: Frame, now_ms: i64) -> Result<Option<Joined>, JoinError> {
        self.sweep(now_ms);
        let sum = match frame.header(header::SUM) {
            None => 1,
            Some(_) => number(&frame, header::SUM, 1..=MAX_FRAGMENTS)?,
        };
        let fragment = frame.payload.clone().unwrap_or_default();
        if sum == 1 {
            return Ok(Some(Joined { payload: fragment, last: frame }));
        }
        let seq = number(&frame, header::SEQ, 0..=sum - 1)?;
        let message_id = frame.header(header::MESSAGE_ID).ok_or(JoinError::Header(header::MESSAGE_ID))?;

        // Cut into another number of pieces, it is another attempt: what is left of the first goes.
        self.open.retain(|id, join| id != message_id || join.fragments.len() == sum);
        let is_new = match self.open.get(message_id) {
            Some(join) => join.fragments.get(seq).is_some_and(Option::is_none),
            None if self.open.len() == MAX_OPEN => return Err(JoinError::TooManyOpen),
            None => true,
        };
        if is_new && self.bytes() + message_id.len() + fragment.len() > MAX_BYTES {
            self.open.remove(message_id);
            return Err(JoinError::TooLarge);
        }
        let join = self
            .open
            .entry(message_id.to_owned())
            .or_insert_with(|| Join { fragments: vec![None; sum], last_ms: now_ms });
        join.last_ms = now_ms;
        if let Some(place @ None) = join.fragments.get_mut(seq) {
            *place = Some(fragment);
        }
        let Some(payload) = join.payload() else {
            return Ok(None);
        };
        self.open.remove(message_id);
        Ok(Some(Joined { payload, last: frame }))
    }

    /// Drops the fragments that have waited too long. [`take`](Self::take) does so too.
    pub fn sweep(&mut self, now_ms: i64) {
        self.open.retain(|_, join| now_ms.saturating_sub(join.last_ms) <= KEEP_MS);
    }

    /// How many events are not complete yet.
    pub fn open(&self) -> usize {
        self.open.len()
    }

    /// How many bytes are kept for them.
    pub fn bytes(&self) -> usize {
        self.open.iter().map(|(id, join)| id.len() + join.bytes()).sum()
    }
}

impl Join {
    fn bytes(&self) -> usize {
        self.fragments.iter().flatten().map(Bytes::len).sum()
    }

    /// All of it, if it is all there.
    fn payload(&self) -> Option<Bytes> {
        if self.fragments.iter().any(Option::is_none) {
            return None;
        }
        let mut payload = BytesMut::with_capacity(self.bytes());
        for fragment in self.fragments.iter().flatten() {
            payload.extend_from_slice(fragment);
        }
        Some(payload.freeze())
    }
}

/// A header that is a number within a range.
fn number(
    frame: &Frame,
    key: &'static str,
    range: std::ops::RangeInclusive<usize>,
) -> Result<usize, JoinError> {
    let number = frame.header(key).and_then(|value| value.parse().ok());
    number.filter(|number| range.contains(number)).ok_or(JoinError::Header(key))
}
