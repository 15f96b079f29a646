//! Connections: accepting them, and letting them finish when the platform stops.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request, response::Response};
use http::{Uri, header::HOST, uri::PathAndQuery};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use larkspur_api::code::gateway;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt;

use crate::{reply, route::Peer, state::State, web};

/// How long a client may take to send the head of a request.
const HEAD_SILENCE: Duration = Duration::from_secs(30);

/// How long connections get to finish when the platform stops.
const DRAIN: Duration = Duration::from_secs(10);

/// The vendor's own hosts. Whoever reaches this platform under one of these names believes to talk to
/// the real one, with real credentials.
const PRODUCTION: &[&str] =
    &["open.feishu.cn", "accounts.feishu.cn", "open.larksuite.com", "accounts.larksuite.com"];

/// The platform's own endpoints. They take no token, so a page of the internet must not reach them.
const OWN: &str = "/_larkspur/";

/// Serves until `stop` is set, then drains.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    state: Arc<State>,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let (router, state) = (router.clone(), Arc::clone(&state));
                    connections.spawn(connection(stream, Peer(peer.ip()), router, state, stop.clone()));
                }
                // Out of file descriptors, most likely: others will close.
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = stopped(&mut stop) => break,
        }
    }
    drop(listener);
    let drained =
        tokio::time::timeout(DRAIN, async { while connections.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!(open = connections.len(), "connections did not finish in time and were cut");
    }
    state.delivery.ended().await;
}

/// Returns when the platform is to stop.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    state: Arc<State>,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let (router, state) = (router.clone(), Arc::clone(&state));
        async move { Ok::<_, Infallible>(answer(router, &state, request.map(Body::new)).await) }
    });
    let mut builder = http1::Builder::new();
    builder.title_case_headers(true).timer(TokioTimer::new()).header_read_timeout(HEAD_SILENCE);
    let mut connection =
        std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "connection ended early");
    }
}

async fn answer(router: Router, state: &State, mut request: Request) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default().to_owned();
    if PRODUCTION.iter().any(|production| name.eq_ignore_ascii_case(production)) {
        let what = "this is a local Larkspur platform: do not send it production credentials";
        return reply::failure(
            &reply::log_id(&state.context),
            &gateway::BAD_REQUEST.field("Host", &name, what),
        );
    }
    if let Some(tidy) = tidy(request.uri()) {
        *request.uri_mut() = tidy;
    }
    if !state.any_host && request.uri().path().starts_with(OWN) && !web::is_local(request.headers()) {
        let what = "this part of the platform answers localhost only";
        return reply::failure(
            &reply::log_id(&state.context),
            &gateway::BAD_REQUEST.field("Host", &name, what),
        );
    }
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// The address without doubled slashes and without one at its end: clients differ in both.
fn tidy(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.contains("//") && (path.len() == 1 || !path.ends_with('/')) {
        return None;
    }
    let mut clean: String =
        path.split('/').filter(|part| !part.is_empty()).map(|part| format!("/{part}")).collect();
    if clean.is_empty() {
        clean.push('/');
    }
    if let Some(query) = uri.query() {
        clean.push('?');
        clean.push_str(query);
    }
    PathAndQuery::try_from(clean).ok().map(Uri::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_are_tidied() {
        let tidied = |uri: &'static str| tidy(&Uri::from_static(uri)).map(|uri| uri.to_string());
        assert_eq!(
            tidied("//open-apis//im/v1/messages/?a=1"),
            Some("/open-apis/im/v1/messages?a=1".to_owned())
        );
        assert_eq!(tidied("/open-apis/im"), None);
        assert_eq!(tidied("/"), None);
        assert_eq!(tidied("//"), Some("/".to_owned()));
    }
}
