//! One long connection, from the handshake to its end.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use futures_util::{Sink, SinkExt, Stream, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use larkspur_api::event::{Envelope, Incoming};
use larkspur_push::{Ack, ClientConfig, Frame, Joined, Joiner, Method, frame::header};
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};
use tokio_tungstenite::tungstenite::{self, Message};

use super::{Dispatcher, Reply, pace::Pace, socket::Socket};

/// How long a write may take before the connection counts as lost.
const WRITE: Duration = Duration::from_secs(10);

/// Frames that may wait to be written. When they do, nothing more is read.
const OUTGOING: usize = 256;

/// How long the platform is waited for when the connection is closed.
const FAREWELL: Duration = Duration::from_millis(100);

/// Says when to stop.
pub(crate) struct Stop(pub(crate) watch::Receiver<Option<Duration>>);

impl Stop {
    /// Waits for it. Gives how long handlers are waited for; not at all, if nobody is left to say so.
    pub(crate) async fn asked(&mut self) -> Duration {
        let grace = self.0.wait_for(Option::is_some).await;
        grace.map_or(None, |grace| *grace).unwrap_or_default()
    }
}

/// How a connection ended.
pub(crate) enum End {
    /// It was to stop.
    Stopped,
    /// It broke, or the platform closed it.
    Lost(String),
}

/// Runs a connection until it is to stop or is lost.
///
pub(crate) async fn run(
    socket: Socket,
    service_id: i32,
    dispatcher: &Dispatcher,
    pace: &mut Pace,
    stop: &mut Stop,
) -> End {
    let (sink, mut stream) = socket.split();
    let (outgoing, to_write) = mpsc::channel(OUTGOING);
    let mut writer = pin!(write(sink, to_write));
    let session = Session {
        service_id,
        dispatcher,
        pace,
        outgoing,
        began: Instant::now(),
        joiner: Joiner::default(),
        acks: FuturesUnordered::new(),
    };
    let end = tokio::select! {
        end = session.read(&mut stream, stop) => end,
        why = &mut writer => return End::Lost(why),
    };
    if matches!(end, End::Stopped) {
        // What was handled is acknowledged: the platform has to read that before the connection goes. What it still
        // sends is not taken, and comes again over another connection.
        let farewell = async {
            let _ = writer.await;
            while let Some(Ok(_)) = stream.next().await {}
        };
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
    }
    end
}

/// Writes until there is nothing more, and then says that it ends. Tells why it ended.
async fn write<S>(mut sink: S, mut outgoing: mpsc::Receiver<Message>) -> String
where
    S: Sink<Message, Error = tungstenite::Error> + Unpin,
{
    let mut batch = Vec::with_capacity(OUTGOING);
    while outgoing.recv_many(&mut batch, OUTGOING).await > 0 {
        let written = async {
            for message in batch.drain(..) {
                sink.feed(message).await?;
            }
            sink.flush().await
        };
        match tokio::time::timeout(WRITE, written).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return error.to_string(),
            Err(_) => return format!("nothing could be written for {} s", WRITE.as_secs()),
        }
    }
    match sink.close().await {
        Ok(()) => "closed".to_owned(),
        Err(error) => error.to_string(),
    }
}

struct Session<'a> {
    service_id: i32,
    dispatcher: &'a Dispatcher,
    pace: &'a mut Pace,
    outgoing: mpsc::Sender<Message>,
    began: Instant,
    joiner: Joiner,
    /// What comes of the events that are being handled.
    acks: FuturesUnordered<BoxFuture<'static, Bytes>>,
}

