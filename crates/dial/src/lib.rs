//! The one way out: requests to addresses that someone else chose.
//!
//! A URL in an argument or a webhook in a setting must not reach what only this machine can reach.
//! Every name is resolved here, every address it resolves to is looked at, and the connection is made
//! to the very address that was looked at, so that a name cannot change in between. Redirects are
//! looked at in the same way.

mod reach;

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, header::LOCATION};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use url::{Host, Url};

use self::reach::{NoAddress, NotPublic, Resolver};
pub use self::reach::{Reach, is_public};

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// How long connecting, and then answering, may take.
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);

/// Why a fetch failed.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// The address cannot be fetched from.
    #[error("{url}: {why}")]
    Url {
        /// The address, as far as it may be shown.
        url: String,
        /// Why.
        why: String,
    },
    /// The address leads to this machine or its network.
    #[error("{url} leads to {address}, which is not a public address")]
    Private {
        /// The address, as far as it may be shown.
        url: String,
        /// Where it leads.
        address: IpAddr,
    },
    /// Nothing came back.
    #[error("{url}: {why}")]
    Network {
        /// The address, as far as it may be shown.
        url: String,
        /// How far it came.
        stage: Stage,
        /// Why.
        why: String,
    },
    /// Something came back, but not the file.
    #[error("{url} answered {status}")]
    Status {
        /// The address, as far as it may be shown.
        url: String,
        /// The answer.
        status: StatusCode,
    },
    /// There is more than was asked for.
    #[error("{url} has more than {max} bytes")]
    TooLarge {
        /// The address, as far as it may be shown.
        url: String,
        /// The most that is taken.
        max: u64,
    },
}

/// How far a request came before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The name leads to no address.
    Resolve,
    /// There was no connection.
    Connect,
    /// There was a connection, and no answer on it.
    Answer,
    /// Time ran out.
    Time,
}

/// Fetches from, and posts to, addresses that someone else chose.
#[derive(Clone)]
pub struct Dialer {
    client: Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>,
    reach: Reach,
}

/// What a post was answered with.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The status. Redirects are not followed.
    pub status: StatusCode,
    /// The body, cut after as many bytes as were asked for.
    pub body: Bytes,
}

/// A fetched file.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The last part of the path it was fetched from, if there is one.
    pub file_name: Option<String>,
    /// The bytes.
    pub bytes: Bytes,
}

impl Dialer {
    /// A dialer that reaches these addresses.
    pub fn new(reach: Reach) -> Result<Self, rustls::Error> {
        let mut connector = HttpConnector::new_with_resolver(Resolver(reach));
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT));
        let mut roots = rustls::RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let config =
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        // Receivers that look names up as the documents spell them find them.
        let client = Client::builder(TokioExecutor::new()).http1_title_case_headers(true).build(connector);
        Ok(Self { client, reach })
    }

    /// Fetches a file of at most `max` bytes.
    pub async fn fetch(&self, url: &str, max: u64) -> Result<Fetched, DialError> {
        let wrong = |why: String| DialError::Url { url: url.chars().take(100).collect(), why };
        let mut url = Url::parse(url).map_err(|error| wrong(error.to_string()))?;
        for _ in 0..=REDIRECTS {
            self.look_at(&url)?;
            let response = self.get(&url).await?;
            if !response.status().is_redirection() {
                return collect(&url, response, max).await;
            }
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let next = location.and_then(|location| url.join(location).ok());
            let next =
                next.ok_or_else(|| DialError::Status { url: shown(&url), status: response.status() })?;
            if url.scheme() == "https" && next.scheme() != "https" {
                return Err(DialError::Url {
                    url: shown(&url),
                    why: "redirects from https to http".to_owned(),
                });
            }
            url = next;
        }
        Err(DialError::Url { url: shown(&url), why: format!("redirects more than {REDIRECTS} times") })
    }

    /// Posts a body, and takes the answer if all of it is there in time.
    ///
    /// Of the answer's body no more than `max` bytes are kept. A redirect is an answer like any other.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
        time: Duration,
        max: usize,
    ) -> Result<Posted, DialError> {
        let wrong = |why: String| DialError::Url { url: url.chars().take(100).collect(), why };
        let url = Url::parse(url).map_err(|error| wrong(error.to_string()))?;
        self.look_at(&url)?;
        let mut request =
            Request::post(url.as_str()).body(Full::new(body)).map_err(|error| wrong(error.to_string()))?;
        *request.headers_mut() = headers;
        let answered = async {
            let response = self.client.request(request).await.map_err(|error| failed(&url, &error))?;
            let status = response.status();
            let mut body = response.into_body();
            let mut bytes = Vec::new();
            while bytes.len() < max
                && let Some(frame) = body.frame().await
            {
                let frame = frame.map_err(|error| network(&url, Stage::Answer, chain(&error)))?;
                if let Ok(chunk) = frame.into_data() {
                    bytes.extend_from_slice(chunk.get(..max - bytes.len()).unwrap_or(&chunk));
                }
            }
            Ok(Posted { status, body: bytes.into() })
        };
        match tokio::time::timeout(time, answered).await {
            Ok(answer) => answer,
            Err(_) => Err(network(&url, Stage::Time, format!("no answer within {} ms", time.as_millis()))),
        }
    }

    /// Refuses what is not a web address, and addresses that are written out and not public. Names are
    /// looked at when they are resolved.
    fn look_at(&self, url: &Url) -> Result<(), DialError> {
        if !matches!(url.scheme(), "http" | "https") {
            let why = "only http and https addresses are fetched".to_owned();
            return Err(DialError::Url { url: shown(url), why });
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            _ => return Ok(()),
        };
        if self.reach.allows(address) { Ok(()) } else { Err(DialError::Private { url: shown(url), address }) }
    }

    async fn get(&self, url: &Url) -> Result<Response<Incoming>, DialError> {
        let request =
            Request::get(url.as_str()).header("user-agent", concat!("larkspur/", env!("CARGO_PKG_VERSION")));
        let request = request
            .body(Full::default())
            .map_err(|error| DialError::Url { url: shown(url), why: error.to_string() })?;
        match tokio::time::timeout(ANSWER, self.client.request(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(failed(url, &error)),
            Err(_) => Err(network(url, Stage::Time, format!("no answer within {} s", ANSWER.as_secs()))),
        }
    }
}

