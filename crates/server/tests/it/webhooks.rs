//! Events that are posted to an address of the app.

use std::{collections::HashSet, net::TcpListener, sync::Arc, time::Duration};

use larkspur_domain::ManualClock;
use larkspur_push::{seal, signature};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Answer, Home, clocked,
    letterbox::{Letter, Letterbox, Manner},
    until,
    world::World,
};

const SECOND: Duration = Duration::from_secs(1);

/// An app whose events go to an address.
async fn posted() -> (Arc<ManualClock>, Home, Letterbox) {
    let (clock, builder) = clocked();
    let home = Home::with(builder.rate_limit(false)).await;
    let mut letterbox = Letterbox::new().await;
    post_to(&home, &letterbox).await;
    letterbox.next().await;
    (clock, home, letterbox)
}

/// Has the events of an app posted, once the address has echoed a challenge.
async fn post_to(home: &Home, letterbox: &Letterbox) {
    let change =
        json!({"event_mode": "webhook", "request_url": letterbox.url, "verification_token": "v-token"});
    assert_eq!(home.set(change).await.told(), "200 0 success");
}

async fn app(home: &Home) -> Value {
    home.own(Method::GET, &format!("apps/{}", home.app_id), Value::Null).await.body["data"].take()
}

/// Someone writes to a group.
async fn say(home: &Home, user: &str, chat_id: &str, text: &str) {
    home.act("send", json!({"user": user, "chat_id": chat_id, "text": text})).await;
}

fn text(event: &Value) -> String {
    let content = event["event"]["message"]["content"].as_str().expect("content");
    serde_json::from_str::<Value>(content).expect("JSON")["text"].as_str().expect("text").to_owned()
}

/// An address at which nobody listens.
fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("binds");
    format!("http://{}/", listener.local_addr().expect("bound"))
}

/// A name that no server needs to be asked about.
fn unresolvable() -> String {
    format!("http://{}.example/", "x".repeat(64))
}

const PRIVATE: [&str; 4] =
    ["http://10.0.0.1/", "http://169.254.169.254/latest", "http://192.168.1.1:8080/", "http://[fd00::1]/"];

