//! Webhooks: events at a public address.

mod check;

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE},
};
use http_body::Body;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use larkspur_api::event::Incoming;
use serde_json::{Value, json};
use tower_service::Service;

use self::check::{Keys, Refused};
use super::{BoxFuture, Dispatcher, HandlerError, Reply};

/// The most bytes a body may have: 1 MiB. Those of the platform are far smaller.
const MAX_BODY: usize = 1 << 20;

/// How long a body may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(5);

/// Takes the requests that the platform posts to an app's URL: events, callbacks, and the check of the URL itself.
///
/// It is a [`Service`] for any web server on hyper, such as axum's `route_service("/events", webhook)`; elsewhere
/// [`handle`](Self::handle) takes headers and body. One webhook may serve both of an app's URLs, that of events
/// and that of callbacks.
///
/// What cannot be shown to come from the platform is refused: without an Encrypt Key and without a Verification
/// Token that is everything.
///
/// Sources: `event-subscription-guide` (encryption, signature, retries) and the official SDKs.
#[derive(Clone)]
pub struct Webhook {
    dispatcher: Dispatcher,
    keys: Arc<Keys>,
}

impl Webhook {
    /// A webhook that gives what comes to a dispatcher.
    pub fn new(dispatcher: Dispatcher) -> Self {
        Self { dispatcher, keys: Arc::default() }
    }

    /// The app's Encrypt Key, from the developer console. Then everything has to be encrypted and signed with it,
    /// but for the check of the URL, which is not signed, and old card callbacks, which are not encrypted.
    pub fn encrypt_key(mut self, key: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.keys).encrypt_key = key.into();
        self
    }

    /// The app's Verification Token, from the developer console. Old card callbacks are signed with it, and
    /// everything else holds it.
    pub fn verification_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.keys).verification_token = token.into();
        self
    }

    /// Takes what nothing shows to come from the platform, if there is neither key nor token. For trying out.
    pub fn accept_unverified(mut self) -> Self {
        Arc::make_mut(&mut self.keys).accept_unverified = true;
        self
    }

    /// How old a signature may be, or how far ahead of this machine's clock. By default 5 min.
    ///
    /// Within this time a request that someone recorded and sends again is known by its event.
    pub fn window(mut self, window: Duration) -> Self {
        Arc::make_mut(&mut self.keys).window = window;
        self
    }

    /// The clock to judge signatures by, in ms since 1970. By default the machine's; tests may move theirs.
    pub fn clock(mut self, now_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.keys).now_ms = Arc::new(now_ms);
        self
    }

    /// Takes what was posted, and gives what to answer, within 3 s.
    ///
    /// | status | |
    /// | --- | --- |
    /// | 200 | taken: an answer to a callback, the echo of a check, or `{}` |
    /// | 400 | neither an event nor a callback |
    /// | 401 | not shown to come from the platform |
    /// | 500 | the handler failed: the platform sends an event again |
    ///
    /// As a [`Service`] it also answers 405 to all but `POST`, 408 to a body that does not arrive within 5 s, and
    /// 413 to one of more than 1 MiB.
    pub async fn handle(&self, headers: &HeaderMap, body: Bytes) -> Response<Bytes> {
        if body.len() > MAX_BODY {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "the body has more than 1 MiB");
        }
        let envelope = match self.keys.open(headers, &body) {
            Ok(Incoming::Event(envelope)) => envelope,
            Ok(Incoming::Challenge { challenge, .. }) => {
                return answer(StatusCode::OK, json!({ "challenge": challenge }).to_string().into());
            }
            Err(refused) => return refuse(&refused),
        };
        match self.dispatcher.take(envelope, body.len()).await {
            Reply::Done => answer(StatusCode::OK, Bytes::from_static(b"{}")),
            Reply::Answer(json) => answer(StatusCode::OK, json),
            Reply::Failed => message(StatusCode::INTERNAL_SERVER_ERROR, "not handled"),
        }
    }

    async fn serve<B>(self, request: Request<B>) -> Response<Bytes>
    where
        B: Body + Send,
        B::Error: Into<HandlerError>,
    {
        if request.method() != Method::POST {
            let mut response = message(StatusCode::METHOD_NOT_ALLOWED, "events are posted");
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
            return response;
        }
        let (parts, body) = request.into_parts();
        let announced =
            parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length: u64| length > MAX_BODY as u64) {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "the body has more than 1 MiB");
        }
        let body = match tokio::time::timeout(ARRIVAL, Limited::new(body, MAX_BODY).collect()).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                return message(StatusCode::PAYLOAD_TOO_LARGE, "the body has more than 1 MiB");
            }
            Ok(Err(_)) => return message(StatusCode::BAD_REQUEST, "the body did not arrive"),
            Err(_) => return message(StatusCode::REQUEST_TIMEOUT, "the body did not arrive within 5 s"),
        };
        self.handle(&parts.headers, body).await
    }
}

impl<B> Service<Request<B>> for Webhook
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<HandlerError>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let webhook = self.clone();
        Box::pin(async move { Ok(webhook.serve(request).await.map(Full::new)) })
    }
}

/// Tells the sender no more than the status does: it may be anyone. The log tells why.
fn refuse(refused: &Refused) -> Response<Bytes> {
    tracing::warn!(why = %refused, "a webhook request is refused");
    match refused {
        Refused::Malformed(_) => message(StatusCode::BAD_REQUEST, "neither an event nor a callback"),
        _ => message(StatusCode::UNAUTHORIZED, "not shown to come from the platform"),
    }
}

fn message(status: StatusCode, msg: &str) -> Response<Bytes> {
    answer(status, Value::from_iter([("msg", msg)]).to_string().into())
}

fn answer(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
