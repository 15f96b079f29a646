//! What the platform tells a client about staying connected.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// When a client pings and how it reconnects, sent at discovery and again in every pong.
///
/// All four are always written: without them the Go SDK pings in a busy loop, and Node and Python fail. On
/// reading, what is missing or makes no sense is what [`default`](Self::default) says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ClientConfig {
    /// How often it tries to reconnect; a negative number means without end.
    #[serde(deserialize_with = "reconnect_count")]
    pub reconnect_count: i32,
    /// Seconds between two tries.
    #[serde(deserialize_with = "reconnect_interval")]
    pub reconnect_interval: u32,
    /// The most seconds before the first try. Clients choose at random, so that they do not come all at once.
    #[serde(deserialize_with = "reconnect_nonce")]
    pub reconnect_nonce: u32,
    /// Seconds between two pings. Never 0.
    #[serde(deserialize_with = "ping_interval")]
    pub ping_interval: u32,
}

impl ClientConfig {
    /// What the official SDKs go by until they are told something else.
    pub const DEFAULT: Self =
        Self { reconnect_count: -1, reconnect_interval: 120, reconnect_nonce: 30, ping_interval: 120 };
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A whole number that fits, if that is what there is.
fn number<'de, D: Deserializer<'de>, T: TryFrom<i64>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_i64().and_then(|number| T::try_from(number).ok()))
}

fn reconnect_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    Ok(number(deserializer)?.unwrap_or(ClientConfig::DEFAULT.reconnect_count))
}

fn reconnect_interval<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Ok(number(deserializer)?.unwrap_or(ClientConfig::DEFAULT.reconnect_interval))
}

fn reconnect_nonce<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Ok(number(deserializer)?.unwrap_or(ClientConfig::DEFAULT.reconnect_nonce))
}

fn ping_interval<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let seconds = number(deserializer)?.filter(|seconds| *seconds > 0);
    Ok(seconds.unwrap_or(ClientConfig::DEFAULT.ping_interval))
}
