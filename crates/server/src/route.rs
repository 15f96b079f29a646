//! The one route that all endpoints share.
//!
//! A [`Routes`] learns method, path, tokens, scopes, rate and fields from the request type of a
//! handler. What differs between endpoints is erased here, so that the layers above are compiled once.

use std::{
    collections::HashSet, future::Future, net::IpAddr, panic::AssertUnwindSafe, pin::Pin, sync::Arc,
    time::Duration,
};

use axum::{
    body::Body,
    extract::Request,
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};
use bytes::{Bytes, BytesMut};
use futures_util::FutureExt;
use http::Uri;
use http_body_util::BodyExt;
use larkspur_api::{
    Endpoint,
    code::gateway,
    endpoint::{Binary, Meta, Method, Object},
    refusal::Refusal,
    wire::{self, Arrived, ArrivedBody},
};
use larkspur_domain::{Failure, resource::Download};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::{
    download, gate, oauth, reply,
    state::{Call, State},
    upload::{self, Uploaded},
};

/// The most bytes of a JSON body: a card entity has up to 3,000,000 characters.
const MAX_JSON: usize = 10 * 1024 * 1024;

/// How long a client may be silent in the middle of a body.
pub(crate) const BODY_SILENCE: Duration = Duration::from_secs(30);

/// The address a request came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

type Answer = Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send>>;
type Run = Arc<dyn Fn(Incoming) -> Answer + Send + Sync>;

/// A request that was admitted, on its way to its handler.
struct Incoming {
    call: Call,
    log_id: String,
    path: Vec<(String, String)>,
    request: Request,
}