impl Session<'_> {
    async fn read<S>(mut self, stream: &mut S, stop: &mut Stop) -> End
    where
        S: Stream<Item = tungstenite::Result<Message>> + Unpin,
    {
        let mut last_read = self.began;
        let mut next_ping = self.began;
        let mut timer = pin!(tokio::time::sleep_until(next_ping));
        let grace = loop {
            tokio::select! {
                grace = stop.asked() => break grace,
                message = stream.next() => {
                    last_read = Instant::now();
                    match message {
                        Some(Ok(Message::Binary(bytes))) => {
                            let interval = self.pace.ping_interval();
                            self.take(&bytes);
                            // The platform may have changed it.
                            let sooner = last_read + self.pace.ping_interval();
                            if self.pace.ping_interval() != interval && sooner < next_ping {
                                next_ping = sooner;
                                timer.as_mut().reset(next_ping);
                            }
                        }
                        // The library answers pings.
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Close(_))) | None => {
                            return End::Lost("the platform closed the connection".to_owned());
                        }
                        Some(Ok(message)) => {
                            tracing::warn!(bytes = message.len(), "a message that is not binary is ignored");
                        }
                        Some(Err(error)) => return End::Lost(error.to_string()),
                    }
                }
                Some(ack) = self.acks.next() => {
                    if self.send(Message::Binary(ack)).await.is_err() {
                        return End::Lost("the writer ended".to_owned());
                    }
                }
                () = &mut timer => {
                    let (now, interval) = (Instant::now(), self.pace.ping_interval());
                    if now >= last_read + 2 * interval {
                        return End::Lost(format!("nothing came for {} s", (2 * interval).as_secs()));
                    }
                    if now >= next_ping {
                        if self.ping().await.is_err() {
                            return End::Lost("the writer ended".to_owned());
                        }
                        next_ping = now + interval;
                    }
                    timer.as_mut().reset(next_ping.min(last_read + 2 * interval));
                }
            }
        };
        let _ = tokio::time::timeout(grace, self.finish()).await;
        End::Stopped
    }

    /// Waits for what is being handled.
    async fn finish(&mut self) {
        while let Some(ack) = self.acks.next().await {
            if self.send(Message::Binary(ack)).await.is_err() {
                return;
            }
        }
    }

    async fn send(&mut self, message: Message) -> Result<(), mpsc::error::SendError<Message>> {
        self.outgoing.send(message).await
    }

    /// Two signs of life are asked for: one of the platform, one of whatever ends the WebSocket.
    async fn ping(&mut self) -> Result<(), mpsc::error::SendError<Message>> {
        let open = self.joiner.open();
        self.joiner.sweep(self.now_ms());
        if self.joiner.open() < open {
            tracing::warn!(events = open - self.joiner.open(), "parts of events never came");
        }
        self.send(Message::Binary(Frame::ping(self.service_id).encode())).await?;
        self.send(Message::Ping(Bytes::new())).await
    }

    fn now_ms(&self) -> i64 {
        i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// Takes a frame. One that makes no sense is told of, and the connection goes on.
    fn take(&mut self, bytes: &[u8]) {
        let frame = match Frame::decode(bytes) {
            Ok(frame) => frame,
            Err(error) => {
                tracing::warn!(%error, "a frame is ignored");
                return;
            }
        };
        match (frame.method(), frame.header(header::TYPE)) {
            (Some(Method::Control), Some("pong")) => {
                self.configure(frame.payload.as_deref().unwrap_or_default());
            }
            // Cards came as `card` once, and the SDKs dropped them.
            (Some(Method::Data), Some("event" | "card")) => self.join(frame),
            (method, kind) => tracing::debug!(?method, ?kind, "a frame of no known kind is ignored"),
        }
    }

    /// A pong may say how to ping and reconnect from now on.
    fn configure(&mut self, payload: &[u8]) {
        if payload.is_empty() {
            return;
        }
        match serde_json::from_slice::<ClientConfig>(payload) {
            Ok(config) => self.pace.config = Some(config),
            Err(error) => tracing::warn!(%error, "what a pong says is ignored"),
        }
    }

    fn join(&mut self, frame: Frame) {
        match self.joiner.take(frame, self.now_ms()) {
            Ok(Some(event)) => self.dispatch(event),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a part of an event is ignored"),
        }
    }

    fn dispatch(&mut self, event: Joined) {
        let Joined { payload, last } = event;
        let envelope = match Envelope::parse(&payload) {
            Ok(Incoming::Event(envelope)) => envelope,
            Ok(Incoming::Challenge { .. }) => {
                tracing::warn!("the check of a URL came over a long connection and is ignored");
                return;
            }
            Err(error) => {
                // Refused and not ignored, so that it stands in the platform's records.
                tracing::error!(%error, "an event cannot be read");
                let ack = last.ack(&Ack::no_handler(), 0).encode();
                self.acks.push(Box::pin(std::future::ready(ack)));
                return;
            }
        };
        let began = Instant::now();
        let reply = self.dispatcher.take(envelope, payload.len());
        // Only the headers go back.
        let last = Frame { payload: None, ..last };
        self.acks.push(Box::pin(async move {
            let ack = match reply.await {
                Reply::Done => Ack::ok(),
                Reply::Answer(json) => Ack::answer(json),
                Reply::Failed => Ack::no_handler(),
            };
            last.ack(&ack, u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)).encode()
        }));
    }
}
