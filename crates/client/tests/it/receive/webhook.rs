//! Webhooks: bodies signed and encrypted as the platform does it, and all that must be refused.

use std::path::Path;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use larkspur::{
    event::{Envelope, card::action::trigger_v1, im::message::receive_v1},
    receive::{Dispatcher, Received, Webhook},
};
use larkspur_push::{seal, signature};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower_service::Service;

use super::{Log, message, pressed};

const KEY: &str = "v3ct0r-encrypt-key";
const TOKEN: &str = "v3ct0r-verification-token";

/// When the vectors were signed, in ms.
const NOW: i64 = 1_608_725_989_000;

/// A webhook of an app that has both keys, and what reaches its handlers.
fn webhook() -> (Webhook, Log) {
    let (plain, log) = keyless();
    (plain.encrypt_key(KEY).verification_token(TOKEN), log)
}

fn keyless() -> (Webhook, Log) {
    let log = Log::default();
    let seen = log.clone();
    let dispatcher = Dispatcher::builder().on_any(move |envelope: Envelope| {
        seen.add(envelope.header.event_type);
        async { Ok(()) }
    });
    (Webhook::new(dispatcher.build()).clock(|| NOW), log)
}

fn vectors(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../push/vectors").join(name);
    serde_json::from_slice(&std::fs::read(path).expect("the vectors")).expect("JSON")
}

fn sealed(body: &Value) -> String {
    seal::sealed_body(KEY, *b"0123456789abcdef", body.to_string().as_bytes())
}

fn signed(body: &str, at_ms: i64) -> HeaderMap {
    let timestamp = (at_ms / 1000).to_string();
    let made = signature::event_signature(&timestamp, "nonce", KEY, body.as_bytes());
    headers([&timestamp, "nonce", &made])
}

fn headers(values: [&str; 3]) -> HeaderMap {
    let names = [signature::TIMESTAMP, signature::NONCE, signature::SIGNATURE];
    let pairs = names.iter().zip(values);
    pairs.map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
}

async fn post(webhook: &Webhook, headers: HeaderMap, body: impl Into<Bytes>) -> (u16, Value) {
    let response = webhook.handle(&headers, body.into()).await;
    assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8");
    (response.status().as_u16(), serde_json::from_slice(response.body()).expect("JSON"))
}

async fn status(webhook: &Webhook, headers: HeaderMap, body: impl Into<Bytes>) -> u16 {
    post(webhook, headers, body).await.0
}

#[tokio::test]
async fn the_vectors_are_taken() {
    let (webhook, log) = webhook();
    for case in vectors("event_signature.json")["cases"].as_array().expect("cases") {
        let text = |key: &str| case["headers"][key].as_str().expect("a header");
        let headers = headers([
            text("X-Lark-Request-Timestamp"),
            text("X-Lark-Request-Nonce"),
            text("X-Lark-Signature"),
        ]);
        let body = case["body"].as_str().expect("a body").to_owned();
        assert_eq!(post(&webhook, headers.clone(), body.clone()).await, (200, json!({})), "{}", case["name"]);
        let mut changed = body.clone();
        changed.insert(body.len() - 1, ' ');
        assert_eq!(status(&webhook, headers, changed).await, 401, "{}: over the raw bytes", case["name"]);
    }
    assert!(log.all().contains(&"im.message.receive_v1".to_owned()), "{:?}", log.all());
}

#[tokio::test]
async fn old_card_callbacks_are_taken_though_they_are_plain() {
    let (webhook, log) = webhook();
    for case in vectors("card_signature_sha1.json")["cases"].as_array().expect("cases") {
        let text = |key: &str| case["headers"][key].as_str().expect("a header");
        let right = headers([
            text("X-Lark-Request-Timestamp"),
            text("X-Lark-Request-Nonce"),
            text("X-Lark-Signature"),
        ]);
        let body = case["body"].as_str().expect("a body").to_owned();
        for _ in 0..2 {
            assert_eq!(post(&webhook, right.clone(), body.clone()).await, (200, json!({})));
        }
        assert_eq!(status(&webhook, HeaderMap::new(), body.clone()).await, 401, "not signed");
        let wrong = headers([text("X-Lark-Request-Timestamp"), "other", text("X-Lark-Signature")]);
        assert_eq!(status(&webhook, wrong, body.clone()).await, 401, "another nonce");
        let (token_unknown, _) = keyless();
        let token_unknown = token_unknown.encrypt_key(KEY);
        assert_eq!(status(&token_unknown, right, body).await, 401, "it cannot be checked");
    }
    assert_eq!(log.all(), ["card.action.trigger_v1"; 2], "what was sent again was known");
}

