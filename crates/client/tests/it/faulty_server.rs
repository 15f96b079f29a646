//! A server of long connections on which things go wrong, in the hands of a test.
//!
//! It does nothing on its own but what a test planned for the next request. Connections that open are handed to
//! the test, which then is the platform.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use futures_util::{SinkExt, StreamExt};
use larkspur_push::{
    Ack, ClientConfig, Frame, Method,
    discovery::{self, Response},
    frame::header,
};
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, handshake::derive_accept_key, protocol::Role},
};

/// What its connections are called: one number after the other.
pub(crate) const SERVICE_ID: i32 = 33_554_678;

/// Quick, so that tests are.
pub(crate) const QUICK: ClientConfig =
    ClientConfig { reconnect_count: -1, reconnect_interval: 0, reconnect_nonce: 0, ping_interval: 600 };

/// What happens to a request instead of what should.
pub(crate) enum Fault {
    /// This is answered, head and all.
    Answer(String),
    /// The connection is cut.
    Cut,
}

impl Fault {
    /// A status and a body.
    pub(crate) fn status(status: u16, body: &str) -> Self {
        let length = body.len();
        Self::Answer(format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{body}"))
    }

    /// The refusal of a handshake.
    pub(crate) fn handshake(headers: &[(&str, &str)]) -> Self {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        Self::Answer(format!("HTTP/1.1 403 X\r\n{headers}Content-Length: 0\r\n\r\n"))
    }
}

trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// The platform's end of a connection.
pub(crate) struct Peer {
    socket: WebSocketStream<Box<dyn Io>>,
    sent: u32,
}

struct Plan {
    discoveries: Mutex<VecDeque<Fault>>,
    handshakes: Mutex<VecDeque<Fault>>,
    config: Mutex<ClientConfig>,
    granted: Mutex<u32>,
    tls: Option<TlsAcceptor>,
}

/// The server.
pub(crate) struct FaultyServer {
    pub(crate) url: String,
    plan: Arc<Plan>,
    opened: mpsc::Receiver<Peer>,
}

impl FaultyServer {
    pub(crate) async fn start() -> Self {
        Self::with_tls(None).await
    }

    pub(crate) async fn with_tls(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://localhost:{port}");
        let plan = Arc::new(Plan {
            discoveries: Mutex::default(),
            handshakes: Mutex::default(),
            config: Mutex::new(QUICK),
            granted: Mutex::default(),
            tls,
        });
        let (open, opened) = mpsc::channel(16);
        let planned = Arc::clone(&plan);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (plan, open) = (Arc::clone(&planned), open.clone());
                tokio::spawn(async move {
                    let stream: Box<dyn Io> = match &plan.tls {
                        None => Box::new(stream),
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => Box::new(stream),
                            Err(_) => return,
                        },
                    };
                    serve(stream, &plan, open).await;
                });
            }
        });
        Self { url, plan, opened }
    }

    /// What happens to the next discovery that nothing is planned for.
    pub(crate) fn at_discovery(&self, fault: Fault) {
        self.plan.discoveries.lock().expect("not poisoned").push_back(fault);
    }

    /// What happens to the next handshake that nothing is planned for.
    pub(crate) fn at_handshake(&self, fault: Fault) {
        self.plan.handshakes.lock().expect("not poisoned").push_back(fault);
    }

    /// What clients are told from now on about staying connected.
    pub(crate) fn configure(&self, config: ClientConfig) {
        *self.plan.config.lock().expect("not poisoned") = config;
    }

    /// The next connection that opens.
    pub(crate) async fn opened(&mut self) -> Peer {
        self.opened.recv().await.expect("the server runs")
    }
}

