//! From an app's id and secret to an open WebSocket.

use std::{fmt, time::Duration};

use http::{HeaderMap, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Limited};
use larkspur_push::{
    ClientConfig,
    discovery::{self, HANDSHAKE_AUTHERRCODE, HANDSHAKE_MSG, HANDSHAKE_STATUS},
    frame,
};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{self, client::IntoClientRequest, protocol::WebSocketConfig},
};
use tower_service::Service;
use url::Url;

use super::ConnectionError;
use crate::{
    client::Client,
    transport::{self, chain},
};

/// How long discovery may take, and then the way to the open connection.
const STEP: Duration = Duration::from_secs(15);

/// The most bytes in the answer of discovery.
const MAX_ANSWER: usize = 64 << 10;

/// Bytes in any order, plain or TLS.
pub(crate) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// An open WebSocket.
pub(crate) type Socket = WebSocketStream<Box<dyn Io>>;

/// Why there is no connection.
#[derive(Debug)]
pub(crate) enum NotOpen {
    /// It makes no sense to try again.
    Final(ConnectionError),
    /// It may work later.
    Later(String),
}

/// Where to connect.
pub(crate) struct Address {
    url: Url,
    /// What the platform calls the connection.
    pub(crate) conn_id: String,
    /// What pings carry.
    pub(crate) service_id: i32,
    /// How to stay connected.
    pub(crate) config: ClientConfig,
}

impl fmt::Debug for Address {
    /// Without the ticket in the address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("host", &self.shown())
            .field("conn_id", &self.conn_id)
            .finish_non_exhaustive()
    }
}

