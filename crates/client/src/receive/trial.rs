//! Whether a long connection can be opened from here.

use std::time::Duration;

use futures_util::StreamExt;

use super::{
    ConnectionError, LongConnection,
    socket::{self, NotOpen},
};
use crate::client::Client;

/// How long the other side may take to close.
const CLOSING: Duration = Duration::from_secs(1);

/// Why a long connection does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The platform gives no address to connect to.
    #[error("{why}")]
    NoAddress {
        /// The `code`, if it refuses for good.
        code: Option<i64>,
        /// What it says, or what went wrong on the way.
        why: String,
    },
    /// It gives one, and nothing opens there.
    #[error("{why}")]
    NotOpen {
        /// The `code`, if the platform refuses for good.
        code: Option<i64>,
        /// Host and port of the address. The rest is a secret.
        host: String,
        /// The proxy that leads there, as `host:port`.
        proxy: Option<String>,
        /// What it says, or what went wrong on the way.
        why: String,
    },
}

impl LongConnection {
    /// Opens a connection of a client's app and closes it at once. Each of its two steps may take `timeout`.
    ///
    /// Nothing that comes over it is acknowledged: the platform sends it again.
    pub async fn try_out(client: &Client, timeout: Duration) -> Result<(), OpenError> {
        let late = |_| NotOpen::Later(format!("no answer within {} ms", timeout.as_millis()));
        let asked = tokio::time::timeout(timeout, socket::discover(client)).await;
        let address = asked.map_err(late).flatten().map_err(|error| {
            let (code, why) = error.told();
            OpenError::NoAddress { code, why }
        })?;
        let opened = tokio::time::timeout(timeout, socket::connect(client, &address)).await;
        let mut socket = opened.map_err(late).flatten().map_err(|error| {
            let (code, why) = error.told();
            let (host, proxy) = (address.shown(), client.proxy_to(&address.to_connect()));
            OpenError::NotOpen { code, host, proxy, why }
        })?;
        let closed = async {
            if socket.close(None).await.is_ok() {
                while let Some(Ok(_)) = socket.next().await {}
            }
        };
        // Whether it closes in time or not, it did open.
        let _ = tokio::time::timeout(CLOSING, closed).await;
        Ok(())
    }
}

impl NotOpen {
    fn told(self) -> (Option<i64>, String) {
        match self {
            Self::Final(ConnectionError::Refused { code, msg }) => (Some(code), format!("{code}: {msg}")),
            Self::Final(error) => (None, error.to_string()),
            Self::Later(why) => (None, why),
        }
    }
}
