//! The long connection, as a client meets it that does not always behave.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use http::Response;
use larkspur_domain::{Clock, ManualClock};
use larkspur_push::{Ack, Frame, Header, frame::header};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Home,
    behind::Stage,
    clocked,
    ear::{Ear, Heard, parameter},
    until,
    world::World,
};

const SOON: Duration = Duration::from_secs(15);

async fn garden() -> (Arc<ManualClock>, Home) {
    let (clock, builder) = clocked();
    (clock, Home::with(builder.rate_limit(false)).await)
}

/// Someone writes to the group.
async fn say(home: &Home, text: &str) {
    home.act("send", json!({"user": "Ada Okafor", "chat_id": home.chat_id(), "text": text})).await;
}

/// Cuts a connection, or all.
async fn kick(home: &Home, device_id: Option<&str>) -> i64 {
    let query = device_id.map(|id| format!("?device_id={id}")).unwrap_or_default();
    let path = format!("apps/{}/connections{query}", home.app_id);
    home.own(Method::DELETE, &path, Value::Null).await.body["data"]["count"].as_i64().expect("a number")
}

/// What became of the attempts to send an event.
fn outcomes(delivery: &Value) -> Vec<&str> {
    let attempts = delivery["attempts"].as_array().expect("a list");
    attempts.iter().map(|one| one["outcome"].as_str().expect("a word")).collect()
}

fn refusal(response: &Response<Option<Vec<u8>>>) -> (u16, [&str; 3]) {
    let header =
        |name| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let names = ["handshake-status", "handshake-autherrcode", "handshake-msg"];
    (response.status().as_u16(), names.map(header))
}

#[tokio::test]
async fn discovery_gives_an_address_or_says_why_not() {
    let world = World::new().await;
    let main = world.main();
    let answer = main.discover(&json!({"AppID": main.app_id, "AppSecret": "main"})).await;
    assert_eq!((answer.status, &answer.body["code"], &answer.body["msg"]), (200, &json!(0), &json!("")));
    let config =
        json!({"ReconnectCount": -1, "ReconnectInterval": 2, "ReconnectNonce": 1, "PingInterval": 30});
    assert_eq!(answer.body["data"]["ClientConfig"], config);
    let url = answer.body["data"]["URL"].as_str().expect("an address");
    let host = main.platform.base_url().trim_start_matches("http://");
    assert!(url.starts_with(&format!("ws://{host}/ws/v2?")), "{url}");
    assert!(parameter(url, "service_id").parse::<i32>().is_ok(), "{url}");
    // The Node SDK does not find the first parameter.
    assert!(!url.contains("?service_id") && !url.contains("?device_id"), "{url}");
    let other = main.ticket().await;
    for name in ["device_id", "ticket", "access_key"] {
        assert_ne!(parameter(url, name), parameter(&other, name));
    }

    // The Go SDK sends no Content-Type, Python puts blanks in; whoever comes through a proxy is led back through it.
    let path = format!("{}/callback/ws/endpoint", main.platform.base_url());
    let text = r#"{ "AppID" : "cli_00000000000000a1", "AppSecret" : "main" }"#;
    let request = reqwest::Client::new().post(path).header("host", "bots.example:8080").body(text);
    let answer = main.send(request).await;
    let url = answer.body["data"]["URL"].as_str().expect("an address");
    assert!(url.starts_with("ws://bots.example:8080/ws/v2?"), "{url}");

    let off = "cli_00000000000000a5";
    for body in [
        json!({"AppID": main.app_id, "AppSecret": "wrong"}),
        json!({"AppID": "cli_ffffffffffffffff", "AppSecret": "main"}),
        json!({"AppID": off, "AppSecret": "off"}),
        json!({"AppID": main.app_id, "AppSecret": ""}),
        json!({"AppID": main.app_id, "AppSecret": "", "ClientAssertion": "eyJ"}),
        json!({"AppID": "", "AppSecret": "main"}),
        json!({}),
        json!("main"),
    ] {
        let answer = main.discover(&body).await;
        // Over anything but an object the Node SDK misses the code and tries for ever.
        let told = (answer.status, &answer.body["code"], &answer.body["data"]);
        assert_eq!(told, (200, &json!(1_000_040_344), &json!({})), "{body}");
        assert_ne!(answer.body["msg"], "", "{body}");
    }
}