impl Address {
    /// Host and port.
    pub(crate) fn shown(&self) -> String {
        let (host, port) = (self.url.host_str().unwrap_or_default(), self.url.port_or_known_default());
        port.map_or(host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The same as an address that can be connected to.
    pub(crate) fn to_connect(&self) -> String {
        let scheme = if self.url.scheme() == "wss" { "https" } else { "http" };
        format!("{scheme}://{}/", self.shown())
    }
}

/// Asks the platform where to connect.
pub(crate) async fn discover(client: &Client) -> Result<Address, NotOpen> {
    let asked = tokio::time::timeout(STEP, ask(client)).await;
    let connection = asked.unwrap_or_else(|_| Err(later("discovery: no answer within 15 s")))?;
    let is_tls = client.base_url().starts_with("https://");
    address(&connection.url, connection.client_config, is_tls)
}

async fn ask(client: &Client) -> Result<discovery::Connection, NotOpen> {
    let Some((app_id, app_secret)) = client.app() else {
        let why = "a long connection needs the app's id and secret, not a token".to_owned();
        return Err(NotOpen::Final(ConnectionError::Config(why)));
    };
    let body = discovery::Request {
        app_id: app_id.to_owned(),
        app_secret: app_secret.to_owned(),
        client_assertion: None,
    };
    let body = serde_json::to_string(&body).map_err(|error| later(error.to_string()))?;
    let request = Request::post(format!("{}{}", client.base_url(), discovery::PATH))
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header(header::USER_AGENT, client.user_agent())
        // The language of messages, as the SDKs ask for it.
        .header("locale", "zh")
        .body(transport::full(body))
        .map_err(|error| NotOpen::Final(ConnectionError::Config(error.to_string())))?;
    let response = client.transport().send(request).await.map_err(|error| match error {
        crate::Error::Config(why) => NotOpen::Final(ConnectionError::Config(why)),
        error => later(format!("discovery: {error}")),
    })?;
    let status = response.status();
    if status != StatusCode::OK {
        return Err(later(format!("discovery: the platform answered {status}")));
    }
    let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await;
    let body = body.map_err(|error| later(format!("discovery: {}", chain(error.as_ref()))))?.to_bytes();
    let answer: discovery::Response = serde_json::from_slice(&body)
        .map_err(|error| later(format!("discovery: the answer is not of this platform: {error}")))?;
    match (answer.code, answer.data) {
        (0, Some(connection)) => Ok(connection),
        (0, None) => Err(later("discovery: the answer holds no address")),
        (code, _) if discovery::is_terminal(code) => {
            Err(NotOpen::Final(ConnectionError::Refused { code, msg: answer.msg }))
        }
        (code, _) => Err(later(format!("discovery: {code}: {}", answer.msg))),
    }
}

/// Reads the address that discovery gave. It is not shown: it is a secret.
fn address(url: &str, config: ClientConfig, is_tls: bool) -> Result<Address, NotOpen> {
    let wrong = |why: &str| later(format!("discovery: the address it gave {why}"));
    let url = Url::parse(url).map_err(|error| wrong(&format!("is none: {error}")))?;
    match url.scheme() {
        "wss" => {}
        "ws" if !is_tls => {}
        "ws" => return Err(wrong("is without TLS, and the platform's is not")),
        _ => return Err(wrong("is not of a WebSocket")),
    }
    let query =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let service_id = query("service_id").and_then(|id| id.parse().ok());
    let service_id = service_id.ok_or_else(|| wrong("has no service_id"))?;
    let conn_id = query("device_id").unwrap_or_default();
    Ok(Address { url, conn_id, service_id, config })
}

/// Opens the connection.
pub(crate) async fn connect(client: &Client, address: &Address) -> Result<Socket, NotOpen> {
    let opened = tokio::time::timeout(STEP, open(client, address)).await;
    opened.unwrap_or_else(|_| Err(later("the long connection did not open within 15 s")))
}

async fn open(client: &Client, address: &Address) -> Result<Socket, NotOpen> {
    let url = &address.url;
    let Some(host) = url.host_str() else {
        return Err(later("discovery: the address it gave names no host"));
    };
    let (is_tls, shown) = (url.scheme() == "wss", address.shown());
    let failed = |why: String| later(format!("{shown}: {why}"));
    let to: Uri = address.to_connect().parse().map_err(|_| failed("no host".to_owned()))?;
    let connections = &client.transport().connections;
    let tcp = connections.connector().call(to).await.map_err(|error| failed(chain(error.as_ref())))?;
    let stream: Box<dyn Io> = if is_tls {
        let config =
            connections.tls().map_err(|error| NotOpen::Final(ConnectionError::Config(error.to_string())))?;
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
        let name = name.map_err(|error| failed(error.to_string()))?;
        let tls = TlsConnector::from(config).connect(name, tcp.into_inner()).await;
        Box::new(tls.map_err(|error| failed(chain(&error)))?)
    } else {
        Box::new(tcp.into_inner())
    };
    let mut request = url.as_str().into_client_request().map_err(|error| failed(error.to_string()))?;
    request.headers_mut().insert(header::USER_AGENT, client.user_agent().clone());
    // A frame is one message; nothing larger is taken.
    let config = WebSocketConfig::default()
        .max_message_size(Some(frame::MAX_BYTES))
        .max_frame_size(Some(frame::MAX_BYTES));
    match client_async_with_config(request, stream, Some(config)).await {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::Error::Http(response)) => Err(refused(response.status(), response.headers())),
        Err(error) => Err(failed(chain(&error))),
    }
}

/// Reads why a handshake was refused.
fn refused(status: StatusCode, headers: &HeaderMap) -> NotOpen {
    let text =
        |name: &str| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let number = |name: &str| text(name).and_then(|text| text.trim().parse::<i64>().ok());
    // A refusal without a message is not of the platform, but of something on the way.
    let (Some(handshake), Some(msg)) = (number(HANDSHAKE_STATUS), text(HANDSHAKE_MSG)) else {
        return later(format!("the handshake was answered {status}"));
    };
    let code = number(HANDSHAKE_AUTHERRCODE);
    if discovery::is_terminal_handshake(handshake, code) {
        return NotOpen::Final(ConnectionError::Refused { code: code.unwrap_or(handshake), msg });
    }
    later(format!("the handshake was refused: {handshake}: {msg}"))
}

fn later(why: impl Into<String>) -> NotOpen {
    NotOpen::Later(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_or_refused() {
        let read = |url: &str, is_tls: bool| address(url, ClientConfig::DEFAULT, is_tls);
        let good = read("wss://h/ws/v2?device_id=7&service_id=33554678&ticket=t", true).expect("an address");
        assert_eq!((good.conn_id.as_str(), good.service_id), ("7", 33_554_678));
        assert!(read("ws://h/ws/v2?service_id=1", false).is_ok());
        for (url, why) in [
            ("ws://h/ws/v2?service_id=1", "is without TLS"),
            ("https://h/ws/v2?service_id=1", "is not of a WebSocket"),
            ("wss://h/ws/v2?ticket=secret", "has no service_id"),
            ("wss://h/ws/v2?service_id=99999999999", "has no service_id"),
            ("garbage", "is none"),
            ("", "is none"),
        ] {
            let Err(NotOpen::Later(told)) = read(url, true) else { panic!("{url} is refused for now") };
            assert!(told.contains(why) && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn refusals_of_the_handshake_are_told_apart() {
        let refused = |headers: &[(&'static str, &'static str)]| {
            let headers = headers
                .iter()
                .map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
            refused(StatusCode::FORBIDDEN, &headers.collect())
        };
        let is_final = |headers: &[_]| matches!(refused(headers), NotOpen::Final(_));
        assert!(is_final(&[(HANDSHAKE_STATUS, "403"), (HANDSHAKE_MSG, "forbidden")]));
        assert!(!is_final(&[(HANDSHAKE_STATUS, "403")]), "something on the way");
        assert!(!is_final(&[
            (HANDSHAKE_STATUS, "514"),
            (HANDSHAKE_MSG, "auth"),
            (HANDSHAKE_AUTHERRCODE, "1")
        ]));
        let full = [(HANDSHAKE_STATUS, "514"), (HANDSHAKE_MSG, "m"), (HANDSHAKE_AUTHERRCODE, "1000040350")];
        let NotOpen::Final(error) = refused(&full) else { panic!("final") };
        assert_eq!(error, ConnectionError::Refused { code: 1_000_040_350, msg: "m".to_owned() });
    }
}