fn network(url: &Url, stage: Stage, why: String) -> DialError {
    DialError::Network { url: shown(url), stage, why }
}

fn failed(url: &Url, error: &hyper_util::client::legacy::Error) -> DialError {
    match (cause::<NotPublic>(error), cause::<NoAddress>(error)) {
        (Some(NotPublic(address)), _) => DialError::Private { url: shown(url), address: *address },
        (None, Some(_)) => network(url, Stage::Resolve, chain(error)),
        (None, None) if error.is_connect() => network(url, Stage::Connect, chain(error)),
        (None, None) => network(url, Stage::Answer, chain(error)),
    }
}

async fn collect(url: &Url, response: Response<Incoming>, max: u64) -> Result<Fetched, DialError> {
    if !response.status().is_success() {
        return Err(DialError::Status { url: shown(url), status: response.status() });
    }
    let mut body = response.into_body();
    let mut bytes = Vec::new();
    loop {
        let frame = match tokio::time::timeout(ANSWER, body.frame()).await {
            Ok(None) => break,
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(error))) => return Err(network(url, Stage::Answer, chain(&error))),
            Err(_) => return Err(network(url, Stage::Time, "the answer stalled".to_owned())),
        };
        if let Ok(chunk) = frame.into_data() {
            if bytes.len() as u64 + chunk.len() as u64 > max {
                return Err(DialError::TooLarge { url: shown(url), max });
            }
            bytes.extend_from_slice(&chunk);
        }
    }
    let file_name =
        url.path_segments().and_then(|mut parts| parts.next_back()).filter(|name| !name.is_empty());
    Ok(Fetched { file_name: file_name.map(str::to_owned), bytes: bytes.into() })
}

/// An address without what may be secret in it: query, fragment, user and password.
fn shown(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// The cause of an error that is of this kind, if there is one.
fn cause<'e, E: std::error::Error + 'static>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e E> {
    let mut next = Some(error);
    while let Some(error) = next {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let found = error.downcast_ref().or_else(|| inner.and_then(|inner| inner.downcast_ref()));
        if found.is_some() {
            return found;
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// Answers every connection with the same bytes.
    async fn answering(answer: String) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let port = listener.local_addr().expect("bound").port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        port
    }

    #[tokio::test]
    async fn private_addresses_are_refused_by_number_and_by_name() {
        let port = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".to_owned()).await;
        let dialer = Dialer::new(Reach::Public).expect("a dialer");
        for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1"] {
            let error =
                dialer.fetch(&format!("http://{host}:{port}/x?secret=1"), 10).await.expect_err("refused");
            assert!(matches!(error, DialError::Private { .. }), "{host}: {error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        let allowed = Dialer::new(Reach::Private).expect("a dialer");
        let fetched =
            allowed.fetch(&format!("http://127.0.0.1:{port}/a/cat.png"), 10).await.expect("fetched");
        assert_eq!(
            (fetched.file_name.as_deref(), fetched.bytes.as_ref()),
            (Some("cat.png"), b"hi".as_slice())
        );
        assert!(matches!(
            allowed.fetch(&format!("http://127.0.0.1:{port}/"), 1).await,
            Err(DialError::TooLarge { max: 1, .. })
        ));
        assert!(matches!(dialer.fetch("file:///etc/passwd", 10).await, Err(DialError::Url { .. })));
    }

    #[tokio::test]
    async fn redirects_are_looked_at_and_end() {
        let port =
            answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n".to_owned()).await;
        let dialer = Dialer::new(Reach::Private).expect("a dialer");
        let error = dialer.fetch(&format!("http://127.0.0.1:{port}/"), 10).await.expect_err("refused");
        assert!(error.to_string().contains("redirects more than 5 times"), "{error}");
    }

    #[tokio::test]
    async fn this_machine_may_be_posted_to_and_its_network_not() {
        let dialer = Dialer::new(Reach::Loopback).expect("a dialer");
        let post = |url: String, time: Duration| {
            let dialer = dialer.clone();
            async move { dialer.post(&url, HeaderMap::new(), Bytes::from_static(b"{}"), time, 3).await }
        };
        let second = Duration::from_secs(1);
        let port = answering(
            "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 5\r\n\r\nhello".to_owned(),
        )
        .await;
        let posted = post(format!("http://127.0.0.1:{port}/"), second).await.expect("posted");
        assert_eq!((posted.status, posted.body.as_ref()), (StatusCode::FOUND, b"hel".as_slice()));
        for host in ["10.0.0.1", "169.254.169.254", "[fd00::1]"] {
            let error = post(format!("http://{host}/"), second).await.expect_err("refused");
            assert!(matches!(error, DialError::Private { .. }), "{host}: {error}");
        }
        let silent = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let url = format!("http://{}/", silent.local_addr().expect("bound"));
        let error = post(url.clone(), Duration::from_millis(50)).await.expect_err("silent");
        assert!(matches!(error, DialError::Network { stage: Stage::Time, .. }), "{error}");
        drop(silent);
        let error = post(url, second).await.expect_err("closed");
        assert!(matches!(error, DialError::Network { stage: Stage::Connect, .. }), "{error}");
    }
}