#[tokio::test]
async fn the_card_of_an_old_answer_stands_at_the_top() {
    let dispatcher = Dispatcher::builder().on_callback(|_: Received<trigger_v1::Event>| async {
        let card = json!({"elements": []});
        Ok(trigger_v1::Answer { other: card.as_object().cloned().unwrap_or_default(), ..Default::default() })
    });
    let webhook = Webhook::new(dispatcher.build()).accept_unverified();
    let body = json!({"open_id": "ou_1", "token": "c-1", "action": {"tag": "button"}}).to_string();
    assert_eq!(post(&webhook, HeaderMap::new(), body).await, (200, json!({"elements": []})));
}

#[tokio::test]
async fn the_check_of_the_url_is_answered_without_a_signature() {
    let challenge = json!({"challenge": "ajls384kdjx98XX", "token": TOKEN, "type": "url_verification"});
    let foreign = json!({"challenge": "x", "token": "other", "type": "url_verification"});
    let (both, _) = webhook();
    let echo = json!({"challenge": "ajls384kdjx98XX"});
    assert_eq!(post(&both, HeaderMap::new(), sealed(&challenge)).await, (200, echo.clone()));
    let wrong = headers(["1", "n", "00"]);
    assert_eq!(
        post(&both, wrong, sealed(&challenge)).await,
        (200, echo.clone()),
        "the signature is not looked at"
    );
    assert_eq!(status(&both, HeaderMap::new(), sealed(&foreign)).await, 401);
    // Nobody learns anything by having plain text echoed.
    assert_eq!(status(&both, HeaderMap::new(), challenge.to_string()).await, 401);

    let (token_only, _) = keyless();
    let token_only = token_only.verification_token(TOKEN);
    assert_eq!(post(&token_only, HeaderMap::new(), challenge.to_string()).await, (200, echo));
    assert_eq!(status(&token_only, HeaderMap::new(), foreign.to_string()).await, 401);
}

#[tokio::test]
async fn without_an_encrypt_key_the_token_decides() {
    let (webhook, log) = keyless();
    let webhook = webhook.verification_token(TOKEN);
    let event = message("1", "oc_1", "hi");
    assert_eq!(status(&webhook, HeaderMap::new(), event.to_string()).await, 200);
    let v1 = json!({"ts": "1.0", "uuid": "u", "token": TOKEN, "type": "event_callback",
        "event": {"type": "p2p_chat_create", "chat_id": "oc_1"}});
    assert_eq!(status(&webhook, HeaderMap::new(), v1.to_string()).await, 200);
    let mut foreign = message("2", "oc_1", "hi");
    foreign["header"]["token"] = "other".into();
    assert_eq!(status(&webhook, HeaderMap::new(), foreign.to_string()).await, 401);
    foreign["header"]["token"] = "".into();
    assert_eq!(status(&webhook, HeaderMap::new(), foreign.to_string()).await, 401);
    assert_eq!(status(&webhook, HeaderMap::new(), sealed(&event)).await, 400, "there is no key to open it");
    assert_eq!(log.all(), ["im.message.receive_v1", "p2p_chat_create"]);
}

#[tokio::test]
async fn what_cannot_be_shown_to_come_from_the_platform_is_refused() {
    let (webhook, log) = webhook();
    let event = message("1", "oc_1", "hi");
    let body = sealed(&event);
    assert_eq!(status(&webhook, HeaderMap::new(), body.clone()).await, 401, "not signed");
    assert_eq!(status(&webhook, signed("other", NOW), body.clone()).await, 401, "signed for another body");
    let plain = event.to_string();
    assert_eq!(status(&webhook, signed(&plain, NOW), plain.clone()).await, 401, "not encrypted");
    for minutes in [-6, 6] {
        let at = NOW + minutes * 60_000;
        assert_eq!(status(&webhook, signed(&body, at), body.clone()).await, 401, "signed at another time");
    }
    let mut foreign = event.clone();
    foreign["header"]["token"] = "other".into();
    let foreign = sealed(&foreign);
    assert_eq!(status(&webhook, signed(&foreign, NOW), foreign.clone()).await, 401, "another app's token");
    let (nothing_known, _) = keyless();
    assert_eq!(
        status(&nothing_known, HeaderMap::new(), plain.clone()).await,
        401,
        "nothing to check it with"
    );
    assert_eq!(log.all(), [""; 0]);

    assert_eq!(status(&webhook, signed(&body, NOW), body.clone()).await, 200, "and the right one is taken");
    let (open, _) = keyless();
    assert_eq!(status(&open.accept_unverified(), HeaderMap::new(), plain).await, 200);
}

