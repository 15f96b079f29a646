//! Connections: plain or TLS, kept alive, with the body of the moment.

use std::{path::Path, pin::Pin, sync::Arc, sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, pem::PemObject};

use crate::error::{Error, Outcome};

/// The body of a request: in memory, or read as it is sent.
pub(crate) type Body = Pin<Box<dyn http_body::Body<Data = Bytes, Error = std::io::Error> + Send + Sync>>;

/// Told of bytes as they go, with how many there are in all.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Box::pin(http_body_util::Full::new(bytes.into()).map_err(|never| match never {}))
}

/// Sends requests. TLS is set up when the first `https` address is asked for.
pub(crate) struct Transport {
    plain: OnceLock<Client<HttpConnector, Body>>,
    tls: OnceLock<Client<HttpsConnector<HttpConnector>, Body>>,
    ca_file: Option<std::path::PathBuf>,
    timeout: Duration,
}

impl Transport {
    pub(crate) fn new(ca_file: Option<std::path::PathBuf>, timeout: Duration) -> Self {
        Self { plain: OnceLock::new(), tls: OnceLock::new(), ca_file, timeout }
    }

    /// Sends a request and returns when the head of the answer is there.
    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Response<Incoming>, Error> {
        let url = shown(request.uri());
        let sent = async {
            if request.uri().scheme_str() == Some("https") {
                let client = match self.tls.get() {
                    Some(client) => client,
                    None => {
                        let client = build(with_tls(self.ca_file.as_deref())?);
                        self.tls.get_or_init(|| client)
                    }
                };
                Ok(client.request(request).await)
            } else {
                Ok(self.plain.get_or_init(|| build(connector(true))).request(request).await)
            }
        };
        match tokio::time::timeout(self.timeout, sent).await {
            Ok(Ok(Ok(response))) => Ok(response),
            Ok(Ok(Err(error))) => {
                let outcome = if error.is_connect() { Outcome::NotDone } else { Outcome::Unknown };
                Err(Error::Network { url, message: chain(&error), outcome })
            }
            Ok(Err(error)) => Err(error),
            Err(_) => {
                let message = format!("no answer within {} s", self.timeout.as_secs());
                Err(Error::Network { url, message, outcome: Outcome::Unknown })
            }
        }
    }

    /// The whole body of an answer.
    pub(crate) async fn collect(&self, url: &str, body: Incoming) -> Result<Bytes, Error> {
        let broken =
            |message: String| Error::Network { url: url.to_owned(), message, outcome: Outcome::Unknown };
        match tokio::time::timeout(self.timeout, body.collect()).await {
            Ok(Ok(collected)) => Ok(collected.to_bytes()),
            Ok(Err(error)) => Err(broken(format!("the answer was cut off: {}", chain(&error)))),
            Err(_) => Err(broken(format!("the answer was not whole within {} s", self.timeout.as_secs()))),
        }
    }
}

/// An address without its query, which may hold what should not be shown.
pub(crate) fn shown(uri: &http::Uri) -> String {
    let text = uri.to_string();
    text.split_once('?').map_or(text.clone(), |(head, _)| head.to_owned())
}

/// An error and what caused it, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

fn connector(enforce_http: bool) -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.enforce_http(enforce_http);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT));
    connector
}

fn build<C>(connector: C) -> Client<C, Body>
where
    C: hyper_util::client::legacy::connect::Connect + Clone,
{
    Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector)
}

fn with_tls(ca_file: Option<&Path>) -> Result<HttpsConnector<HttpConnector>, Error> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let unreadable =
                |why: &dyn std::fmt::Display| Error::Config(format!("{}: {why}", path.display()));
            let certificates = CertificateDer::pem_file_iter(path).map_err(|error| unreadable(&error))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| unreadable(&error))?;
                roots.add(certificate).map_err(|error| unreadable(&error))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Config(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector(false)))
}
