//! A client of the long connection, by hand: it answers what a test tells it to, and when.

use std::{collections::HashSet, time::Duration};

use futures_util::{SinkExt, StreamExt};
use http::Response;
use larkspur_push::{Ack, Frame, Joiner, Method, discovery, frame::header};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message},
};

use crate::{Answer, Home};

/// Far more than anything takes but silence.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client of the long connection.
pub(crate) struct Ear {
    socket: WebSocketStream<TcpStream>,
    joiner: Joiner,
    /// Its name in logs of both sides.
    pub(crate) device_id: String,
}

/// An event or a callback as it came.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// The frame; of several, the last.
    pub(crate) frame: Frame,
    pub(crate) body: Value,
}

impl Home {
    /// Asks where to connect.
    pub(crate) async fn discover(&self, body: &Value) -> Answer {
        let url = format!("{}{}", self.platform.base_url(), discovery::PATH);
        self.send(reqwest::Client::new().post(url).json(body)).await
    }

    /// An address that opens a connection of the app.
    pub(crate) async fn ticket(&self) -> String {
        let answer = self.discover(&json!({"AppID": self.app_id, "AppSecret": self.app_secret})).await;
        answer.body["data"]["URL"].as_str().unwrap_or_else(|| panic!("an address in {answer:?}")).to_owned()
    }

    /// A long connection of the app.
    pub(crate) async fn ear(&self) -> Ear {
        Ear::open(&self.ticket().await).await.expect("a connection")
    }

    /// The names of the app's connections, the oldest first.
    pub(crate) async fn connections(&self) -> Vec<String> {
        let path = format!("apps/{}/connections", self.app_id);
        let listed = self.own(reqwest::Method::GET, &path, Value::Null).await;
        let items = listed.body["data"]["items"].as_array().expect("a list");
        items.iter().map(|one| one["device_id"].as_str().expect("a name").to_owned()).collect()
    }
}

impl Ear {
    /// Connects to an address, or gives the answer that refused it.
    pub(crate) async fn open(url: &str) -> Result<Self, Box<Response<Option<Vec<u8>>>>> {
        Self::over(TcpStream::connect(address(url)).await.expect("connects"), url).await
    }

