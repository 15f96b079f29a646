//! A connection that is kept open. It knows as much of HTTP as the platform's answers need, and so costs little
//! beside them: the general client took more time than the platform.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use serde_json::Value;

/// A connection to the platform.
pub(crate) struct Wire {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Wire {
    /// Connects to `http://host:port`.
    pub(crate) fn open(base_url: &str) -> Self {
        let host = base_url.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).expect("the platform listens");
        stream.set_nodelay(true).expect("a socket");
        Self { host, stream: BufReader::new(stream) }
    }

    /// Sends a request and gives the JSON that is answered.
    pub(crate) fn call(&mut self, method: &str, path: &str, token: Option<&str>, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let authorization =
            token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{authorization}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).expect("a connection");
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("an answer");
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).expect("a body");
        serde_json::from_slice(&bytes).expect("JSON")
    }
}
