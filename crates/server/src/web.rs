//! What a browser may ask for: a page that says what this is, and avatars.
//!
//! Only these routes look at `Host` and `Origin`: a page on the internet that resolves its own name to
//! this machine must not read them. The API is guarded by tokens and is reached through proxies.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Path, Request},
    middleware::{Next, from_fn},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_TYPE, HOST, ORIGIN},
};

use crate::{authorize, state::State};

/// The picture of those who have none.
const DEFAULT_AVATAR: &str = include_str!("avatar.svg");

const PAGE: &str = include_str!("welcome.html");

pub(crate) use crate::authorize::DEVICE;

pub(crate) fn router(state: &Arc<State>, any_host: bool) -> Router {
    let pictures = Arc::clone(state);
    Router::new()
        .route("/", get(welcome))
        .route("/console", get(welcome))
        .route(
            "/_larkspur/avatar/{key}",
            get(move |Path(key): Path<String>| avatar(Arc::clone(&pictures), key)),
        )
        .merge(authorize::router(state))
        .layer(from_fn(move |request: Request, next: Next| async move {
            if any_host || is_local(request.headers()) {
                next.run(request).await
            } else {
                (StatusCode::FORBIDDEN, "this platform answers browsers on localhost only").into_response()
            }
        }))
}

/// Whether a browser asks for this machine, from a page of this machine.
pub(crate) fn is_local(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let local = |authority: &str| {
        let host = authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        let host = host.map_or(authority, |(host, _)| host);
        matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    };
    let origin = text(ORIGIN).map(|origin| origin.split_once("://").map_or("", |(_, authority)| authority));
    text(HOST).is_none_or(local) && origin.is_none_or(local)
}

async fn welcome() -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    ([(HeaderName::from_static("content-security-policy"), policy)], Html(PAGE)).into_response()
}

async fn avatar(state: Arc<State>, key: String) -> Response {
    let row = {
        let key = key.clone();
        state.store.read::<_, larkspur_domain::Failure>(move |view| Ok(view.image(&key)?)).await
    };
    if let Ok(Some(image)) = row
        && image.image_type == "avatar"
        && let Ok(bytes) = state.blobs.get(&key).await
        && let Ok(media_type) = HeaderValue::from_str(&image.media_type)
    {
        return ([(CONTENT_TYPE, media_type)], Body::from(bytes)).into_response();
    }
    ([(CONTENT_TYPE, "image/svg+xml")], DEFAULT_AVATAR).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host).expect("a header"));
        if let Some(origin) = origin {
            headers.insert(ORIGIN, HeaderValue::from_str(origin).expect("a header"));
        }
        headers
    }

    #[test]
    fn other_names_and_other_pages_are_refused() {
        assert!(is_local(&headers("127.0.0.1:8080", None)));
        assert!(is_local(&headers("localhost", Some("http://localhost:8080"))));
        assert!(is_local(&headers("[::1]:80", None)));
        assert!(!is_local(&headers("evil.example:8080", None)));
        assert!(!is_local(&headers("127.0.0.1:8080", Some("https://evil.example"))));
        assert!(!is_local(&headers("127.0.0.1:8080", Some("null"))));
        assert!(!is_local(&headers("127.0.0.1.evil.example", None)));
    }
}
