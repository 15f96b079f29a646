//! From the moment a user sends to the moment a bot's handler has it, and how many a second.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    extract::{
        WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    routing::get,
};
use futures_util::{SinkExt, StreamExt, stream};
use larkspur::{
    Client,
    event::im::message::receive_v1,
    receive::{Dispatcher, LongConnection, Received},
};
use larkspur_api::act;
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    sync::{Notify, mpsc},
};
use tokio_tungstenite::{client_async, tungstenite};

use super::{Programs, Row, tools::Serve};

/// Messages sent one after another, each when the one before has arrived.
const ONE_BY_ONE: usize = 2000;

/// Messages that wait when the bot connects.
const WAITING: u64 = 20_000;

/// Sends under way at once while they are made.
const AT_ONCE: usize = 64;

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let runtime = Runtime::new()?;
    let mut echo = runtime.block_on(echo())?;
    let serve = Serve::start(programs)?;
    let mut ours = runtime.block_on(latency(&serve))?;
    let mut rows = vec![
        Row::new(
            "a user's send to the bot's handler, p50",
            percentile(&mut ours, 50),
            "a bare WebSocket echo",
            percentile(&mut echo, 50),
            "ms",
        ),
        Row::new("the same, p99", percentile(&mut ours, 99), "the same", percentile(&mut echo, 99), "ms"),
    ];
    for connections in [1, 50] {
        let serve = Serve::start(programs)?;
        let (per_second, before, after) = runtime.block_on(throughput(&serve, connections))?;
        let what =
            format!("events a second, {connections} connection{}", if connections == 1 { "" } else { "s" });
        rows.push(Row::new(what, per_second, "what is aimed at", 20_000.0, "/s"));
        rows.push(Row::new("`serve`, memory when they are delivered", after, "before", before, "MB"));
    }
    Ok(rows)
}

fn percentile(all: &mut [Duration], percent: usize) -> f64 {
    all.sort_unstable();
    let at = (all.len() * percent / 100).min(all.len().saturating_sub(1));
    all.get(at).map_or(0.0, Duration::as_secs_f64) * 1000.0
}

fn client(serve: &Serve) -> Result<Client> {
    let workspace = &serve.ready.workspace;
    let builder = Client::builder(&workspace.app_id, &workspace.app_secret);
    Ok(builder.base_url(&serve.ready.base_url).build()?)
}

fn message(serve: &Serve, text: String) -> act::send::Request {
    let user = serve.ready.workspace.users.first().map(|user| user.open_id.clone()).unwrap_or_default();
    let chat_id = Some(serve.chat_id().into());
    act::send::Request { chat_id, text: Some(text), ..act::send::Request::new(user) }
}

async fn latency(serve: &Serve) -> Result<Vec<Duration>> {
    let client = client(serve)?;
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let dispatcher = Dispatcher::builder()
        .on(move |_: Received<receive_v1::Event>| {
            let _ = arrived.send(Instant::now());
            async { Ok(()) }
        })
        .build();
    let connection = LongConnection::of(&client, dispatcher).connect().await?;
    let mut all = Vec::with_capacity(ONE_BY_ONE);
    for number in 0..ONE_BY_ONE {
        let began = Instant::now();
        client.send(message(serve, format!("message {number}"))).await?;
        all.push(arrivals.recv().await.context("an event")? - began);
    }
    connection.stop().await;
    Ok(all)
}

/// How long it takes to deliver what waits: events a second, and the platform's memory before and after.
async fn throughput(serve: &Serve, connections: usize) -> Result<(f64, f64, f64)> {
    let client = client(serve)?;
    let sends = (0..WAITING).map(|number| client.send(message(serve, format!("message {number}"))));
    let sent = stream::iter(sends).buffer_unordered(AT_ONCE).filter(|sent| std::future::ready(sent.is_ok()));
    ensure!(sent.count().await as u64 == WAITING, "not every message was sent");
    let before = serve.memory()?;

    let (count, done) = (Arc::new(AtomicU64::new(0)), Arc::new(Notify::new()));
    let mut open = Vec::new();
    let began = Instant::now();
    for _ in 0..connections {
        let (count, done) = (Arc::clone(&count), Arc::clone(&done));
        let dispatcher = Dispatcher::builder()
            .on(move |_: Received<receive_v1::Event>| {
                if count.fetch_add(1, Ordering::Relaxed) + 1 == WAITING {
                    done.notify_one();
                }
                async { Ok(()) }
            })
            .build();
        open.push(LongConnection::of(&client, dispatcher).start());
    }
    done.notified().await;
    let took = began.elapsed();
    let after = serve.memory()?;
    for connection in open {
        connection.stop().await;
    }
    Ok((WAITING as f64 / took.as_secs_f64(), before, after))
}

/// Round trips of a WebSocket that only gives back what it gets.
async fn echo() -> Result<Vec<Duration>> {
    async fn give_back(mut socket: WebSocket) {
        while let Some(Ok(message)) = socket.next().await {
            if !matches!(message, Message::Binary(_)) || socket.send(message).await.is_err() {
                break;
            }
        }
    }
    let router =
        Router::new().route("/", get(|upgrade: WebSocketUpgrade| async { upgrade.on_upgrade(give_back) }));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut socket, _) = client_async(format!("ws://{address}/"), stream).await?;
    let mut all = Vec::with_capacity(ONE_BY_ONE);
    for _ in 0..ONE_BY_ONE {
        let began = Instant::now();
        socket.send(tungstenite::Message::Binary(vec![0; 1024].into())).await?;
        socket.next().await.context("an echo")??;
        all.push(began.elapsed());
    }
    Ok(all)
}
