//! The other way round: events as the platform posts them to the address of an app, encrypted and signed.

use std::{path::PathBuf, time::Duration};

use bytes::Bytes;
use clap::{ArgMatches, Command, value_parser};
use http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_TYPE};
use larkspur_api::event::{Envelope, Kind, Schema};
use larkspur_dial::{Dialer, Posted, Reach};
use larkspur_push::{javascript, seal, signature};
use serde_json::Value;

use crate::{
    failure::{self, Failure, Result},
    settings::variable,
    tree::value,
};

/// How long a receiver may take: a little less than the platform gives, so that its answer arrives in time.
const TIME: Duration = Duration::from_millis(2_800);

/// The most of an answer that is read: a card has up to 30 KB.
const MAX_ANSWER: usize = 256 * 1024;

/// What the developer console holds for an app with a webhook.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    /// Without it nothing is encrypted and nothing is signed.
    pub(crate) encrypt_key: Option<String>,
    /// Without it events keep the token they came with.
    pub(crate) verification_token: Option<String>,
}

/// A receiver of webhooks.
#[derive(Clone)]
pub(crate) struct Receiver {
    dialer: Dialer,
    url: String,
    keys: Keys,
}

/// The flags that name files with keys. The keys themselves never stand in arguments, where others see them.
pub(crate) fn flags(command: Command) -> Command {
    let file =
        |name, help| value(name, "PATH", help).value_parser(value_parser!(PathBuf)).help_heading("Keys");
    command
        .arg(file(
            "encrypt-key-file",
            "Encrypt and sign with the key in this file, or in LARKSPUR_ENCRYPT_KEY",
        ))
        .arg(file(
            "verification-token-file",
            "Put in the token from this file, or from LARKSPUR_VERIFICATION_TOKEN",
        ))
}

impl Keys {
    /// Reads them from files and the environment.
    pub(crate) fn read(matches: &ArgMatches) -> Result<Self> {
        let read = |flag: &str, name: &str| match matches.get_one::<PathBuf>(flag) {
            None => Ok(variable(name)),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| Failure::usage(format!("{}: {error}", path.display())).param(flag))?;
                Ok::<_, Failure>(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
            }
        };
        Ok(Self {
            encrypt_key: read("encrypt-key-file", "ENCRYPT_KEY")?,
            verification_token: read("verification-token-file", "VERIFICATION_TOKEN")?,
        })
    }

    /// Keys for the receiver to be set up with.
    pub(crate) fn generate() -> Result<Self> {
        Ok(Self {
            encrypt_key: Some(hex::encode(random::<16>()?)),
            verification_token: Some(hex::encode(random::<16>()?)),
        })
    }
}

/// So many random bytes.
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        Failure::new(failure::Kind::Internal, format!("this machine gives no randomness: {error}"))
    })?;
    Ok(bytes)
}

impl Receiver {
    /// A receiver anywhere: whoever names it may reach it.
    pub(crate) fn new(url: &str, keys: Keys, flag: &str) -> Result<Self> {
        let parsed = url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        if parsed.is_none_or(|url| url.host().is_none()) {
            return Err(Failure::usage(format!("--{flag} {url:?} is no web address"))
                .hint("write http://127.0.0.1:3000/events")
                .param(flag));
        }
        let dialer = Dialer::new(Reach::Private)
            .map_err(|error| Failure::new(failure::Kind::Internal, error.to_string()))?;
        Ok(Self { dialer, url: url.to_owned(), keys })
    }

    /// Posts an event as the platform would.
    pub(crate) async fn post(&self, envelope: &Envelope) -> Result<Posted> {
        let (headers, body) = self.sealed(envelope)?;
        Ok(self.dialer.post(&self.url, headers, body, TIME, MAX_ANSWER).await?)
    }

    fn sealed(&self, envelope: &Envelope) -> Result<(HeaderMap, Bytes)> {
        let mut envelope = envelope.clone();
        if let Some(token) = &self.keys.verification_token {
            envelope.header.token.clone_from(token);
        }
        // The Node SDK checks what JavaScript would have written, not what it got.
        let plain = javascript::stringify(&envelope.to_json());
        let json = HeaderValue::from_static("application/json;charset=utf-8");
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
        let timestamp = jiff::Timestamp::now().as_second().to_string();
        let nonce = hex::encode(random::<16>()?);
        let token = Some(envelope.header.token.as_str()).filter(|token| !token.is_empty());
        let (body, signed) = match (envelope.schema, &self.keys.encrypt_key, token) {
            // The old card callback has a signature of its own and is never encrypted.
            (Schema::Legacy, _, Some(token)) => {
                let signed = signature::card_signature(&timestamp, &nonce, token, plain.as_bytes());
                (plain, signed)
            }
            (Schema::V1 | Schema::V2, Some(key), _) => {
                let body = seal::sealed_body(key, random()?, plain.as_bytes());
                let signed = signature::event_signature(&timestamp, &nonce, key, body.as_bytes());
                (body, signed)
            }
            _ => return Ok((headers, plain.into())),
        };
        let fields =
            [(signature::TIMESTAMP, timestamp), (signature::NONCE, nonce), (signature::SIGNATURE, signed)];
        for (name, value) in fields {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
                headers.insert(name, value);
            }
        }
        Ok((headers, body.into()))
    }
}

/// What an answer is to whoever asked: the object of a callback, or nothing; or why it is none.
pub(crate) fn answer(envelope: &Envelope, posted: &Posted) -> std::result::Result<Value, String> {
    if posted.status != http::StatusCode::OK {
        return Err(posted.status.as_u16().to_string());
    }
    let empty = || Value::Object(serde_json::Map::new());
    if envelope.meta().is_none_or(|meta| meta.kind == Kind::Event) || posted.body.trim_ascii().is_empty() {
        return Ok(empty());
    }
    match serde_json::from_slice(&posted.body) {
        Ok(Value::Object(object)) => Ok(object.into()),
        // What the Node SDK answers for want of a handler.
        Ok(Value::String(_)) => Ok(empty()),
        _ => Err("200, and the answer is not a JSON object".to_owned()),
    }
}
