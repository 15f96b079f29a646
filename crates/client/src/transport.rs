//! Connections: plain or TLS, kept alive, with the body of the moment.

use std::{pin::Pin, sync::Arc, sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};

use crate::{
    connect::{Connections, Connector},
    error::{Error, Outcome},
};

/// The body of a request: in memory, or read as it is sent.
pub(crate) type Body = Pin<Box<dyn http_body::Body<Data = Bytes, Error = std::io::Error> + Send + Sync>>;

/// Told of bytes as they go, with how many there are in all.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Box::pin(http_body_util::Full::new(bytes.into()).map_err(|never| match never {}))
}

/// Sends requests. TLS is set up when the first `https` address is asked for.
pub(crate) struct Transport {
    plain: OnceLock<Client<Connector, Body>>,
    tls: OnceLock<Client<HttpsConnector<Connector>, Body>>,
    pub(crate) connections: Connections,
    timeout: Duration,
}

impl Transport {
    pub(crate) fn new(connections: Connections, timeout: Duration) -> Self {
        Self { plain: OnceLock::new(), tls: OnceLock::new(), connections, timeout }
    }

    /// Sends a request and returns when the head of the answer is there.
    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Response<Incoming>, Error> {
        let url = shown(request.uri());
        let sent = async {
            if request.uri().scheme_str() == Some("https") {
                let client = match self.tls.get() {
                    Some(client) => client,
                    None => {
                        let client = build(self.with_tls()?);
                        self.tls.get_or_init(|| client)
                    }
                };
                Ok(client.request(request).await)
            } else {
                Ok(self.plain.get_or_init(|| build(self.connections.connector())).request(request).await)
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

    fn with_tls(&self) -> Result<HttpsConnector<Connector>, Error> {
        let config = self.connections.tls()?.as_ref().clone();
        Ok(HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(self.connections.connector()))
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

fn build<C>(connector: C) -> Client<C, Body>
where
    C: hyper_util::client::legacy::connect::Connect + Clone,
{
    Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector)
}