#[tokio::test]
async fn a_wrong_padding_looks_like_a_wrong_signature() {
    let (webhook, _) = webhook();
    let body = sealed(&message("1", "oc_1", "hi"));
    let wrong_signature = post(&webhook, headers(["1608725989", "n", "00"]), body.clone()).await;
    for case in vectors("encryption.json")["invalid"].as_array().expect("cases") {
        if case["encrypt_key"] != KEY {
            continue;
        }
        let text = case["encrypt"].as_str().expect("a text");
        let body = json!({"encrypt": text}).to_string();
        assert_eq!(post(&webhook, headers(["1608725989", "n", "00"]), body.clone()).await, wrong_signature);
        assert_eq!(post(&webhook, signed(&body, NOW), body).await, wrong_signature);
    }
    let no_event = sealed(&json!({"hello": "world"}));
    assert_eq!(post(&webhook, HeaderMap::new(), no_event.clone()).await, wrong_signature);
    assert_eq!(status(&webhook, signed(&no_event, NOW), no_event).await, 400, "the platform may know");
}

#[tokio::test]
async fn what_is_sent_again_is_not_handled_again() {
    let (webhook, log) = webhook();
    let body = sealed(&message("1", "oc_1", "hi"));
    let recorded = signed(&body, NOW);
    for _ in 0..3 {
        assert_eq!(post(&webhook, recorded.clone(), body.clone()).await, (200, json!({})));
    }
    // The platform signs anew when it sends again.
    assert_eq!(status(&webhook, signed(&body, NOW + 15_000), body).await, 200);
    assert_eq!(log.all().len(), 1);
}

#[tokio::test]
async fn a_handler_that_fails_is_told_to_the_platform() {
    let dispatcher =
        Dispatcher::builder().on(|_: Received<receive_v1::Event>| async { Err("no luck".into()) });
    let webhook = Webhook::new(dispatcher.build()).verification_token(TOKEN);
    let failed = post(&webhook, HeaderMap::new(), message("1", "oc_1", "hi").to_string()).await;
    assert_eq!(failed, (500, json!({"msg": "not handled"})), "and nobody learns why");
    assert_eq!(status(&webhook, HeaderMap::new(), pressed("2").to_string()).await, 500, "nobody answers");
}

async fn serve(webhook: &Webhook, request: Request<Full<Bytes>>) -> Response<Bytes> {
    let response = webhook.clone().call(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, body.collect().await.expect("infallible").to_bytes())
}

#[tokio::test]
async fn what_is_no_event_is_refused_before_it_is_read() {
    let (webhook, _) = keyless();
    let webhook = webhook.verification_token(TOKEN);
    let request = |method: &str, body: Vec<u8>| {
        Request::builder().method(method).body(Full::new(Bytes::from(body))).expect("a request")
    };
    let response = serve(&webhook, request("GET", Vec::new())).await;
    assert_eq!(
        (response.status(), &response.headers()["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"POST".parse().expect("a value"))
    );
    let status = |request| async { serve(&webhook, request).await.status().as_u16() };
    assert_eq!(status(request("POST", Vec::new())).await, 400);
    assert_eq!(status(request("POST", b"[1]".to_vec())).await, 400);
    assert_eq!(status(request("POST", vec![b' '; (1 << 20) + 1])).await, 413);
    let mut announced = request("POST", Vec::new());
    announced.headers_mut().insert("content-length", "9999999999".parse().expect("a value"));
    assert_eq!(status(announced).await, 413);
    assert_eq!(status(request("POST", message("1", "oc_1", "hi").to_string().into_bytes())).await, 200);
}

#[tokio::test]
async fn it_is_a_service_of_a_web_server() {
    let (webhook, log) = keyless();
    let app = axum::Router::new().route_service("/events", webhook.verification_token(TOKEN));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("connects");
    let body = message("1", "oc_1", "hi").to_string();
    let request = format!(
        "POST /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("writes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("{}"), "{answer}");
    assert_eq!(log.all(), ["im.message.receive_v1"]);
}

proptest! {
    #[test]
    fn whatever_is_posted_is_answered(
        body in prop_oneof![
            any::<Vec<u8>>(),
            r#"\{"(encrypt|schema|type|uuid|action|header)":("[ -~]{0,40}"|[0-9]{1,9}|null|\{\})\}"#.prop_map(String::into_bytes),
        ],
        values in proptest::array::uniform3("[ -~]{0,40}"),
        sealed in any::<bool>(),
    ) {
        let body = if sealed { seal::sealed_body(KEY, [7; 16], &body).into_bytes() } else { body };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let (webhook, log) = webhook();
        let headers = headers([&values[0], &values[1], &values[2]]);
        let status = runtime.block_on(status(&webhook, headers, body));
        prop_assert!(matches!(status, 400 | 401), "{}", status);
        prop_assert!(log.all().is_empty());
    }
}
