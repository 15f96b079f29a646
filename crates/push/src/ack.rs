//! What a client makes of an event: the payload of the frame that it sends back.

use std::fmt;

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

/// Written with padding, read with and without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The answer to an event or a callback, due within 3 s.
///
/// It is read in every form that clients are known to send: with and without `headers` and `data`, with `data`
/// as base64 or as a list of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// [`OK`](Self::OK), or the event is delivered again. A callback never is.
    pub code: i64,
    /// Without a known meaning: `null`, `{}` or absent.
    #[serde(default)]
    pub headers: Value,
    /// What the handler returned, as JSON; base64 on the wire.
    ///
    /// It counts for callbacks only. The Node SDK sends something for events too.
    #[serde(default, serialize_with = "encode", deserialize_with = "decode")]
    pub data: Option<Vec<u8>>,
}

/// A payload that is not an answer.
#[derive(Debug, thiserror::Error)]
#[error("not an ack: {0}")]
pub struct AckError(#[from] serde_json::Error);

impl Ack {
    /// The code of what was handled.
    pub const OK: i64 = 200;

    /// The code of what was not.
    pub const FAILED: i64 = 500;

    /// The event was handled.
    pub fn ok() -> Self {
        Self { code: Self::OK, ..Self::default() }
    }

    /// The callback was handled, and this JSON is what comes of it.
    pub fn answer(json: impl Into<Vec<u8>>) -> Self {
        Self { data: Some(json.into()), ..Self::ok() }
    }

    /// Nothing here handles this type of event, or its handler failed.
    pub fn no_handler() -> Self {
        Self { code: Self::FAILED, ..Self::default() }
    }

    /// Reads the payload of a frame.
    pub fn parse(payload: &[u8]) -> Result<Self, AckError> {
        Ok(serde_json::from_slice(payload)?)
    }

    /// Whether the event was handled.
    pub const fn is_ok(&self) -> bool {
        self.code == Self::OK
    }
}

fn encode<S: Serializer>(data: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    data.as_ref().map(|data| BASE64.encode(data)).serialize(serializer)
}

fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
    deserializer.deserialize_any(Data)
}

/// `data` in one of its forms.
struct Data;

impl<'de> de::Visitor<'de> for Data {
    type Value = Option<Vec<u8>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, base64, or a list of bytes")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        BASE64.decode(text).map(Some).map_err(E::custom)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut bytes: A) -> Result<Self::Value, A::Error> {
        let mut data = Vec::new();
        while let Some(byte) = bytes.next_element()? {
            data.push(byte);
        }
        Ok(Some(data))
    }
}
