//! The unit of the long connection: one protobuf message in one binary WebSocket message.
//!
//! The schema is `pbbp2.Frame` of the official SDKs (`lark_oapi/ws/pb/pbbp2_pb2.py`, `ws/pbbp2.pb.go`).

use bytes::Bytes;
use prost::Message as _;
use serde_json::json;

use crate::{Ack, ClientConfig};

/// The most bytes in a frame: the Python SDK's library closes the connection over a larger one.
pub const MAX_BYTES: usize = 1 << 20;

/// The most headers in a frame. The recorded ones have six.
pub const MAX_HEADERS: usize = 64;

/// The most bytes of payload in a frame: what 16 KiB of headers leave of [`MAX_BYTES`].
pub const MAX_PAYLOAD: usize = MAX_BYTES - (16 << 10);

/// Keys of headers.
pub mod header {
    /// What the frame is: `ping`, `pong` or `event`.
    ///
    /// Callbacks come as `event` too: every SDK drops a frame of type `card` without an answer.
    pub const TYPE: &str = "type";
    /// The delivery: fragments are joined by it, and answers are matched by it.
    pub const MESSAGE_ID: &str = "message_id";
    /// How many fragments there are, in decimal digits.
    pub const SUM: &str = "sum";
    /// Which fragment this is, from 0, in decimal digits.
    pub const SEQ: &str = "seq";
    /// What logs on both sides know the delivery by.
    pub const TRACE_ID: &str = "trace_id";
    /// Milliseconds that the handler took, in an answer. The Node SDK sends negative ones.
    pub const BIZ_RT: &str = "biz_rt";
}

/// What is sent over the long connection, in either direction.
///
/// The first four fields are required by proto2 and written even if they are 0. On reading, a missing one is 0.
/// The Go SDK writes the empty texts that the others leave out, so frames are never compared as bytes.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct Frame {
    /// A number of the sender. Nothing may be matched by it: the Node SDK rounds large ones.
    #[prost(uint64, required, tag = "1")]
    pub seq_id: u64,
    /// Another such number.
    #[prost(uint64, required, tag = "2")]
    pub log_id: u64,
    /// The `service_id` of the connection's URL.
    #[prost(int32, required, tag = "3")]
    pub service: i32,
    /// A [`Method`].
    #[prost(int32, required, tag = "4")]
    pub method: i32,
    /// Keys and values; see [`header`](mod@header).
    #[prost(message, repeated, tag = "5")]
    pub headers: Vec<Header>,
    /// Empty or absent in everything seen.
    #[prost(string, optional, tag = "6")]
    pub payload_encoding: Option<String>,
    /// Empty or absent in everything seen.
    #[prost(string, optional, tag = "7")]
    pub payload_type: Option<String>,
    /// JSON, or a part of it: [`ClientConfig`], an event or an [`Ack`].
    #[prost(bytes = "bytes", optional, tag = "8")]
    pub payload: Option<Bytes>,
    /// A log id as text. Empty or absent in everything seen.
    #[prost(string, optional, tag = "9")]
    pub log_id_new: Option<String>,
}

/// A key and a value beside the payload.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct Header {
    /// The key.
    #[prost(string, required, tag = "1")]
    pub key: String,
    /// The value.
    #[prost(string, required, tag = "2")]
    pub value: String,
}

/// What a frame is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The connection itself: ping and pong.
    Control = 0,
    /// Events, callbacks and their answers.
    Data = 1,
}

/// Bytes that are not a frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// More than [`MAX_BYTES`].
    #[error("a frame of {bytes} bytes, more than {MAX_BYTES}")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// More than [`MAX_HEADERS`].
    #[error("a frame with {count} headers, more than {MAX_HEADERS}")]
    TooManyHeaders {
        /// How many there are.
        count: usize,
    },
    /// Not this protobuf message.
    #[error("not a frame: {0}")]
    Malformed(#[from] prost::DecodeError),
}