/// The endpoints of the platform and their handlers.
#[derive(Default)]
pub struct Routes(Vec<(&'static Meta, Run)>);

impl Routes {
    /// An endpoint with a JSON answer.
    pub fn endpoint<E, F>(self, handler: fn(Call, E) -> F) -> Self
    where
        E: Endpoint<Response: Object>,
        F: Future<Output = Result<E::Response, Failure>> + Send + 'static,
    {
        self.add(E::META, move |incoming| {
            Box::pin(async move {
                let Incoming { call, log_id, path, request } = incoming;
                let (parts, body) = request.into_parts();
                let body = read(body).await?;
                let fields = fields(&call, E::META, &path, &parts.uri, ArrivedBody::Json(&body))?;
                let granted = call.clone();
                let answer = handler(call, typed(fields)?).await?;
                Ok(answered::<E>(&granted, &log_id, &answer))
            })
        })
    }

    /// An endpoint with a file in its request.
    pub fn upload<E, F>(self, handler: fn(Call, E, Uploaded) -> F) -> Self
    where
        E: Endpoint<Response: Object>,
        F: Future<Output = Result<E::Response, Failure>> + Send + 'static,
    {
        self.add(E::META, move |incoming| {
            Box::pin(async move {
                let Incoming { call, log_id, path, request } = incoming;
                let uri = request.uri().clone();
                let form = upload::receive(&call.state.context, &call.state.blobs, E::META, request).await?;
                let body = ArrivedBody::Multipart { texts: &form.texts, files: &form.files };
                let fields = fields(&call, E::META, &path, &uri, body)?;
                let granted = call.clone();
                let answer = handler(call, typed(fields)?, form.uploaded).await?;
                Ok(answered::<E>(&granted, &log_id, &answer))
            })
        })
    }

    /// An endpoint that answers with bytes.
    pub fn download<E, F>(self, handler: fn(Call, E) -> F) -> Self
    where
        E: Endpoint<Response = Binary>,
        F: Future<Output = Result<Download, Failure>> + Send + 'static,
    {
        self.add(E::META, move |incoming| {
            Box::pin(async move {
                let Incoming { call, path, request, .. } = incoming;
                let fields = fields(&call, E::META, &path, request.uri(), ArrivedBody::Json(&[]))?;
                let state = Arc::clone(&call.state);
                let found = handler(call, typed(fields)?).await?;
                download::respond(&state, found, request.headers()).await
            })
        })
    }

    /// An endpoint whose path is the credential: the address of a custom bot. It is looked at before the
    /// body, and refusals have a form of their own.
    pub fn hook<E, F>(self, handler: fn(Call, E) -> F) -> Self
    where
        E: Endpoint<Response: Object>,
        F: Future<Output = Result<E::Response, Failure>> + Send + 'static,
    {
        self.add(E::META, move |incoming| {
            Box::pin(async move {
                let Incoming { call, log_id, path, request } = incoming;
                let (parts, body) = request.into_parts();
                let answer = async {
                    let address = parts.extensions.get::<Peer>().map(|peer| peer.0);
                    gate::admit_hook(&call.state, &path, address).await?;
                    let body = read(body).await?;
                    gate::check_hook_body(&body)?;
                    let fields = fields(&call, E::META, &path, &parts.uri, ArrivedBody::Json(&body))?;
                    handler(call.clone(), typed(fields)?).await
                };
                match answer.await {
                    Ok(answer) => Ok(answered::<E>(&call, &log_id, &answer)),
                    Err(Failure::Refused(refusal)) => {
                        let says_ok = E::META.answer.iter().any(|field| field.name == "ok");
                        Ok(reply::refused_by_hook(&log_id, &refusal, says_ok))
                    }
                    Err(failure) => Err(failure),
                }
            })
        })
    }

    /// An endpoint that speaks as OAuth does: a form or JSON comes in, and refusals have a form of their own. The handler
    /// reads the fields itself, as one path serves several kinds of request.
    pub(crate) fn oauth<E, F>(self, handler: fn(Call, oauth::Form) -> F) -> Self
    where
        E: Endpoint,
        F: Future<Output = oauth::Answer> + Send + 'static,
    {
        self.add(E::META, move |incoming| {
            Box::pin(async move {
                let Incoming { call, log_id, request, .. } = incoming;
                let (parts, body) = request.into_parts();
                let form = match read(body).await {
                    Ok(body) => oauth::Form::read(&parts.headers, &body),
                    Err(_) => Err(larkspur_api::code::oauth::MALFORMED.into()),
                };
                let answer = match form {
                    Ok(form) => handler(call, form).await,
                    Err(failure) => Err(failure.into()),
                };
                Ok(oauth::respond(&log_id, answer))
            })
        })
    }

    /// Says that the endpoint before it, at the same path, is this one too.
    pub(crate) fn and<E: Endpoint>(mut self) -> Self {
        self.0.push((E::META, Arc::new(|_| Box::pin(async { Err(gateway::INTERNAL.into()) }))));
        self
    }

    fn add(mut self, meta: &'static Meta, run: impl Fn(Incoming) -> Answer + Send + Sync + 'static) -> Self {
        self.0.push((meta, Arc::new(run)));
        self
    }

    /// The ids of the endpoints, in the order they were added.
    pub fn ids(&self) -> Vec<&'static str> {
        self.0.iter().map(|(meta, _)| meta.id).collect()
    }

    pub(crate) fn into_router(self, state: &Arc<State>) -> axum::Router {
        let mut router = axum::Router::new();
        let mut routed = HashSet::new();
        for (meta, run) in self.0 {
            if !routed.insert((meta.method, meta.path)) {
                continue;
            }
            let path: String = meta.path.split('/').skip(1).map(segment).collect();
            // Both forms of a path that is documented with a slash at its end are in use.
            if let Some(bare) = path.strip_suffix('/') {
                let run = Arc::clone(&run);
                router = router.route(bare, method_router(Arc::clone(state), meta, run));
            }
            router = router.route(&path, method_router(Arc::clone(state), meta, run));
        }
        let unknown = Arc::clone(state);
        let wrong_method = Arc::clone(state);
        router
            .fallback(move || answer_with(Arc::clone(&unknown), gateway::RESOURCE_NOT_FOUND.into()))
            .method_not_allowed_fallback(move || {
                answer_with(Arc::clone(&wrong_method), gateway::METHOD_MISMATCH.into())
            })
    }
}

/// `/:message_id` as the router writes it.
fn segment(segment: &str) -> String {
    segment.strip_prefix(':').map_or_else(|| format!("/{segment}"), |name| format!("/{{{name}}}"))
}

async fn answer_with(state: Arc<State>, refusal: Refusal) -> Response {
    reply::failure(&reply::log_id(&state.context), &refusal)
}

fn method_router(state: Arc<State>, meta: &'static Meta, run: Run) -> MethodRouter {
    let filter = match meta.method {
        Method::GET => MethodFilter::GET,
        Method::POST => MethodFilter::POST,
        Method::PUT => MethodFilter::PUT,
        Method::PATCH => MethodFilter::PATCH,
        Method::DELETE => MethodFilter::DELETE,
    };
    on(filter, move |request: Request| handle(Arc::clone(&state), meta, Arc::clone(&run), request))
}

async fn handle(state: Arc<State>, meta: &'static Meta, run: Run, request: Request) -> Response {
    let log_id = reply::log_id(&state.context);
    let answer = AssertUnwindSafe(admitted(&state, meta, &run, &log_id, request)).catch_unwind().await;
    let mut response = match answer {
        Ok(Ok(response)) => response,
        Ok(Err(failure)) => reply::failed(&log_id, &failure),
        Err(_) => {
            tracing::error!(log_id, endpoint = meta.id, "handler panicked");
            reply::failure(&log_id, &gateway::INTERNAL.into())
        }
    };
    reply::name(&mut response, &log_id);
    tracing::debug!(log_id, endpoint = meta.id, status = response.status().as_u16(), "answered");
    response
}

async fn admitted(
    state: &Arc<State>,
    meta: &'static Meta,
    run: &Run,
    log_id: &str,
    request: Request,
) -> Result<Response, Failure> {
    let caller = match meta.needs_token() {
        true => Some(gate::admit(state, meta, request.headers()).await?),
        false => None,
    };
    if let Some(caller) = &caller
        && let Err(exceeded) = state.limits.count(caller.app.row.id, meta, state.context.now())
    {
        return Ok(reply::limited(log_id, exceeded));
    }
    let path = path_parameters(meta, request.uri());
    let call = Call::new(Arc::clone(state), caller);
    run(Incoming { call, log_id: log_id.to_owned(), path, request }).await
}

fn path_parameters(meta: &Meta, uri: &Uri) -> Vec<(String, String)> {
    let given = uri.path().split('/');
    let parameters = meta.path.split('/').zip(given).filter_map(|(known, given)| {
        let value = percent_decode_str(given).decode_utf8_lossy().into_owned();
        Some((known.strip_prefix(':')?.to_owned(), value))
    });
    parameters.collect()
}

/// The fields of a request, checked, and allowed to the caller.
fn fields(
    call: &Call,
    meta: &'static Meta,
    path: &[(String, String)],
    uri: &Uri,
    body: ArrivedBody<'_>,
) -> Result<Map<String, Value>, Failure> {
    let fields = wire::decode_fields(meta, &Arrived { path, query: uri.query().unwrap_or_default(), body })?;
    if let Ok(caller) = call.caller() {
        for scope in wire::value_scopes(meta, &fields) {
            gate::check_scope(&call.state, caller, scope)?;
        }
    }
    Ok(fields)
}

fn typed<E: Endpoint>(fields: Map<String, Value>) -> Result<E, Failure> {
    serde_json::from_value(Value::Object(fields)).map_err(|_| gateway::BAD_REQUEST.into())
}

/// The whole of a JSON body.
async fn read(mut body: Body) -> Result<Bytes, Failure> {
    let mut bytes = BytesMut::new();
    loop {
        let frame = match tokio::time::timeout(BODY_SILENCE, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => return Ok(bytes.freeze()),
            Ok(Some(Err(_))) | Err(_) => return Err(gateway::BAD_REQUEST.into()),
        };
        if let Some(chunk) = frame.data_ref() {
            if bytes.len() + chunk.len() > MAX_JSON {
                return Err(gateway::BAD_REQUEST.into());
            }
            bytes.extend_from_slice(chunk);
        }
    }
}

/// The answer, without the fields that the app has no scope for.
fn answered<E: Endpoint<Response: Object>>(call: &Call, log_id: &str, answer: &E::Response) -> Response {
    let meta = E::META;
    if wire::has_withheld_fields(meta.answer)
        && let Ok(caller) = call.caller()
        && let Ok(mut answer) = serde_json::to_value(answer)
    {
        wire::withhold(meta.answer, &mut answer, &|scope| caller.has_scope(scope));
        return if meta.flat { reply::flat(log_id, &answer) } else { reply::data(log_id, &answer) };
    }
    if meta.flat { reply::flat(log_id, answer) } else { reply::data(log_id, answer) }
}
