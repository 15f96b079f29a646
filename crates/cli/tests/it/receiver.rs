//! An address that webhooks are posted to.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::Duration,
};

use larkspur_push::{seal, signature};
use serde_json::Value;

/// A request as it came.
pub(crate) struct Posted {
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

/// A receiver that answers with what a function makes of each request.
pub(crate) struct Receiver {
    pub(crate) url: String,
    posted: mpsc::Receiver<Posted>,
}

impl Receiver {
    pub(crate) fn start(answer: impl Fn(&Posted) -> (u16, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/events", listener.local_addr().expect("an address"));
        let (sender, posted) = mpsc::channel();
        let answer = std::sync::Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (sender, answer) = (sender.clone(), std::sync::Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &sender, &*answer));
            }
        });
        Self { url, posted }
    }

    /// Waits for a request.
    pub(crate) fn next(&self) -> Posted {
        self.posted.recv_timeout(Duration::from_secs(30)).expect("a request")
    }
}

fn serve(stream: TcpStream, sender: &mpsc::Sender<Posted>, answer: &dyn Fn(&Posted) -> (u16, String)) {
    let mut writer = stream.try_clone().expect("a stream");
    let mut reader = BufReader::new(stream);
    loop {
        let mut headers = HashMap::new();
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() == 0 {
            return;
        }
        assert!(line.starts_with("POST /events "), "{line}");
        loop {
            line.clear();
            reader.read_line(&mut line).expect("a header");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.insert(name.to_owned(), value.to_owned());
        }
        let length = headers["Content-Length"].parse().expect("a number");
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("a body");
        let posted = Posted { headers, body };
        let (status, text) = answer(&posted);
        let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{text}", text.len());
        let _ = sender.send(posted);
        if writer.write_all(head.as_bytes()).is_err() {
            return;
        }
    }
}

impl Posted {
    /// The event, if it is encrypted and signed with this key.
    pub(crate) fn open(&self, encrypt_key: &str) -> Value {
        let header = |name: &str| self.headers.get(name).map_or("", String::as_str);
        let (timestamp, nonce) = (header(signature::TIMESTAMP), header(signature::NONCE));
        let signed = header(signature::SIGNATURE);
        assert!(
            signature::verify_event_signature(timestamp, nonce, encrypt_key, &self.body, signed),
            "{:?}",
            self.headers
        );
        let body = seal::open_body(encrypt_key, &self.body).expect("it is encrypted");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// What to answer, if it is the check of the address.
    pub(crate) fn challenge(&self) -> Option<String> {
        let body: Value = serde_json::from_slice(&self.body).expect("JSON");
        body.get("challenge").map(|challenge| serde_json::json!({"challenge": challenge}).to_string())
    }

    /// The event, if it is neither encrypted nor signed.
    pub(crate) fn plain(&self) -> Value {
        assert!(!self.headers.contains_key(signature::SIGNATURE), "{:?}", self.headers);
        serde_json::from_slice(&self.body).expect("JSON")
    }
}
