//! Long connections: where a client asks for one, and the WebSocket itself.
//!
//! There is no public description. What is here was read in the official SDKs and recorded from them;
//! `larkspur_push` has the details of the wire.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{
        Query, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::{SinkExt, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::HOST};
use larkspur_delivery::{CLIENT_CONFIG, Connection, Outgoing, SERVICE_ID};
use larkspur_push::{
    Frame, Method,
    discovery::{self, MAX_CONNECTIONS},
    frame::{MAX_BYTES, header},
};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};

use crate::{serve::stopped, state::State};

/// Frames that may wait for a slow reader.
const QUEUE: usize = 256;

/// How long the address of a connection is good, in ms.
const TICKET_LIFE: i64 = 5 * 60 * 1000;

/// Tickets that may be open at once; beyond that the oldest ones go.
const TICKETS: usize = 10_000;

/// How often a client is asked for a sign of life, besides its own pings. Some end a session in which
/// they hear nothing for a minute.
const ASK: Duration = Duration::from_secs(15);

/// How long a client may take to show that it listens; then it is sent events all the same.
const LISTENING: Duration = Duration::from_secs(1);

/// How long a client may be silent: three rounds of its own pings.
const SILENCE: Duration = Duration::from_secs(3 * CLIENT_CONFIG.ping_interval as u64);

/// How long a client may leave what it was sent unread.
const UNREAD: Duration = Duration::from_secs(10);

/// Between the parts of one event: the Java SDK loses parts that follow each other at once.
const PAUSE: Duration = Duration::from_millis(20);

/// What was handed out at discovery and not yet used: ticket to app, device and end.
#[derive(Default)]
pub(crate) struct Tickets(Mutex<HashMap<String, Ticket>>);

struct Ticket {
    app: i64,
    device_id: String,
    ends_at: i64,
}

impl Tickets {
    fn issue(&self, name: String, ticket: Ticket, now: i64) {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= TICKETS {
            tickets.retain(|_, ticket| ticket.ends_at > now);
        }
        if tickets.len() >= TICKETS {
            tickets.clear();
        }
        tickets.insert(name, ticket);
    }

    /// A ticket is good once.
    fn redeem(&self, name: &str, now: i64) -> Option<Ticket> {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tickets.remove(name).filter(|ticket| ticket.ends_at > now)
    }
}

pub(crate) fn router(state: &Arc<State>, stop: &watch::Receiver<bool>) -> Router {
    let (discovering, opening, stop) = (Arc::clone(state), Arc::clone(state), stop.clone());
    Router::new()
        .route(
            discovery::PATH,
            post(move |headers: HeaderMap, body: Bytes| async move {
                let answer = discover(&discovering, &headers, &body).await;
                Json(answer.unwrap_or_else(|refused| refused))
            }),
        )
        .route(
            "/ws/v2",
            get(move |Query(query): Query<Opening>, upgrade: WebSocketUpgrade| async move {
                open(opening, stop, query, upgrade).await
            }),
        )
}

async fn discover(
    state: &State,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<discovery::Response, discovery::Response> {
    let refused = |code, msg: &str| discovery::Response::refused(code, msg);
    let no_credential = || refused(discovery::BAD_CREDENTIAL, "no credential");
    let request: discovery::Request = serde_json::from_slice(body).map_err(|_| no_credential())?;
    if request.app_id.is_empty() || request.app_secret.is_empty() {
        return Err(no_credential());
    }
    let app = state.context.apps.by_app_id(&request.app_id);
    let good = |secret: &str| bool::from(secret.as_bytes().ct_eq(request.app_secret.as_bytes()));
    let Some(app) = app.filter(|app| app.is_enabled() && good(&app.row.app_secret)) else {
        return Err(refused(discovery::BAD_CREDENTIAL, "app_id or app_secret is invalid"));
    };
    if state.delivery.connections(app.row.id).await.len() >= MAX_CONNECTIONS {
        return Err(refused(discovery::TOO_MANY_CONNECTIONS, "the number of connections exceeded the limit"));
    }
    let now = state.context.now();
    let random = u64::from_str_radix(&state.context.hex(14), 16).unwrap_or_default();
    let device_id = format!("7{:018}", random % 1_000_000_000_000_000_000);
    let name = state.context.hex(32);
    let ticket = Ticket { app: app.row.id, device_id: device_id.clone(), ends_at: now + TICKET_LIFE };
    state.tickets.issue(name.clone(), ticket, now);
    // The address by which the client reached us is one by which it can.
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).filter(|host| !host.is_empty());
    let own = state.context.base_url.split_once("://").map_or("", |(_, authority)| authority);
    let host = host.unwrap_or(own);
    // `service_id` is not the first of the parameters: the Node SDK would not find it.
    let url = format!(
        "ws://{host}/ws/v2?fpid=493&aid=552564&device_id={device_id}&access_key={}&service_id={SERVICE_ID}&ticket={name}",
        state.context.hex(32)
    );
    Ok(discovery::Response::granted(url, CLIENT_CONFIG))
}

/// The part of the address that counts.
#[derive(Deserialize)]
struct Opening {
    #[serde(default)]
    ticket: String,
}

