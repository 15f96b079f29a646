//! What events arrive in: three forms on the wire, one type here.

use std::fmt;

use larkspur_api_macros::object;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use super::{Event, EventMeta, Schema, card::action::trigger_v1, find};
use crate::{Other, id::AppId, secret::Shown, time::Millis};

/// What is known of an event before its body is read.
///
/// What a body does not say is empty: the old card callback says no more than `tenant_key`.
#[object]
pub struct Header {
    /// The event, the same whenever it is sent again: tells what came twice. `uuid` in 1.0.
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub event_id: String,
    /// What happened: `im.message.receive_v1`. `event.type` in 1.0.
    #[serde(deserialize_with = "text")]
    pub event_type: String,
    /// When it was sent, since 1970, in decimal digits: ms for events, µs for callbacks. `ts` in 1.0,
    /// which is in s there and in ms here.
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub create_time: String,
    /// The app's verification token: tells that it comes from the platform.
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// The app. `event.app_id` in 1.0.
    #[serde(deserialize_with = "text", skip_serializing_if = "is_empty")]
    pub app_id: AppId,
    /// The tenant. `event.tenant_key` in 1.0.
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub tenant_key: String,
}

impl Header {
    /// When it was sent, whichever the unit.
    pub fn created(&self) -> Option<Millis> {
        // In ms this is the year 5138, in µs it is 1973.
        const LEAST_MICROS: i64 = 100_000_000_000_000;
        let time: i64 = self.create_time.parse().ok()?;
        Some(Millis(if time < LEAST_MICROS { time } else { time / 1000 }))
    }
}

fn is_empty(id: &AppId) -> bool {
    id.as_str().is_empty()
}

/// A text; digits may come without quotes, and nothing may come as `null`.
fn text<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<T, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text.into()),
        Value::Number(number) => Ok(number.to_string().into()),
        Value::Null => Ok(String::new().into()),
        _ => Err(de::Error::custom("expected a text")),
    }
}

/// An event or callback as it travels, its body not yet read.
///
/// Of a type this version does not know, the body stays as it came.
#[derive(Clone, PartialEq)]
pub struct Envelope {
    /// What is known before the body is read.
    pub header: Header,
    /// The form on the wire.
    pub schema: Schema,
    /// The body: what stands under `event`, or all of an old card callback.
    pub event: Value,
    /// Fields beside `event` that this version does not know, and a `ts` finer than milliseconds.
    pub other: Other,
}

/// What was posted to an app's URL, decrypted.
#[derive(Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "made once for each body and taken apart at once")]
pub enum Incoming {
    /// An event or a callback.
    Event(Envelope),
    /// The platform checks the URL: answer `{"challenge": …}` within 1 s.
    Challenge {
        /// What to answer.
        challenge: String,
        /// The app's verification token.
        token: String,
    },
}

impl fmt::Debug for Envelope {
    /// Without the tokens in the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("header", &self.header)
            .field("schema", &self.schema)
            .field("event", &Shown(&self.event))
            .field("other", &self.other)
            .finish()
    }
}

impl fmt::Debug for Incoming {
    /// Without the verification token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(envelope) => envelope.fmt(f),
            Self::Challenge { challenge, .. } => {
                f.debug_struct("Challenge").field("challenge", challenge).finish_non_exhaustive()
            }
        }
    }
}

