//! An address that requests are posted to. It keeps them as they came, byte for byte, and answers as it is told.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use larkspur_push::seal;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::{JoinHandle, JoinSet},
};

/// What was posted.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Request line and headers.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// How requests are answered.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    /// With a status and a body.
    Says(u16, String),
    /// With a redirect.
    Redirects(String),
    /// With what is no HTTP.
    Babbles,
    /// Not at all, and the connection is closed.
    HangsUp,
    /// Not at all.
    IsSilent,
}

/// How the address behaves.
struct Behaviour {
    manner: Manner,
    /// To challenges; `None` is the right answer.
    challenged: Option<Manner>,
    /// Before an answer to a challenge.
    delay: Duration,
    key: String,
}

/// The address. Dropped, it is closed.
pub(crate) struct Letterbox {
    pub(crate) url: String,
    letters: mpsc::UnboundedReceiver<Letter>,
    behaviour: Arc<Mutex<Behaviour>>,
    task: JoinHandle<()>,
}

impl Drop for Letterbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Letterbox {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let url = format!("http://{}/inbox?a=1", listener.local_addr().expect("bound"));
        let (sender, letters) = mpsc::unbounded_channel();
        let behaviour = Behaviour {
            manner: Manner::Says(200, "{}".to_owned()),
            challenged: None,
            delay: Duration::ZERO,
            key: String::new(),
        };
        let behaviour = Arc::new(Mutex::new(behaviour));
        let shared = Arc::clone(&behaviour);
        let task = tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                open.spawn(receive(stream, sender.clone(), Arc::clone(&shared)));
            }
        });
        Self { url, letters, behaviour, task }
    }

    /// From now on it answers so.
    pub(crate) fn answers(&self, manner: Manner) {
        self.behaviour.lock().expect("not poisoned").manner = manner;
    }

    /// From now on it answers challenges so.
    pub(crate) fn answers_challenges(&self, manner: Option<Manner>, delay: Duration) {
        let mut behaviour = self.behaviour.lock().expect("not poisoned");
        (behaviour.challenged, behaviour.delay) = (manner, delay);
    }

    /// From now on it opens what is encrypted with this key.
    pub(crate) fn holds(&self, key: &str) {
        key.clone_into(&mut self.behaviour.lock().expect("not poisoned").key);
    }

    /// The next request, challenges included.
    pub(crate) async fn next(&mut self) -> Letter {
        let next = tokio::time::timeout(Duration::from_secs(10), self.letters.recv()).await;
        next.expect("a request").expect("it is open")
    }

    /// The next event, which is not encrypted.
    pub(crate) async fn event(&mut self) -> Value {
        let letter = self.next().await;
        serde_json::from_str(&letter.body).expect("JSON")
    }

    /// Whether nothing came that was not looked at.
    pub(crate) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }
}

impl Letter {
    /// A header, by its name as it is spelled on the wire.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

async fn receive(
    mut stream: TcpStream,
    letters: mpsc::UnboundedSender<Letter>,
    behaviour: Arc<Mutex<Behaviour>>,
) {
    while let Some(letter) = read(&mut stream).await {
        let (reply, delay) = {
            let behaviour = behaviour.lock().expect("not poisoned");
            reply(&behaviour, &letter)
        };
        let _ = letters.send(letter);
        tokio::time::sleep(delay).await;
        let answer = match reply {
            Manner::Says(status, body) => {
                format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\n\r\n{body}", body.len())
            }
            Manner::Redirects(to) => {
                format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
            }
            Manner::Babbles => "220 smtp.example ESMTP\r\n\r\n".to_owned(),
            Manner::HangsUp => return,
            Manner::IsSilent => {
                // Until the other side gives up.
                while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
                return;
            }
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn reply(behaviour: &Behaviour, letter: &Letter) -> (Manner, Duration) {
    let open = seal::open_body(&behaviour.key, letter.body.as_bytes());
    let plain = open.unwrap_or_else(|_| letter.body.clone().into_bytes());
    let body: Value = serde_json::from_slice(&plain).unwrap_or_default();
    let Some(challenge) = body["challenge"].as_str() else {
        return (behaviour.manner.clone(), Duration::ZERO);
    };
    let right = || Manner::Says(200, json!({"challenge": challenge}).to_string());
    (behaviour.challenged.clone().unwrap_or_else(right), behaviour.delay)
}

/// One request; `None` at the end of the connection.
async fn read(stream: &mut TcpStream) -> Option<Letter> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().expect("a number"))
            });
            let whole = end + 4 + length.unwrap_or_default();
            if bytes.len() >= whole {
                let body = String::from_utf8(bytes[end + 4..whole].to_vec()).expect("UTF-8");
                return Some(Letter { head, body });
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