    /// The same for one that keeps little of what it did not read.
    pub(crate) async fn open_narrow(url: &str) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("a size");
        let stream = socket.connect(address(url).parse().expect("an address")).await.expect("connects");
        Self::over(stream, url).await.expect("a connection")
    }

    async fn over(stream: TcpStream, url: &str) -> Result<Self, Box<Response<Option<Vec<u8>>>>> {
        match client_async(url, stream).await {
            Ok((socket, _)) => {
                let device_id = parameter(url, "device_id");
                Ok(Self { socket, joiner: Joiner::default(), device_id })
            }
            Err(Error::Http(refused)) => Err(refused),
            Err(error) => panic!("{error}"),
        }
    }

    /// The next frame; `None` if the connection ended.
    pub(crate) async fn frame(&mut self) -> Option<Frame> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame");
            match message {
                Some(Ok(Message::Binary(bytes))) => return Some(Frame::decode(&bytes).expect("a frame")),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_))) => panic!("a close frame: the Java SDK does not notice one"),
                None | Some(Err(_)) => return None,
                Some(Ok(other)) => panic!("{other:?}"),
            }
        }
    }

    /// The next event or callback, put together if it came in parts; `None` if the connection ended.
    pub(crate) async fn try_next(&mut self) -> Option<Heard> {
        loop {
            let frame = self.frame().await?;
            assert_eq!(
                (frame.method(), frame.header(header::TYPE)),
                (Some(Method::Data), Some("event")),
                "{frame:?}"
            );
            if let Some(joined) = self.joiner.take(frame, 0).expect("it joins") {
                let body = serde_json::from_slice(&joined.payload).expect("JSON");
                return Some(Heard { frame: joined.last, body });
            }
        }
    }

    /// The next event or callback.
    pub(crate) async fn next(&mut self) -> Heard {
        self.try_next().await.expect("the connection is open")
    }

    /// The next event, taken.
    pub(crate) async fn take(&mut self) -> Heard {
        let heard = self.next().await;
        self.ack(&heard).await;
        heard
    }

    /// Takes events until these have come, and gives them in that order.
    pub(crate) async fn take_all(&mut self, event_ids: &[String]) -> Vec<Value> {
        let mut missing: HashSet<&String> = event_ids.iter().collect();
        let mut bodies = Vec::new();
        while !missing.is_empty() {
            let heard = self.take().await;
            assert!(missing.remove(&heard.event_id()), "{heard:?} came unasked");
            bodies.push(heard);
        }
        let place = |heard: &Heard| event_ids.iter().position(|id| *id == heard.event_id());
        bodies.sort_by_key(place);
        bodies.into_iter().map(|heard| heard.body).collect()
    }

    /// What came until the platform has looked at all that was sent before.
    pub(crate) async fn leftovers(&mut self) -> Vec<Heard> {
        self.send(Frame::ping(1).encode()).await;
        let mut came = Vec::new();
        loop {
            let frame = self.frame().await.expect("a pong");
            if frame.header(header::TYPE) == Some("pong") {
                return came;
            }
            let body = serde_json::from_slice(frame.payload.as_deref().unwrap_or_default()).expect("JSON");
            came.push(Heard { frame, body });
        }
    }

    /// Returns when the platform has looked at all that was sent before. Nothing may come in the meantime.
    pub(crate) async fn settled(&mut self) {
        let came = self.leftovers().await;
        assert!(came.is_empty(), "{came:?}");
    }

    /// Says that an event was taken.
    pub(crate) async fn ack(&mut self, heard: &Heard) {
        self.send(heard.frame.ack(&Ack::ok(), 1).encode()).await;
    }

    /// Says that an event was not taken.
    pub(crate) async fn refuse(&mut self, heard: &Heard) {
        self.send(heard.frame.ack(&Ack::no_handler(), 1).encode()).await;
    }

    /// Answers a callback.
    pub(crate) async fn answer(&mut self, heard: &Heard, answer: &Value) {
        self.send(heard.frame.ack(&Ack::answer(answer.to_string()), 1).encode()).await;
    }

    /// Sends a frame, or what is none.
    pub(crate) async fn send(&mut self, bytes: impl Into<bytes::Bytes>) {
        self.socket.send(Message::Binary(bytes.into())).await.expect("it goes out");
    }

    /// Sends text, which means nothing here.
    pub(crate) async fn write(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("it goes out");
    }

    /// Whether the connection has ended, once it has: nothing but leftovers come before that.
    pub(crate) async fn ended(mut self) {
        while self.frame().await.is_some() {}
    }
}

impl Heard {
    /// Tells what came twice.
    pub(crate) fn event_id(&self) -> String {
        let id = self.body["header"]["event_id"].as_str().or_else(|| self.body["uuid"].as_str());
        id.expect("an event_id").to_owned()
    }

    /// Tells one time it was sent from another.
    pub(crate) fn message_id(&self) -> String {
        self.frame.header(header::MESSAGE_ID).expect("a message_id").to_owned()
    }

    /// The words of a message.
    pub(crate) fn text(&self) -> String {
        let content = self.body["event"]["message"]["content"].as_str().expect("content");
        let content: Value = serde_json::from_str(content).expect("JSON");
        content["text"].as_str().expect("text").to_owned()
    }
}

/// Where an address leads.
fn address(url: &str) -> &str {
    url.strip_prefix("ws://").and_then(|rest| rest.split_once('/')).expect("ws").0
}

/// A parameter of an address.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').expect("a query").1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| *known == name).expect("the parameter").1.to_owned()
}