/// A body that is no event.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// It is not JSON.
    #[error("the body is not JSON: {0}")]
    NotJson(#[source] serde_json::Error),
    /// It is still encrypted.
    #[error("the body is encrypted")]
    Encrypted,
    /// Its `schema` is another than 2.0.
    #[error("the schema `{0}` is not known")]
    UnknownSchema(String),
    /// Its header is missing, or not what a header is.
    #[error("the header cannot be read: {0}")]
    BadHeader(#[source] serde_json::Error),
    /// It does not say what happened.
    #[error("the body names no event type")]
    NoType,
    /// It has none of the documented forms.
    #[error("the body is neither an event nor a callback")]
    Unrecognised,
}

/// An event that cannot be read as the type wanted.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// It is another event.
    #[error("expected `{expected}`, got `{got}`")]
    OtherType {
        /// What was wanted.
        expected: &'static str,
        /// What came.
        got: String,
    },
    /// Its body has another form than documented.
    #[error("the body of `{event_type}` cannot be read: {source}")]
    BadBody {
        /// What came.
        event_type: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl Envelope {
    /// Packs an event, in the form that belongs to its type.
    pub fn new<E: Event>(header: Header, event: &E) -> Self {
        // Structs of strings, numbers and JSON always serialise.
        let event = serde_json::to_value(event).unwrap_or_default();
        let header = Header { event_type: E::META.event_type.to_owned(), ..header };
        Self { header, schema: E::META.schema, event, other: Other::new() }
    }

    /// Reads what was posted, decrypted: any of the three forms, or the check of a URL.
    pub fn parse(body: &[u8]) -> Result<Incoming, EnvelopeError> {
        Self::from_json(serde_json::from_slice(body).map_err(EnvelopeError::NotJson)?)
    }

    /// The same, from JSON.
    pub fn from_json(body: Value) -> Result<Incoming, EnvelopeError> {
        let Value::Object(body) = body else { return Err(EnvelopeError::Unrecognised) };
        match member(&body, "schema") {
            "" => {}
            "2.0" => return v2(body).map(Incoming::Event),
            other => return Err(EnvelopeError::UnknownSchema(other.to_owned())),
        }
        let kind = member(&body, "type");
        if kind == "url_verification" && body.get("challenge").is_some_and(Value::is_string) {
            let challenge = member(&body, "challenge").to_owned();
            return Ok(Incoming::Challenge { challenge, token: member(&body, "token").to_owned() });
        }
        if kind == "event_callback" || !member(&body, "uuid").is_empty() {
            return v1(body).map(Incoming::Event);
        }
        let names_user_or_message =
            ["open_id", "open_message_id"].iter().any(|key| !member(&body, key).is_empty());
        if names_user_or_message && body.get("action").is_some_and(Value::is_object) {
            return Ok(Incoming::Event(legacy(body)));
        }
        if body.contains_key("encrypt") {
            return Err(EnvelopeError::Encrypted);
        }
        Err(EnvelopeError::Unrecognised)
    }

    /// The facts of its type, if this version knows it.
    pub fn meta(&self) -> Option<&'static EventMeta> {
        find(&self.header.event_type)
    }

    /// Reads the body.
    ///
    /// A `null` where the documentation promises something counts as left out.
    pub fn decode<E: Event>(&self) -> Result<E, DecodeError> {
        let event_type = E::META.event_type;
        if self.header.event_type != event_type {
            return Err(DecodeError::OtherType { expected: event_type, got: self.header.event_type.clone() });
        }
        E::deserialize(&self.event).or_else(|source| {
            E::deserialize(without_nulls(&self.event))
                .map_err(|_| DecodeError::BadBody { event_type, source })
        })
    }

    /// The body as it travels, before encryption.
    pub fn to_json(&self) -> Value {
        let Header { event_id, event_type, create_time, token, .. } = &self.header;
        let mut body = Map::new();
        match self.schema {
            Schema::Legacy => return self.event.clone(),
            Schema::V2 => {
                body.insert("schema".to_owned(), "2.0".into());
                // A struct of strings and JSON always serialises.
                body.insert("header".to_owned(), serde_json::to_value(&self.header).unwrap_or_default());
                if !self.event.is_null() {
                    body.insert("event".to_owned(), self.event.clone());
                }
            }
            Schema::V1 => {
                let ts = self.other.get("ts").filter(|ts| ts_to_millis(ts) == *create_time).cloned();
                let ts = ts.unwrap_or_else(|| millis_to_ts(create_time).into());
                for (key, value) in
                    [("ts", ts), ("uuid", event_id.clone().into()), ("token", token.clone().into())]
                {
                    if value != "" {
                        body.insert(key.to_owned(), value);
                    }
                }
                body.insert("type".to_owned(), "event_callback".into());
                let mut event = self.event.as_object().cloned().unwrap_or_default();
                event.insert("type".to_owned(), event_type.clone().into());
                body.insert("event".to_owned(), event.into());
            }
        }
        for (key, value) in &self.other {
            body.entry(key.clone()).or_insert_with(|| value.clone());
        }
        body.into()
    }
}

impl Serialize for Envelope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

/// A text among the members; empty if it is missing or something else.
fn member<'a>(object: &'a Map<String, Value>, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn v2(mut body: Map<String, Value>) -> Result<Envelope, EnvelopeError> {
    body.shift_remove("schema");
    let header = body.shift_remove("header").unwrap_or_default();
    let header: Header = serde_json::from_value(header).map_err(EnvelopeError::BadHeader)?;
    if header.event_type.is_empty() {
        return Err(EnvelopeError::NoType);
    }
    let event = body.shift_remove("event").unwrap_or_default();
    Ok(Envelope { header, schema: Schema::V2, event, other: body })
}

fn v1(mut body: Map<String, Value>) -> Result<Envelope, EnvelopeError> {
    let Some(Value::Object(event)) = body.shift_remove("event") else { return Err(EnvelopeError::NoType) };
    let mut take = |key| match body.shift_remove(key) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let header = Header {
        event_id: take("uuid"),
        event_type: member(&event, "type").to_owned(),
        create_time: String::new(),
        token: take("token"),
        app_id: member(&event, "app_id").into(),
        tenant_key: member(&event, "tenant_key").to_owned(),
        other: Other::new(),
    };
    if header.event_type.is_empty() {
        return Err(EnvelopeError::NoType);
    }
    body.shift_remove("type");
    let create_time = body.get("ts").map(ts_to_millis).unwrap_or_default();
    if body.get("ts").is_some_and(|ts| *ts == millis_to_ts(&create_time)) {
        body.shift_remove("ts");
    }
    let header = Header { create_time, ..header };
    Ok(Envelope { header, schema: Schema::V1, event: event.into(), other: body })
}

fn legacy(body: Map<String, Value>) -> Envelope {
    let header = Header {
        event_type: trigger_v1::Event::META.event_type.to_owned(),
        tenant_key: member(&body, "tenant_key").to_owned(),
        ..Header::default()
    };
    Envelope { header, schema: Schema::Legacy, event: body.into(), other: Other::new() }
}

/// `1502199207.7171419`, in s, to `1502199207717`, in ms; empty if it is something else.
fn ts_to_millis(ts: &Value) -> String {
    let ts = match ts {
        Value::String(ts) => ts.clone(),
        Value::Number(ts) => ts.to_string(),
        _ => return String::new(),
    };
    let (seconds, fraction) = ts.split_once('.').unwrap_or((&ts, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = seconds.parse::<i64>().ok().filter(|_| digits(seconds) && digits(fraction));
    let thousandths = format!("{fraction:0<3.3}").parse::<i64>().ok();
    let millis =
        seconds.zip(thousandths).and_then(|(seconds, rest)| seconds.checked_mul(1000)?.checked_add(rest));
    millis.map(|millis| millis.to_string()).unwrap_or_default()
}

/// The way back.
fn millis_to_ts(create_time: &str) -> String {
    match create_time.parse::<i64>() {
        Ok(millis) if millis >= 0 => format!("{}.{:03}", millis / 1000, millis % 1000),
        _ => String::new(),
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect(),
        Value::Array(values) => values.iter().map(without_nulls).collect(),
        _ => value.clone(),
    }
}