#[tokio::test]
async fn an_address_is_taken_when_it_echoes_a_challenge() {
    let (_, builder) = clocked();
    let home = Home::with(builder).await;
    let mut letterbox = Letterbox::new().await;
    post_to(&home, &letterbox).await;
    let Letter { head, body } = letterbox.next().await;
    assert!(head.starts_with("POST /inbox?a=1 HTTP/1.1\r\n"), "{head}");
    assert!(!head.contains("X-Lark-"), "it is never signed: {head}");
    let challenge: Value = serde_json::from_str(&body).expect("JSON");
    let text = challenge["challenge"].as_str().expect("a text");
    assert_eq!(body, format!(r#"{{"challenge":"{text}","token":"v-token","type":"url_verification"}}"#));
    assert_eq!(app(&home).await["request_url"], letterbox.url);

    // Encrypted exactly if there is a key: with the one that counts from here on.
    letterbox.holds("a key");
    let change = json!({"encrypt_key": "a key", "request_url": letterbox.url, "callback_url": letterbox.url});
    assert_eq!(home.set(change).await.told(), "200 0 success");
    for _ in ["events", "callbacks"] {
        let letter = letterbox.next().await;
        assert!(letter.body.starts_with(r#"{"encrypt":""#), "{letter:?}");
        let plain = seal::open_body("a key", letter.body.as_bytes()).expect("it opens");
        let plain: Value = serde_json::from_slice(&plain).expect("JSON");
        assert_eq!((&plain["type"], &plain["token"]), (&json!("url_verification"), &json!("v-token")));
        assert_eq!(letter.header("X-Lark-Signature"), None);
    }
    let change = json!({"encrypt_key": "", "request_url": letterbox.url});
    assert_eq!(home.set(change).await.told(), "200 0 success");
    assert!(letterbox.next().await.body.starts_with(r#"{"challenge""#));

    // An address that is taken away, and settings without one, need no check.
    home.set(json!({"callback_url": "", "events": ["im.message.receive_v1"]})).await;
    assert!(letterbox.is_empty());
    assert_eq!(app(&home).await.get("callback_url"), None);
}

#[tokio::test]
async fn an_address_that_fails_the_check_is_refused_and_nothing_is_stored() {
    let (_, builder) = clocked();
    let home = Home::with(builder).await;
    let letterbox = Letterbox::new().await;
    let before = app(&home).await;
    let set = async |url: &str| {
        let change = json!({"request_url": url, "event_mode": "webhook", "encrypt_key": "k", "events": [], "scopes": []});
        home.set(change).await
    };
    let code = |answer: &Answer| (answer.status, answer.body["code"].as_i64().expect("a number"));
    // It cannot open what is encrypted with the new key, and so echoes nothing.
    assert_eq!(code(&set(&letterbox.url).await), (400, 200_672));
    letterbox.holds("k");
    let says = |status, body: &str| Some(Manner::Says(status, body.to_owned()));
    let cases = [
        (says(200, r#"{"challenge":"wrong"}"#), 200_672),
        (says(200, "{}"), 200_672),
        (says(200, "ok"), 200_672),
        (says(200, ""), 200_672),
        (says(500, "{}"), 200_671),
        (says(201, "{}"), 200_671),
        (Some(Manner::Redirects("http://10.0.0.1/".to_owned())), 200_671),
        (Some(Manner::Babbles), 200_342),
        (Some(Manner::HangsUp), 200_342),
        (Some(Manner::IsSilent), 200_341),
    ];
    for (manner, expected) in cases {
        letterbox.answers_challenges(manner.clone(), Duration::ZERO);
        assert_eq!(code(&set(&letterbox.url).await), (400, expected), "{manner:?}");
    }
    // The right echo, after more than a second.
    letterbox.answers_challenges(None, Duration::from_millis(1300));
    assert_eq!(code(&set(&letterbox.url).await), (400, 200_341));
    letterbox.answers_challenges(None, Duration::ZERO);
    for (url, expected) in [
        (closed(), 200_342),
        (unresolvable(), 200_343),
        ("ftp://127.0.0.1/".to_owned(), 200_340),
        ("inbox".to_owned(), 200_340),
    ] {
        assert_eq!(code(&set(&url).await), (400, expected), "{url}");
    }
    for url in PRIVATE {
        assert_eq!(code(&set(url).await), (400, 200_340), "{url}");
    }
    // One of two is enough to refuse both.
    let both = json!({"request_url": letterbox.url, "callback_url": closed(), "encrypt_key": "k"});
    assert_eq!(code(&home.set(both).await), (400, 200_342));
    assert_eq!(app(&home).await, before);
    assert_eq!(set(&letterbox.url).await.told(), "200 0 success");
}

#[tokio::test]
async fn a_body_is_what_javascript_would_have_written() {
    let (_, home, mut letterbox) = posted().await;
    let odd = json!({"b": "ä/\u{2028}\u{1}\"\\<", "2": 1.0, "1": 1e21, "n": -0.0, "t": 1e-7, "e": [[], {}, null, true]});
    let event_id = home.trigger(json!({"event_key": "键 /", "x": odd})).await;
    let letter = letterbox.next().await;
    let app = app(&home).await;
    let quoted = |text: &str| json!(text).to_string();
    let example: Value = serde_json::from_str(&letter.body).expect("JSON");
    let expected = format!(
        r#"{{"schema":"2.0","header":{{"event_id":"{event_id}","event_type":"application.bot.menu_v6","create_time":"1800000000000","token":"v-token","app_id":{},"tenant_key":{}}},"event":{{"operator":{},"event_key":"键 /","timestamp":{},"x":{{"1":1e+21,"2":1,"b":"ä/{}\u0001\"\\<","n":0,"t":1e-7,"e":[[],{{}},null,true]}}}}}}"#,
        quoted(&home.app_id),
        app["tenant_key"],
        example["event"]["operator"],
        example["event"]["timestamp"],
        '\u{2028}',
    );
    assert_eq!(letter.body, expected);
    // Without a key nothing is signed; names are spelled as the documents do.
    assert_eq!(letter.header("X-Lark-Signature"), None);
    assert_eq!(letter.header("Content-Type"), Some("application/json;charset=utf-8"));
    let names = letter.head.lines().skip(1).map(|line| line.split_once(':').expect("a header").0);
    for name in names {
        assert!(name.starts_with(char::is_uppercase), "{name}");
    }
    let shown = home.once(&event_id, "delivered").await;
    let attempt = &shown["attempts"][0];
    assert_eq!(
        (&attempt["outcome"], &attempt["status"], &attempt["target"]),
        (&json!("taken"), &json!(200), &json!(letterbox.url))
    );
}

#[tokio::test]
async fn with_a_key_a_body_is_encrypted_and_signed() {
    let (clock, home, mut letterbox) = posted().await;
    home.set(json!({"encrypt_key": "v3ct0r-encrypt-key"})).await;
    clock.advance(Duration::from_millis(1500));
    let mut seen = HashSet::new();
    for _ in 0..2 {
        let event_id = home.trigger(json!({"event_key": "键"})).await;
        let letter = letterbox.next().await;
        let header = |name| letter.header(name).unwrap_or_else(|| panic!("{name} in {}", letter.head));
        let (timestamp, nonce) = (header("X-Lark-Request-Timestamp"), header("X-Lark-Request-Nonce"));
        assert_eq!(timestamp, "1800000001");
        assert!(
            seen.insert(nonce.to_owned()) && seen.insert(letter.body.clone()),
            "nonce and IV are used once"
        );
        let signed = |body: &str| {
            signature::verify_event_signature(
                timestamp,
                nonce,
                "v3ct0r-encrypt-key",
                body.as_bytes(),
                header("X-Lark-Signature"),
            )
        };
        assert!(signed(&letter.body));
        assert!(!signed(&format!("{} ", letter.body)));
        // Nothing but the one field, and no blanks.
        let sealed: Value = serde_json::from_str(&letter.body).expect("JSON");
        assert_eq!(letter.body, format!(r#"{{"encrypt":{}}}"#, sealed["encrypt"]));
        let plain = seal::open_body("v3ct0r-encrypt-key", letter.body.as_bytes()).expect("it opens");
        let plain: Value = serde_json::from_slice(&plain).expect("JSON");
        assert_eq!(
            (&plain["header"]["event_id"], &plain["header"]["token"]),
            (&json!(event_id), &json!("v-token"))
        );
        assert_eq!(plain, home.once(&event_id, "delivered").await["body"]);
    }
}

#[tokio::test]
async fn whatever_goes_wrong_is_written_down_and_tried_again() {
    let (clock, home, mut letterbox) = posted().await;
    let elsewhere = Letterbox::new().await;
    let says = |status, body: &str| Manner::Says(status, body.to_owned());
    let long = "键".repeat(3000);
    let mut cases = vec![
        (
            says(500, r#"{"msg":"processor not found"}"#),
            "status",
            json!(500),
            Some(r#"{"msg":"processor not found"}"#),
        ),
        (says(201, ""), "status", json!(201), None),
        (says(404, &long), "status", json!(404), long.get(..4095)),
        (Manner::Redirects(elsewhere.url.clone()), "status", json!(302), None),
        (Manner::Redirects("http://10.0.0.1/".to_owned()), "status", json!(302), None),
        (Manner::Babbles, "broken", Value::Null, None),
        (Manner::HangsUp, "broken", Value::Null, None),
        (Manner::IsSilent, "late", Value::Null, None),
    ];
    let mut failed = Vec::new();
    for (manner, outcome, status, answer) in cases.drain(..) {
        letterbox.answers(manner);
        let event_id = home.trigger(json!({})).await;
        assert_eq!(letterbox.event().await["header"]["event_id"], event_id.as_str());
        failed.push((event_id, outcome, status, answer));
    }
    for (event_id, outcome, status, answer) in &failed {
        let shown = home.once(event_id, "waiting").await;
        let attempt = &shown["attempts"][0];
        assert_eq!(
            (&attempt["outcome"], &attempt["status"], &attempt["target"]),
            (&json!(outcome), status, &json!(letterbox.url))
        );
        if let Some(answer) = answer {
            assert_eq!(attempt["answer"], *answer);
        }
        let due: i64 = shown["next_attempt_time"].as_str().expect("a time").parse().expect("ms");
        assert_eq!((due, &shown["failed_attempts"]), (1_800_000_015_000, &json!(1)));
    }
    assert!(elsewhere.is_empty(), "redirects are not followed");
    // What the Node SDK says for want of a handler is as good as anything.
    letterbox.answers(says(200, r#""no X event handle""#));
    clock.advance(15 * SECOND);
    for (event_id, ..) in &failed {
        let shown = home.once(event_id, "delivered").await;
        assert_eq!(shown["attempts"].as_array().map(Vec::len), Some(2));
    }
}

#[tokio::test]
async fn addresses_that_lead_nowhere_are_tried_again_too() {
    let (clock, builder) = clocked();
    let mut seed = "[[tenants]]\nname = \"Garden\"\n".to_owned();
    let mut cases = vec![(closed(), "not_connected"), (unresolvable(), "not_resolved")];
    cases.extend(PRIVATE.map(|url| (url.to_owned(), "private_address")));
    for (number, (url, _)) in cases.iter().enumerate() {
        seed += &format!(
            "[[tenants.apps]]\nname = \"{number}\"\napp_id = \"cli_{number:016}\"\napp_secret = \"x\"\n[tenants.apps.subscription]\nevent_mode = \"webhook\"\nrequest_url = \"{url}\"\n"
        );
    }
    let platform = Arc::new(builder.seed(seed).start().await.expect("the platform starts"));
    let mut sent = Vec::new();
    for (number, (url, outcome)) in cases.iter().enumerate() {
        let home = Home::of(Arc::clone(&platform), &format!("cli_{number:016}"), "x").await;
        let event_id = home.trigger(json!({})).await;
        sent.push((home, event_id, url, outcome));
    }
    for (home, event_id, url, outcome) in &sent {
        let shown = home.once(event_id, "waiting").await;
        let attempt = &shown["attempts"][0];
        assert_eq!((&attempt["outcome"], &attempt["target"]), (&json!(outcome), &json!(url)));
        assert_ne!(attempt["answer"], Value::Null, "it says why");
    }
    clock.advance(15 * SECOND);
    for (home, event_id, ..) in &sent {
        let again = async || {
            let shown = home.delivery(event_id).await;
            (shown["failed_attempts"] == 2).then_some(shown)
        };
        let shown = until("it was tried again", again).await;
        assert_eq!(shown["attempts"][0]["outcome"], shown["attempts"][1]["outcome"]);
    }
}

#[tokio::test]
async fn a_slow_receiver_holds_up_its_own_lane_only() {
    let (_, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, shy) = (world.main(), world.app("shy"));
    let (mut slow, mut quick) = (Letterbox::new().await, Letterbox::new().await);
    for (home, letterbox) in [(main, &mut slow), (shy, &mut quick)] {
        post_to(home, letterbox).await;
        letterbox.next().await;
    }
    // Everything waits at the one: more than it is posted at once.
    slow.answers(Manner::IsSilent);
    let mut known = HashSet::new();
    for _ in 0..40 {
        main.trigger(json!({})).await;
    }
    for _ in 0..32 {
        assert!(known.insert(slow.event().await["header"]["event_id"].to_string()));
    }
    let event_id = shy.trigger(json!({})).await;
    assert_eq!(quick.event().await["header"]["event_id"], event_id.as_str());
    shy.once(&event_id, "delivered").await;
    assert!(slow.is_empty(), "no more than 32 at once");
    let all = main.deliveries().await;
    assert!(all.iter().all(|one| one["state"] == "ready"), "the slow one was not waited for");
}

#[tokio::test]
async fn in_a_lane_one_is_posted_after_the_other() {
    let (_, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let main = world.main();
    let mut letterbox = Letterbox::new().await;
    post_to(main, &letterbox).await;
    letterbox.next().await;
    letterbox.answers(Manner::IsSilent);
    let (one, other) = (world.group("open"), world.group("easy"));
    say(main, "Ada", one, "a").await;
    assert_eq!(text(&letterbox.event().await), "a");
    for number in 0..5 {
        say(main, "Ada", one, &number.to_string()).await;
    }
    letterbox.answers(Manner::Says(200, String::new()));
    for number in 0..5 {
        say(main, "Ada", other, &format!("other {number}")).await;
        assert_eq!(text(&letterbox.event().await), format!("other {number}"));
    }
    assert!(letterbox.is_empty(), "the first lane waits for an answer");
}

#[tokio::test]
async fn another_mode_counts_at_once() {
    let (_, builder) = clocked();
    let home = Home::with(builder.rate_limit(false)).await;
    let chat = home.chat_id();
    // Nobody is connected: what waits goes to the address as soon as there is one.
    say(&home, "Ada Okafor", chat, "waits").await;
    let mut letterbox = Letterbox::new().await;
    post_to(&home, &letterbox).await;
    letterbox.next().await;
    assert_eq!(text(&letterbox.event().await), "waits");
    // A client that is connected all the same hears nothing.
    let mut ear = home.ear().await;
    say(&home, "Ada Okafor", chat, "posted").await;
    assert_eq!(text(&letterbox.event().await), "posted");
    home.set(json!({"event_mode": "long_connection"})).await;
    say(&home, "Ada Okafor", chat, "connected").await;
    assert_eq!(ear.take().await.text(), "connected");
    // Back, and to another address.
    let mut other = Letterbox::new().await;
    post_to(&home, &other).await;
    other.next().await;
    say(&home, "Ada Okafor", chat, "elsewhere").await;
    assert_eq!(text(&other.event().await), "elsewhere");
    // Without an address nothing is tried; it waits.
    home.set(json!({"request_url": ""})).await;
    say(&home, "Ada Okafor", chat, "nowhere").await;
    assert_eq!(home.ledger().await[2], 1);
    home.set(json!({"event_mode": "long_connection"})).await;
    assert_eq!(ear.take().await.text(), "nowhere");
    until("all were taken", async || (home.ledger().await == [5, 5, 0, 0]).then_some(())).await;
    assert!(letterbox.is_empty() && other.is_empty());
}