#[tokio::test]
async fn an_app_has_at_most_fifty_connections() {
    crate::shows(&["event.longconn.max_connections"]);
    let world = World::new().await;
    let main = world.main();
    let early = main.ticket().await;
    let mut ears = Vec::new();
    for _ in 0..50 {
        ears.push(main.ear().await);
    }
    let credential = json!({"AppID": main.app_id, "AppSecret": main.app_secret});
    let refused = main.discover(&credential).await;
    assert_eq!((refused.status, &refused.body["code"]), (200, &json!(1_000_040_350)));
    assert_eq!(refused.body["data"], json!({}));
    let refused = Ear::open(&early).await.err().expect("one too many");
    let why = "the number of connections exceeded the limit";
    assert_eq!(refusal(&refused), (403, ["514", "1000040350", why]));
    // Each app has its own.
    world.app("shy").ear().await;
    drop(ears.pop());
    until("one has gone", async || (main.connections().await.len() == 49).then_some(())).await;
    main.ear().await;
}

#[tokio::test]
async fn a_ticket_opens_one_connection_and_ends_after_five_minutes() {
    let (clock, home) = garden().await;
    let invalid = (403, ["514", "1000040344", "the ticket is invalid"]);
    let url = home.ticket().await;
    let ear = Ear::open(&url).await.expect("a connection");
    assert_eq!(home.connections().await, [ear.device_id.as_str()]);
    assert_eq!(ear.device_id, parameter(&url, "device_id"));
    assert_eq!(refusal(&Ear::open(&url).await.err().expect("it was used")), invalid);
    let none = url.split_once("&ticket=").expect("a ticket").0;
    assert_eq!(refusal(&Ear::open(none).await.err().expect("there is none")), invalid);

    let (one, other) = (home.ticket().await, home.ticket().await);
    clock.advance(Duration::from_millis(5 * 60 * 1000 - 1));
    Ear::open(&one).await.expect("just in time");
    clock.advance(Duration::from_millis(1));
    assert_eq!(refusal(&Ear::open(&other).await.err().expect("it ended")), invalid);
}

#[tokio::test]
async fn a_ping_is_answered_with_all_settings() {
    let (_, home) = garden().await;
    let mut ear = home.ear().await;
    let ping = "0800100018f681801020002a0c0a0474797065120470696e67";
    // As Python and Node send it, and as Go does. Text in between is no reason to hang up.
    for hex in [ping.to_owned(), format!("{ping}32003a004a00")] {
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
        ear.send((0..hex.len()).step_by(2).map(byte).collect::<Vec<u8>>()).await;
        let pong = ear.frame().await.expect("a pong");
        assert_eq!((pong.method, pong.header(header::TYPE)), (0, Some("pong")));
        assert_eq!((pong.service, pong.seq_id, pong.log_id), (33_554_678, 0, 0));
        let config: Value = serde_json::from_slice(&pong.payload.expect("a payload")).expect("JSON");
        let numbers =
            json!({"ReconnectCount": -1, "ReconnectInterval": 2, "ReconnectNonce": 1, "PingInterval": 30});
        assert_eq!(config, numbers);
        ear.write("hello").await;
    }
}