impl Header {
    /// A header.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

impl Frame {
    /// The client's sign of life, due once in every `PingInterval`.
    pub fn ping(service: i32) -> Self {
        Self { service, headers: vec![Header::new(header::TYPE, "ping")], ..Self::default() }
    }

    /// The platform's answer to a ping. It may change how the client reconnects and pings.
    ///
    /// The payload is never empty: a Node process up to SDK 1.73 dies of an empty one.
    pub fn pong(service: i32, config: &ClientConfig) -> Self {
        Self {
            service,
            headers: vec![Header::new(header::TYPE, "pong")],
            payload: Some(json!(config).to_string().into()),
            ..Self::default()
        }
    }

    /// An event or a callback in one piece.
    ///
    /// `message_id` is a new one for each attempt; receivers know an event again by its `event_id`.
    pub fn event(service: i32, message_id: &str, trace_id: &str, payload: impl Into<Bytes>) -> Self {
        let headers = vec![
            Header::new(header::TYPE, "event"),
            Header::new(header::MESSAGE_ID, message_id),
            Header::new(header::SUM, "1"),
            Header::new(header::SEQ, "0"),
            Header::new(header::TRACE_ID, trace_id),
        ];
        let method = Method::Data as i32;
        Self { service, method, headers, payload: Some(payload.into()), ..Self::default() }
    }

    /// This event in fragments of at most `max` bytes of payload, none of them empty; a `max` of 0 counts as 1.
    ///
    /// One frame is best: the Java SDK loses fragments that follow each other within 20 ms. What is larger
    /// than [`MAX_PAYLOAD`] has no choice. A [`Joiner`](crate::Joiner) takes no more than
    /// [`MAX_FRAGMENTS`](crate::join::MAX_FRAGMENTS).
    pub fn split(&self, max: usize) -> Vec<Self> {
        let payload = self.payload.clone().unwrap_or_default();
        let max = max.max(1);
        // An empty payload is one frame, not none.
        let sum = payload.len().div_ceil(max).max(1);
        let fragment = |seq: usize| {
            let end = payload.len().min((seq + 1) * max);
            let mut frame = Self { payload: Some(payload.slice(seq * max..end)), ..self.clone() };
            frame.set(header::SUM, sum.to_string());
            frame.set(header::SEQ, seq.to_string());
            frame
        };
        (0..sum).map(fragment).collect()
    }

    /// The answer to this frame: the frame itself with `biz_rt`, the milliseconds that the handler took, and
    /// with another payload. Of an event in fragments it is the one that came last that is answered.
    pub fn ack(&self, ack: &Ack, biz_rt_ms: u64) -> Self {
        let mut frame = Self { payload: Some(json!(ack).to_string().into()), ..self.clone() };
        frame.headers.push(Header::new(header::BIZ_RT, biz_rt_ms.to_string()));
        frame
    }

    /// What the frame is for, if it is known.
    pub const fn method(&self) -> Option<Method> {
        match self.method {
            0 => Some(Method::Control),
            1 => Some(Method::Data),
            _ => None,
        }
    }

    /// The value of a header, the first if there are several.
    pub fn header(&self, key: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.key == key).map(|header| header.value.as_str())
    }

    /// The bytes of a WebSocket message.
    pub fn encode(&self) -> Bytes {
        self.encode_to_vec().into()
    }

    /// Reads the bytes of a WebSocket message. Fields it does not know are left out.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        if bytes.len() > MAX_BYTES {
            return Err(FrameError::TooLarge { bytes: bytes.len() });
        }
        let frame = <Self as prost::Message>::decode(bytes)?;
        if frame.headers.len() > MAX_HEADERS {
            return Err(FrameError::TooManyHeaders { count: frame.headers.len() });
        }
        Ok(frame)
    }

    fn set(&mut self, key: &str, value: String) {
        match self.headers.iter_mut().find(|header| header.key == key) {
            Some(header) => header.value = value,
            None => self.headers.push(Header::new(key, value)),
        }
    }
}