async fn open(
    state: Arc<State>,
    mut stop: watch::Receiver<bool>,
    query: Opening,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Some(ticket) = state.tickets.redeem(&query.ticket, state.context.now()) else {
        return refuse(discovery::AUTHENTICATION_FAILED, discovery::BAD_CREDENTIAL, "the ticket is invalid");
    };
    let (outgoing, queue) = mpsc::channel(QUEUE);
    let connected = state.delivery.connect(ticket.app, ticket.device_id.clone(), outgoing).await;
    let Some((connection, cut)) = connected else {
        let why = "the number of connections exceeded the limit";
        return refuse(discovery::AUTHENTICATION_FAILED, discovery::TOO_MANY_CONNECTIONS, why);
    };
    let device_id = ticket.device_id;
    upgrade.max_message_size(MAX_BYTES).max_frame_size(MAX_BYTES).on_upgrade(async move |socket| {
        tracing::info!(device_id, "long connection opened");
        // Whatever ends it, ends it at once, a frame half written or not. Without a close frame: the Java SDK would not
        // notice one for minutes.
        let why = tokio::select! {
            () = stopped(&mut stop) => "the platform stops",
            () = cut.done() => "cut by the platform",
            why = converse(socket, queue, connection) => why,
        };
        tracing::info!(device_id, why, "long connection ended");
    })
}

/// A handshake that is refused. All three headers are there, or some clients take it for an error of the network.
fn refuse(status: i64, code: i64, why: &'static str) -> Response {
    let headers = [
        (discovery::HANDSHAKE_STATUS, HeaderValue::from(status)),
        (discovery::HANDSHAKE_MSG, HeaderValue::from_static(why)),
        (discovery::HANDSHAKE_AUTHERRCODE, HeaderValue::from(code)),
    ];
    let headers =
        headers.into_iter().filter_map(|(name, value)| Some((name.parse::<HeaderName>().ok()?, value)));
    (StatusCode::FORBIDDEN, HeaderMap::from_iter(headers)).into_response()
}

/// Carries frames both ways until one side ends it. Gives the reason.
async fn converse(
    mut socket: WebSocket,
    mut queue: mpsc::Receiver<Outgoing>,
    connection: Connection,
) -> &'static str {
    let mut heard = Instant::now();
    // The Node SDK loses what comes together with the answer to its handshake. So events wait until something was heard,
    // if only the answer to the first ping: every WebSocket gives one.
    let mut listens = false;
    let mut next = Instant::now() + LISTENING;
    let mut ask = interval(ASK);
    ask.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            outgoing = async { sleep_until(next).await; queue.recv().await } => {
                let Some(outgoing) = outgoing else { return "cut by the platform" };
                match timeout(UNREAD, write(&mut socket, &mut queue, outgoing)).await {
                    Ok(Ok(pause)) => next = Instant::now() + pause,
                    Ok(Err(_)) => return "the network failed",
                    Err(_) => return "the client does not read",
                }
            }
            message = socket.next() => {
                heard = Instant::now();
                if !std::mem::replace(&mut listens, true) {
                    next = heard;
                }
                match message {
                    None | Some(Ok(Message::Close(_))) => return "closed by the client",
                    Some(Err(_)) => return "the network failed",
                    Some(Ok(Message::Binary(bytes))) => {
                        let Ok(frame) = Frame::decode(&bytes) else { return "the client sent a bad frame" };
                        if let Some(answer) = answer(&connection, frame).await
                            && !matches!(timeout(UNREAD, socket.send(Message::Binary(answer))).await, Ok(Ok(())))
                        {
                            return "the client does not read";
                        }
                    }
                    Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_))) => {}
                }
            }
            _ = ask.tick() => {
                if heard.elapsed() > SILENCE {
                    return "the client is silent";
                }
                if !matches!(timeout(UNREAD, socket.send(Message::Ping(Bytes::new()))).await, Ok(Ok(()))) {
                    return "the client does not read";
                }
            }
        }
    }
}

/// Writes a frame, and what waits behind it, in one go. Gives how long to wait before the next.
async fn write(
    socket: &mut WebSocket,
    queue: &mut mpsc::Receiver<Outgoing>,
    first: Outgoing,
) -> Result<Duration, axum::Error> {
    let mut next = Some(first);
    while let Some(outgoing) = next {
        match outgoing {
            Outgoing::Frame(bytes) => socket.feed(Message::Binary(bytes)).await?,
            Outgoing::Fragment(bytes) => {
                socket.send(Message::Binary(bytes)).await?;
                return Ok(PAUSE);
            }
        }
        next = queue.try_recv().ok();
    }
    socket.flush().await?;
    Ok(Duration::ZERO)
}

/// Takes a frame in, and gives the one that answers it, if any does.
async fn answer(connection: &Connection, frame: Frame) -> Option<Bytes> {
    match frame.method() {
        Some(Method::Control) if frame.header(header::TYPE) == Some("ping") => {
            Some(Frame::pong(frame.service, &CLIENT_CONFIG).encode())
        }
        Some(Method::Data) => {
            connection.answered(frame).await;
            None
        }
        _ => None,
    }
}