#[tokio::test]
async fn acks_are_understood_in_every_form() {
    let (_, home) = garden().await;
    let mut ear = home.ear().await;
    let target = ear.device_id.clone();
    let cases = [
        (r#"{"code":200}"#, "delivered", "taken", json!(200)),
        (r#"{"code": 200, "headers": null, "data": null}"#, "delivered", "taken", json!(200)),
        (
            r#"{"code":200,"headers":{},"data":"Im5vIG1lbnUgZXZlbnQgaGFuZGxlIg=="}"#,
            "delivered",
            "taken",
            json!(200),
        ),
        (r#"{"code":200,"data":[123,125],"new":1}"#, "delivered", "taken", json!(200)),
        (r#"{"code":500}"#, "waiting", "status", json!(500)),
        (r#"{"code":0}"#, "waiting", "status", json!(0)),
        (r#"{"code":"200"}"#, "waiting", "malformed", Value::Null),
        (r#"{"code":200,"data":"%"}"#, "waiting", "malformed", Value::Null),
        ("taken", "waiting", "malformed", Value::Null),
        ("", "waiting", "malformed", Value::Null),
    ];
    for (payload, state, outcome, status) in cases {
        let event_id = home.trigger(json!({})).await;
        let heard = ear.next().await;
        assert_eq!(heard.event_id(), event_id);
        let payload = bytes::Bytes::copy_from_slice(payload.as_bytes());
        let answer = Frame { payload: Some(payload.clone()), ..heard.frame.clone() };
        ear.send(answer.encode()).await;
        let shown = home.once(&event_id, state).await;
        let [attempt] = shown["attempts"].as_array().expect("a list").as_slice() else { panic!("{shown}") };
        let told = (&attempt["outcome"], &attempt["status"], &attempt["target"]);
        assert_eq!(told, (&json!(outcome), &status, &json!(target)), "{payload:?}");
    }
    // Go writes empty texts and rounds nothing, Node rounds: only the name of the message counts.
    let event_id = home.trigger(json!({})).await;
    let heard = ear.next().await;
    let mut answer = heard.frame.ack(&Ack::ok(), 1);
    answer.headers.push(Header::new("biz_rt", "-3"));
    (answer.seq_id, answer.log_id, answer.service) = (7, 7_300_000_000_000_000_000, 0);
    (answer.payload_encoding, answer.payload_type, answer.log_id_new) =
        (Some(String::new()), Some(String::new()), Some(String::new()));
    ear.send(answer.encode()).await;
    home.once(&event_id, "delivered").await;
}

#[tokio::test]
async fn an_ack_counts_once_in_time_and_over_its_own_connection() {
    let (clock, home) = garden().await;
    let mut one = home.ear().await;
    let event_id = home.trigger(json!({})).await;
    let heard = one.next().await;
    let mut other = home.ear().await;
    other.ack(&heard).await;
    other.settled().await;
    let shown = home.delivery(&event_id).await;
    assert_eq!((&shown["state"], outcomes(&shown)), (&json!("ready"), vec![]));
    one.ack(&heard).await;
    one.refuse(&heard).await;
    one.ack(&heard).await;
    one.settled().await;
    assert_eq!(outcomes(&home.once(&event_id, "delivered").await), ["taken"]);
    assert_eq!(home.ledger().await, [1, 1, 0, 0]);
    kick(&home, Some(&other.device_id)).await;
    other.ended().await;

    // Three seconds of real time: the platform does not wait by the clock that is moved here.
    let event_id = home.trigger(json!({})).await;
    let late = one.next().await;
    let shown = home.once(&event_id, "waiting").await;
    assert_eq!(outcomes(&shown), ["late"]);
    assert!(
        shown["attempts"][0]["took"].as_i64().is_some_and(|took| (3000..6000).contains(&took)),
        "{shown}"
    );
    one.ack(&late).await;
    one.settled().await;
    assert_eq!(home.delivery(&event_id).await["state"], "waiting");
    clock.advance(SOON);
    let again = one.next().await;
    assert_eq!((again.event_id(), &again.body), (event_id.clone(), &late.body));
    assert_ne!(again.message_id(), late.message_id());
    one.ack(&late).await;
    one.settled().await;
    assert_eq!(home.delivery(&event_id).await["state"], "ready");
    one.ack(&again).await;
    assert_eq!(outcomes(&home.once(&event_id, "delivered").await), ["late", "taken"]);
}

#[tokio::test]
async fn a_client_that_never_answers_keeps_nothing_from_the_others() {
    let (clock, home) = garden().await;
    let deaf = home.ear().await;
    let mut lost = Vec::new();
    for _ in 0..20 {
        lost.push(home.trigger(json!({})).await);
    }
    let mut ear = home.ear().await;
    for event_id in &lost {
        let shown = home.once(event_id, "waiting").await;
        assert_eq!(
            (outcomes(&shown), &shown["attempts"][0]["target"]),
            (vec!["late"], &json!(deaf.device_id))
        );
    }
    // From now on nothing goes there that can go elsewhere, be it new or tried before.
    let mut new = Vec::new();
    for _ in 0..20 {
        new.push(home.trigger(json!({})).await);
    }
    ear.take_all(&new).await;
    clock.advance(SOON);
    ear.take_all(&lost).await;
    for event_id in &lost {
        assert_eq!(outcomes(&home.once(event_id, "delivered").await), ["late", "taken"]);
    }
    // Whoever answers at last is asked again.
    kick(&home, Some(&ear.device_id)).await;
    let event_id = home.trigger(json!({})).await;
    let mut deaf = deaf;
    while deaf.take().await.event_id() != event_id {}
    home.once(&event_id, "delivered").await;
}

#[tokio::test]
async fn a_bad_frame_ends_the_connection_and_the_event_goes_elsewhere() {
    let (_, home) = garden().await;
    let large = vec![0; (1 << 20) + 1];
    for bad in [&b"not a frame"[..], &[0xff; 8], &large] {
        let mut one = home.ear().await;
        let event_id = home.trigger(json!({})).await;
        let first = one.next().await;
        let mut other = home.ear().await;
        one.send(bad.to_vec()).await;
        one.ended().await;
        let second = other.take().await;
        assert_eq!((second.event_id(), &second.body), (event_id.clone(), &first.body));
        assert_ne!(second.message_id(), first.message_id());
        assert_eq!(outcomes(&home.once(&event_id, "delivered").await), ["broken", "taken"]);
        kick(&home, None).await;
        other.ended().await;
    }
    // A frame that means nothing here is passed over.
    let mut ear = home.ear().await;
    ear.send(Frame { method: 7, ..Frame::default() }.encode()).await;
    ear.send(Frame { method: 1, ..Frame::default() }.encode()).await;
    ear.settled().await;
}

#[tokio::test]
async fn what_is_under_way_when_a_connection_is_cut_goes_out_again_in_order() {
    let (_, home) = garden().await;
    let mut one = home.ear().await;
    let mut first = Vec::new();
    for text in ["a", "b", "c"] {
        say(&home, text).await;
        first.push(one.next().await);
    }
    let mut other = home.ear().await;
    assert_eq!(kick(&home, Some("7")).await, 0);
    assert_eq!(kick(&home, Some(&one.device_id)).await, 1);
    for before in &first {
        let again = other.take().await;
        assert_eq!((again.event_id(), &again.body), (before.event_id(), &before.body));
        assert_ne!(again.message_id(), before.message_id());
        let shown = home.once(&again.event_id(), "delivered").await;
        assert_eq!(outcomes(&shown), ["broken", "taken"]);
        assert_eq!(shown["failed_attempts"], 0, "nobody refused it");
        let targets = [&shown["attempts"][0]["target"], &shown["attempts"][1]["target"]];
        assert_eq!(targets, [&json!(one.device_id), &json!(other.device_id)]);
    }
    one.ended().await;
    assert_eq!(home.ledger().await, [3, 3, 0, 0]);
}

#[tokio::test]
async fn what_was_under_way_behind_an_event_that_failed_waits_with_it() {
    let (clock, home) = garden().await;
    let mut one = home.ear().await;
    say(&home, "a").await;
    say(&home, "b").await;
    let (first, second) = (one.next().await, one.next().await);
    one.refuse(&first).await;
    home.once(&first.event_id(), "waiting").await;
    let mut other = home.ear().await;
    kick(&home, Some(&one.device_id)).await;
    let shown = home.once(&second.event_id(), "waiting").await;
    assert_eq!((outcomes(&shown), &shown["failed_attempts"]), (vec!["broken"], &json!(0)));
    other.settled().await;
    clock.advance(SOON);
    for before in [&first, &second] {
        assert_eq!(other.take().await.event_id(), before.event_id());
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_at_once() {
    let (_, home) = garden().await;
    let mut stuck = Ear::open_narrow(&home.ticket().await).await;
    // More than the sockets between both hold, so that the platform is in the midst of writing.
    let filling = "x".repeat(900_000);
    let mut sent = Vec::new();
    for _ in 0..10 {
        sent.push(home.trigger(json!({"event_key": filling})).await);
    }
    assert_eq!(kick(&home, None).await, 1);
    home.ear().await.take_all(&sent).await;
    // Whatever had gone out is still there to read, and then the end.
    let mut left = 0;
    while stuck.frame().await.is_some() {
        left += 1;
    }
    assert!(left < sent.len(), "it was not cut, but went on writing");
}

#[tokio::test]
async fn the_messages_of_a_chat_stay_in_order_when_connections_come_and_go() {
    let (_, home) = garden().await;
    for number in 0..40 {
        say(&home, &number.to_string()).await;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut taken = 0;
    while taken < 40 {
        let mut ear = home.ear().await;
        let mut batch = Vec::new();
        for _ in 0..(40 - taken).min(10) {
            batch.push(ear.next().await);
        }
        for heard in &batch {
            if !seen.contains(&heard.text()) {
                seen.push(heard.text());
            }
        }
        // Some are taken, the others are under way when the connection is lost.
        for heard in batch.iter().take(7) {
            ear.ack(heard).await;
        }
        ear.leftovers().await;
        taken += batch.len().min(7);
        kick(&home, None).await;
        ear.ended().await;
    }
    let expected: Vec<_> = (0..40).map(|number| number.to_string()).collect();
    assert_eq!(seen, expected);
    assert_eq!(home.ledger().await, [40, 40, 0, 0]);
}

#[tokio::test]
async fn each_event_goes_over_one_of_the_connections() {
    let (_, home) = garden().await;
    let mut ears = vec![home.ear().await, home.ear().await, home.ear().await];
    assert_eq!(home.connections().await.len(), 3);
    let mut sent = Vec::new();
    for _ in 0..60 {
        sent.push(home.trigger(json!({})).await);
    }
    let mut heard: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for _ in 0..60 {
        let [one, two, three] = ears.as_mut_slice() else { panic!("three") };
        let (device_id, event) = tokio::select! {
            event = one.next() => (one.device_id.clone(), event),
            event = two.next() => (two.device_id.clone(), event),
            event = three.next() => (three.device_id.clone(), event),
        };
        let ear = ears.iter_mut().find(|ear| ear.device_id == device_id).expect("one of them");
        ear.ack(&event).await;
        heard.entry(device_id).or_default().push(event.event_id());
    }
    assert_eq!(heard.len(), 3, "chosen at random: {heard:?}");
    let mut all: Vec<_> = heard.into_values().flatten().collect();
    all.sort_unstable();
    sent.sort_unstable();
    assert_eq!(all, sent, "none twice");
    until("all were taken", async || (home.ledger().await == [60, 60, 0, 0]).then_some(())).await;
    // And nothing more came.
    for ear in &mut ears {
        ear.settled().await;
    }
}

#[tokio::test]
async fn events_wait_for_a_connection_as_long_as_it_takes() {
    let (clock, home) = garden().await;
    for text in ["a", "b"] {
        say(&home, text).await;
    }
    clock.advance(Duration::from_secs(30 * 24 * 60 * 60));
    say(&home, "c").await;
    assert_eq!(home.ledger().await, [3, 0, 3, 0]);
    for delivery in home.deliveries().await {
        let shown = home.delivery(delivery["event_id"].as_str().expect("an id")).await;
        assert_eq!((&shown["state"], outcomes(&shown)), (&json!("ready"), vec![]), "nothing was tried");
    }
    let mut ear = home.ear().await;
    for text in ["a", "b", "c"] {
        assert_eq!(ear.take().await.text(), text);
    }
    until("all were taken", async || (home.ledger().await == [3, 3, 0, 0]).then_some(())).await;
}

#[tokio::test]
async fn an_event_that_is_too_large_for_a_frame_comes_in_parts() {
    let (_, home) = garden().await;
    let mut ear = home.ear().await;
    let large = "大".repeat(344_500);
    let event_id = home.trigger(json!({"event_key": large})).await;
    let (first, last) = (ear.frame().await.expect("a part"), ear.frame().await.expect("a part"));
    let headers = |frame: &Frame| {
        let header = |key| frame.header(key).unwrap_or_default().to_owned();
        [header(header::SUM), header(header::SEQ), header(header::MESSAGE_ID)]
    };
    let message_id = first.header(header::MESSAGE_ID).expect("a name");
    assert_eq!(headers(&first), ["2", "0", message_id]);
    assert_eq!(headers(&last), ["2", "1", message_id]);
    let mut joiner = larkspur_push::Joiner::default();
    assert!(joiner.take(first, 0).expect("a part").is_none());
    let whole = joiner.take(last, 0).expect("a part").expect("all of it");
    let body: Value = serde_json::from_slice(&whole.payload).expect("JSON");
    assert_eq!(body["event"]["event_key"], large);
    let heard = Heard { frame: whole.last, body };
    assert_eq!(heard.event_id(), event_id);
    ear.ack(&heard).await;
    assert_eq!(outcomes(&home.once(&event_id, "delivered").await), ["taken"]);
}

#[tokio::test]
async fn what_was_answered_before_the_platform_stops_is_not_sent_again() {
    let (stage, world) = Stage::new().await;
    let (app_id, open) = (world.main().app_id.clone(), world.group("open").to_owned());
    world.main().act("send", json!({"user": "Ada", "chat_id": open, "text": "first"})).await;
    world.stop().await;
    stage.flood(&app_id, 120).await;
    let main = stage.start(&app_id, "main").await;
    let mut ear = main.ear().await;
    for _ in 0..121 {
        ear.take().await;
    }
    ear.settled().await;
    main.stop().await;
    ear.ended().await;
    let main = stage.start(&app_id, "main").await;
    assert_eq!(main.ledger().await, [121, 121, 0, 0]);
    main.stop().await;
}

/// Moves the clock to where an event is due again, and takes it back once it came.
async fn fail(home: &Home, clock: &ManualClock, ear: &mut Ear, event_id: &str) {
    for wait in [15, 5 * 60, 60 * 60, 6 * 60 * 60] {
        let heard = ear.next().await;
        assert_eq!(heard.event_id(), event_id);
        ear.refuse(&heard).await;
        home.once(event_id, "waiting").await;
        clock.advance(Duration::from_secs(wait));
    }
    let heard = ear.next().await;
    ear.refuse(&heard).await;
    home.once(event_id, "expired").await;
}

#[tokio::test]
async fn nothing_is_lost_and_nothing_that_was_taken_comes_again_after_a_restart() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let credential = (main.app_id.clone(), main.app_secret.clone());
    let chat = world.group("open").to_owned();
    let say = async |home: &Home, text: &str| {
        home.act("send", json!({"user": "Ada", "chat_id": chat, "text": text})).await;
    };
    let mut ear = main.ear().await;
    let expired = main.trigger(json!({})).await;
    fail(main, &stage.clock, &mut ear, &expired).await;
    let delivered = main.trigger(json!({})).await;
    ear.take().await;
    main.once(&delivered, "delivered").await;
    say(main, "refused").await;
    let refused = ear.next().await;
    ear.refuse(&refused).await;
    main.once(&refused.event_id(), "waiting").await;
    say(main, "behind it").await;
    let flying = main.trigger(json!({})).await;
    assert_eq!(ear.next().await.event_id(), flying);
    let behind = until("it waits too", async || {
        let deliveries = main.deliveries().await;
        let behind = deliveries.iter().find(|one| {
            one["event_type"] == "im.message.receive_v1" && one["event_id"] != refused.event_id()
        });
        behind
            .filter(|one| one["state"] == "waiting")
            .map(|one| one["event_id"].as_str().expect("an id").to_owned())
    })
    .await;

    // Once as after a crash, once stopped in peace with one more that nobody was there to hear.
    let crashed = stage.crashed();
    let now = stage.clock.now();
    drop(ear);
    until("nobody listens", async || main.connections().await.is_empty().then_some(())).await;
    let ready = main.trigger(json!({})).await;
    world.stop().await;
    for (stage, known) in [(crashed, vec![flying.clone()]), (stage.at(now), vec![flying, ready])] {
        let home = stage.start(&credential.0, &credential.1).await;
        let count = i64::try_from(known.len()).expect("few");
        assert_eq!(home.ledger().await, [4 + count, 1, 2 + count, 1]);
        let mut ear = home.ear().await;
        ear.take_all(&known).await;
        for event_id in &known {
            home.once(event_id, "delivered").await;
        }
        // The lane is still blocked.
        say(&home, "after the restart").await;
        ear.settled().await;
        assert_eq!(home.ledger().await, [5 + count, 1 + count, 3, 1]);
        stage.clock.advance(SOON);
        let again = ear.take().await;
        assert_eq!((again.event_id(), again.body), (refused.event_id(), refused.body.clone()));
        assert_eq!(ear.take().await.event_id(), behind);
        assert_eq!(ear.take().await.text(), "after the restart");
        until("all were taken", async || (home.ledger().await == [5 + count, 4 + count, 0, 1]).then_some(()))
            .await;
        ear.settled().await;
        home.stop().await;
    }
}
