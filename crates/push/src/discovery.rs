//! How a client gets the address of its long connection, and what it is told if it gets none.
//!
//! It posts a [`Request`] to [`PATH`] and gets a [`Response`], with HTTP 200 in either case. Then it opens a
//! WebSocket, which the platform may still refuse with the `Handshake-…` headers.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use crate::ClientConfig;

/// Where the request is posted to.
pub const PATH: &str = "/callback/ws/endpoint";

/// The system is busy: the client may try again. The Node SDK stops.
pub const SYSTEM_BUSY: i64 = 1;
/// An error of the platform: the client may try again.
pub const INTERNAL_ERROR: i64 = 1_000_040_343;
/// There is no app with this id and secret, or neither was given.
pub const BAD_CREDENTIAL: i64 = 1_000_040_344;
/// The app has [`MAX_CONNECTIONS`] already.
pub const TOO_MANY_CONNECTIONS: i64 = 1_000_040_350;
/// The app is not to be found at this domain.
pub const WRONG_DOMAIN: i64 = 1_000_040_351;

/// How many long connections an app may have.
pub const MAX_CONNECTIONS: usize = 50;

/// Header of a refused handshake: [`FORBIDDEN`], [`AUTHENTICATION_FAILED`] or another number.
pub const HANDSHAKE_STATUS: &str = "Handshake-Status";
/// Header of a refused handshake: why. Without it a client takes the refusal for an error of the network.
pub const HANDSHAKE_MSG: &str = "Handshake-Msg";
/// Header of a refused handshake: a code as in a [`Response`]. The Python SDK wants one with every 514.
pub const HANDSHAKE_AUTHERRCODE: &str = "Handshake-Autherrcode";

/// `Handshake-Status` of a client that is to stay away.
pub const FORBIDDEN: i64 = 403;
/// `Handshake-Status` of a client whose ticket is no good. It may ask for another.
pub const AUTHENTICATION_FAILED: i64 = 514;

/// Whether a client that was refused with this code at discovery stops trying.
pub const fn is_terminal(code: i64) -> bool {
    !matches!(code, 0 | SYSTEM_BUSY | INTERNAL_ERROR)
}

/// Whether a client that was refused at the handshake stops trying. The Node SDK never does.
pub const fn is_terminal_handshake(status: i64, autherrcode: Option<i64>) -> bool {
    match status {
        FORBIDDEN => true,
        AUTHENTICATION_FAILED => matches!(autherrcode, Some(TOO_MANY_CONNECTIONS)),
        _ => false,
    }
}

/// Who wants to connect.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The app.
    #[serde(rename = "AppID")]
    pub app_id: String,
    /// Its secret; empty if there is an assertion.
    #[serde(rename = "AppSecret", default)]
    pub app_secret: String,
    /// A signed JWT instead of the secret.
    #[serde(rename = "ClientAssertion", default, skip_serializing_if = "Option::is_none")]
    pub client_assertion: Option<String>,
}

impl fmt::Debug for Request {
    /// Shows who, and no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}

/// What discovery is answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// 0, or why there is no connection.
    pub code: i64,
    /// The same in words.
    #[serde(default)]
    pub msg: String,
    /// Where to connect. `{}` on the wire if there is none: over anything else the Node SDK misses the code
    /// and tries for ever.
    #[serde(default, deserialize_with = "connection", serialize_with = "object")]
    pub data: Option<Connection>,
}

/// Where to connect, and how to stay connected.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// A `ws` or `wss` address that opens one connection.
    ///
    /// The SDKs read `device_id` and `service_id`, a 32-bit number, from its query. `service_id` is not the
    /// first there: the Node SDK would not find it.
    #[serde(rename = "URL")]
    pub url: String,
    /// How to stay connected.
    #[serde(rename = "ClientConfig", default)]
    pub client_config: ClientConfig,
}

impl fmt::Debug for Connection {
    /// Without the address, whose ticket opens a connection.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("client_config", &self.client_config).finish_non_exhaustive()
    }
}

impl Response {
    /// A connection.
    pub const fn granted(url: String, client_config: ClientConfig) -> Self {
        Self { code: 0, msg: String::new(), data: Some(Connection { url, client_config }) }
    }

    /// No connection.
    pub fn refused(code: i64, msg: impl Into<String>) -> Self {
        Self { code, msg: msg.into(), data: None }
    }
}

/// An object with a `URL` is a connection, all else is none.
fn connection<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Connection>, D::Error> {
    let Ok(mut data) = serde_json::from_value::<Map<String, Value>>(Value::deserialize(deserializer)?) else {
        return Ok(None);
    };
    let Some(Value::String(url)) = data.remove("URL") else {
        return Ok(None);
    };
    let client_config = data.remove("ClientConfig").and_then(|config| serde_json::from_value(config).ok());
    Ok(Some(Connection { url, client_config: client_config.unwrap_or_default() }))
}

fn object<S: Serializer>(data: &Option<Connection>, serializer: S) -> Result<S::Ok, S::Error> {
    match data {
        Some(connection) => connection.serialize(serializer),
        None => serializer.serialize_map(Some(0))?.end(),
    }
}