async fn serve(mut stream: Box<dyn Io>, plan: &Plan, open: mpsc::Sender<Peer>) {
    while let Some(head) = read_head(&mut stream).await {
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(':'));
            let mut found = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
            found.next().map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let is_discovery = head.starts_with(&format!("POST {} ", discovery::PATH));
        if is_discovery {
            let length: usize = header("content-length").parse().expect("a length");
            stream.read_exact(&mut vec![0; length]).await.expect("a body");
        }
        let faults = if is_discovery { &plan.discoveries } else { &plan.handshakes };
        let fault = faults.lock().expect("not poisoned").pop_front();
        match fault {
            Some(Fault::Cut) => return,
            Some(Fault::Answer(answer)) => stream.write_all(answer.as_bytes()).await.expect("writes"),
            None if is_discovery => {
                let answer = grant(plan, &header("host"));
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}", answer.len());
                stream.write_all(answer.as_bytes()).await.expect("writes");
            }
            None => {
                let accept = derive_accept_key(header("sec-websocket-key").as_bytes());
                let answer = format!(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                     Sec-WebSocket-Accept: {accept}\r\n\r\n"
                );
                stream.write_all(answer.as_bytes()).await.expect("writes");
                let socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
                let _ = open.send(Peer { socket, sent: 0 }).await;
                return;
            }
        }
    }
}

async fn read_head(stream: &mut Box<dyn Io>) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}

fn grant(plan: &Plan, host: &str) -> String {
    let mut granted = plan.granted.lock().expect("not poisoned");
    *granted += 1;
    let scheme = if plan.tls.is_some() { "wss" } else { "ws" };
    let url = format!("{scheme}://{host}/ws/v2?device_id={granted}&service_id={SERVICE_ID}&ticket=t");
    let config = *plan.config.lock().expect("not poisoned");
    serde_json::to_string(&Response::granted(url, config)).expect("JSON")
}

impl Peer {
    /// Sends an event in one frame.
    pub(crate) async fn event(&mut self, body: &Value) {
        let frame = self.frame(body);
        self.frames(&[frame]).await;
    }

    /// The frame that an event travels in.
    pub(crate) fn frame(&mut self, body: &Value) -> Frame {
        self.sent += 1;
        Frame::event(SERVICE_ID, &format!("m{}", self.sent), "trace", body.to_string())
    }

    pub(crate) async fn frames(&mut self, frames: &[Frame]) {
        for frame in frames {
            self.message(Message::Binary(frame.encode())).await;
        }
    }

    pub(crate) async fn message(&mut self, message: Message) {
        self.socket.send(message).await.expect("the client reads");
    }

    pub(crate) async fn pong(&mut self, config: &ClientConfig) {
        self.frames(&[Frame::pong(SERVICE_ID, config)]).await;
    }

    /// The next answer to an event.
    pub(crate) async fn ack(&mut self) -> (Frame, Ack) {
        let frame = self.until(Method::Data).await.expect("the client answers");
        assert!(frame.header(header::BIZ_RT).is_some(), "{frame:?}");
        let ack = Ack::parse(frame.payload.as_deref().unwrap_or_default()).expect("an ack");
        (frame, ack)
    }

    /// Waits for the next ping.
    pub(crate) async fn ping(&mut self) {
        let ping = self.until(Method::Control).await.expect("the client pings");
        assert_eq!((ping.header(header::TYPE), ping.service), (Some("ping"), SERVICE_ID));
    }

    /// The next frame of a kind; none, if the client closes the connection first. Pings of the WebSocket are not
    /// answered: this does not write.
    async fn until(&mut self, method: Method) -> Option<Frame> {
        while let Some(Ok(message)) = self.socket.next().await {
            if let Message::Binary(bytes) = message {
                let frame = Frame::decode(&bytes).expect("a frame");
                if frame.method() == Some(method) {
                    return Some(frame);
                }
            }
        }
        None
    }

    /// Waits until the client is gone, and gives its answers until then.
    pub(crate) async fn gone(mut self) -> usize {
        let mut acks = 0;
        while self.until(Method::Data).await.is_some() {
            acks += 1;
        }
        acks
    }

    /// Ends with a close frame.
    pub(crate) async fn close(mut self) {
        self.socket.close(None).await.expect("the client reads");
    }
}
