//! Posting to the address of an app: sealed, signed, and answered in time.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_TYPE};
use larkspur_dial::{DialError, Stage};
use larkspur_push::{javascript, seal, signature};
use larkspur_store::app::AppRow;
use serde_json::{Value, json};

use crate::{NoAnswer, Shared, TIME, outcome::Came};

/// How a body is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seal {
    /// Encrypted and signed, if the app has a key.
    Event,
    /// Signed with the verification token, never encrypted.
    OldCard,
}

/// The most of an answer that is read: a card has up to 30 KB, an answer more than one.
const MAX_ANSWER: usize = 256 * 1024;

/// Posts a body once. Whatever comes back in time is given; what it means is the caller's business.
pub(crate) async fn post(
    shared: &Shared,
    app: &AppRow,
    seal: Seal,
    url: &str,
    body: &Bytes,
) -> Result<Came, NoAnswer> {
    let (headers, body) = sealed(shared, app, seal, body);
    send(shared, url, headers, body, TIME).await
}

/// Whether an address echoes a challenge.
pub(crate) async fn challenge(
    shared: &Shared,
    app: &AppRow,
    url: &str,
    time: Duration,
) -> Result<(), NoAnswer> {
    let challenge = shared.context.hex(32);
    let body = json!({"challenge": challenge, "token": app.verification_token, "type": "url_verification"});
    // Encrypted exactly if there is a key: SDKs that hold one refuse a challenge in the clear. Never signed.
    let body = body.to_string();
    let body = if app.encrypt_key.is_empty() { body } else { encrypted(shared, app, body.as_bytes()) };
    let came = send(shared, url, json_headers(), body.into(), time).await?;
    if came.status != 200 {
        return Err(NoAnswer::Status {
            status: came.status,
            body: String::from_utf8_lossy(&came.body).into_owned(),
        });
    }
    let echoed = serde_json::from_slice::<Value>(&came.body).ok();
    if echoed.as_ref().and_then(|body| body.get("challenge")).and_then(Value::as_str) == Some(&challenge) {
        Ok(())
    } else {
        Err(NoAnswer::Malformed { status: Some(200), body: String::from_utf8_lossy(&came.body).into_owned() })
    }
}

fn json_headers() -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf-8"))])
}

fn encrypted(shared: &Shared, app: &AppRow, body: &[u8]) -> String {
    let mut iv = [0; 16];
    shared.context.entropy.fill(&mut iv);
    seal::sealed_body(&app.encrypt_key, iv, body)
}

/// Headers and body as they go out.
fn sealed(shared: &Shared, app: &AppRow, seal: Seal, body: &Bytes) -> (HeaderMap, Bytes) {
    // The Node SDK checks what JavaScript would have written, not what it got.
    let plain = || javascript::stringify(&serde_json::from_slice(body).unwrap_or(Value::Null));
    let (timestamp, nonce) = ((shared.context.now() / 1000).to_string(), shared.context.hex(32));
    let mut headers = json_headers();
    let (body, signature) = match seal {
        Seal::Event if app.encrypt_key.is_empty() => return (headers, plain().into()),
        Seal::Event => {
            let body = encrypted(shared, app, body);
            let key = &app.encrypt_key;
            let signature = signature::event_signature(&timestamp, &nonce, key, body.as_bytes());
            (body, signature)
        }
        Seal::OldCard => {
            let body = plain();
            let token = &app.verification_token;
            let signature = signature::card_signature(&timestamp, &nonce, token, body.as_bytes());
            (body, signature)
        }
    };
    let fields =
        [(signature::TIMESTAMP, timestamp), (signature::NONCE, nonce), (signature::SIGNATURE, signature)];
    for (name, value) in fields {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    (headers, body.into())
}

async fn send(
    shared: &Shared,
    url: &str,
    headers: HeaderMap,
    body: Bytes,
    time: Duration,
) -> Result<Came, NoAnswer> {
    match shared.dialer.post(url, headers, body, time, MAX_ANSWER).await {
        Ok(posted) => Ok(Came { status: posted.status.as_u16().into(), body: posted.body }),
        Err(error) => {
            let why = error.to_string();
            Err(match error {
                DialError::Private { .. } => NoAnswer::Private(why),
                DialError::Network { stage: Stage::Resolve, .. } => NoAnswer::Resolve(why),
                DialError::Network { stage: Stage::Connect, .. } => NoAnswer::Connect(why),
                DialError::Network { stage: Stage::Time, .. } => NoAnswer::Late,
                DialError::Network { stage: Stage::Answer, .. } => NoAnswer::Broken(why),
                DialError::Url { .. } | DialError::Status { .. } | DialError::TooLarge { .. } => {
                    NoAnswer::NoAddress
                }
            })
        }
    }
}
