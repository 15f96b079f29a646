//! `larkspur listen` and `event replay --to`: events as webhooks.

use std::time::Instant;

use serde_json::{Value, json};

use crate::{Home, child::Running, receiver::Receiver};

const RECEIVE: &str = "im.message.receive_v1";

fn listening(home: &Home, arguments: &[&str]) -> std::process::Command {
    home.command(&[&["listen"], arguments].concat())
}

#[test]
fn events_are_passed_on_encrypted_and_signed() {
    let home = Home::new();
    let receiver = Receiver::start(|_| (200, "{}".to_owned()));
    let mut command = listening(&home, &["--forward-to", &receiver.url, "--events", RECEIVE]);
    command.env("LARKSPUR_ENCRYPT_KEY", "key").env("LARKSPUR_VERIFICATION_TOKEN", "token");
    let mut listen = Running::ready(command);
    let sent = home.data(&["act", "send", "--user", "Ada Okafor", "--text", "hello"]);
    let event = receiver.next().open("key");
    assert_eq!((&event["schema"], &event["header"]["token"]), (&json!("2.0"), &json!("token")));
    assert_eq!(event["event"]["message"]["message_id"], sent["message_id"]);
    let told = listen.hears("[event] 2");
    let id = event["header"]["event_id"].as_str().expect("an id");
    assert!(told.contains(&format!(" {RECEIVE} {id} -> 200 ")), "{told}");
    let shown = home.data(&["deliveries", "show", "--event-id", id]);
    assert_eq!(shown["state"], "delivered", "{shown}");
}

#[test]
fn the_status_decides_and_answers_go_back() {
    let home = Home::new();
    let receiver = Receiver::start(|posted| {
        let event = posted.plain();
        match event["header"]["event_type"].as_str() {
            Some("card.action.trigger") => (200, json!({"toast": {"content": "done"}}).to_string()),
            _ => (503, "busy".to_owned()),
        }
    });
    home.file("token.txt", b"token\n");
    let mut listen = Running::ready(listening(
        &home,
        &["--forward-to", &receiver.url, "--verification-token-file", "token.txt"],
    ));
    let answer = home.data(&["trigger", "card.action.trigger"])["answer"].clone();
    assert_eq!(answer, json!({"toast": {"content": "done"}}));
    assert_eq!(receiver.next().plain()["header"]["token"], "token");
    let id = home.data(&["trigger", RECEIVE])["event_id"].as_str().expect("an id").to_owned();
    let told = listen.hears("[event] 2");
    let told = if told.contains(&id) { told } else { listen.hears("[event] 2") };
    assert!(told.contains(&format!("{id} -> 503 ")), "{told}");
    // The line is written before the platform has the acknowledgement.
    let shown = loop {
        let shown = home.data(&["deliveries", "show", "--event-id", &id]);
        if shown["state"] != "ready" {
            break shown;
        }
    };
    assert_eq!((&shown["state"], &shown["failed_attempts"]), (&json!("waiting"), &json!(1)));
    assert_eq!(shown["attempts"][0]["status"], 500);
}

#[test]
fn keys_that_nobody_gave_are_made_and_told() {
    let home = Home::new();
    let receiver = Receiver::start(|_| (200, String::new()));
    let mut listen = Running::start(listening(&home, &["--forward-to", &receiver.url, "--quiet"]));
    let told = listen.hears("[event] set the receiver up with ");
    let words: Vec<_> = told.split(' ').filter_map(|word| word.split_once('=')).map(|(_, key)| key).collect();
    let id = home.data(&["trigger", RECEIVE])["event_id"].clone();
    let event = receiver.next().open(words[0]);
    assert_eq!((&event["header"]["event_id"], &event["header"]["token"]), (&id, &json!(words[1])));
    #[cfg(unix)]
    {
        listen.terminate();
        assert_eq!(listen.end().0, Some(0));
        assert_eq!(listen.told.len(), 1, "{:?}", listen.told);
    }
}

/// Lines of `event consume`.
fn recorded(home: &Home, texts: &[&str]) -> String {
    for text in texts {
        home.data(&["act", "send", "--user", "Ada Okafor", "--text", text]);
    }
    let most = texts.len().to_string();
    let ran = home.run(&["event", "consume", RECEIVE, "--max-events", &most, "--timeout", "30s"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn what_was_recorded_is_sent_again() {
    let home = Home::new();
    let recorded = recorded(&home, &["one", "two", "three"]);
    home.file("events.ndjson", recorded.as_bytes());
    home.file("key.txt", b"key\n");
    let receiver = Receiver::start(|_| (200, "{}".to_owned()));
    let began = Instant::now();
    let ran = home.run(&[
        "event",
        "replay",
        "events.ndjson",
        "--to",
        &receiver.url,
        "--encrypt-key-file",
        "key.txt",
        "--rate",
        "20/s",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(began.elapsed().as_millis() >= 100, "two pauses of 50 ms");
    for (line, told) in recorded.lines().zip(ran.stdout.lines()) {
        let was: Value = serde_json::from_str(line).expect("JSON");
        let told: Value = serde_json::from_str(told).expect("JSON");
        assert_eq!(receiver.next().open("key"), was, "it comes as it was, token included");
        assert_eq!((&told["event_id"], &told["status"]), (&was["header"]["event_id"], &json!(200)));
    }
    assert_eq!(ran.stdout.lines().count(), 3);

    let mut command = home.command(&["event", "replay", "-", "--to", &receiver.url]);
    command.env("LARKSPUR_VERIFICATION_TOKEN", "other");
    let ran = crate::fed(command, recorded.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(receiver.next().plain()["header"]["token"], "other");
}

#[test]
fn refusals_are_counted() {
    let home = Home::new();
    let recorded = recorded(&home, &["one", "two", "three"]);
    home.file("events.ndjson", recorded.as_bytes());
    let receiver = Receiver::start(|posted| {
        let event = posted.plain();
        let content = event["event"]["message"]["content"].as_str().unwrap_or_default();
        (if content.contains("two") { 500 } else { 200 }, "{}".to_owned())
    });
    let ran = home.run(&["event", "replay", "events.ndjson", "--to", &receiver.url]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (1, 3), "{}", ran.stderr);
    let error: Value = serde_json::from_str(&ran.stderr).expect("JSON");
    assert_eq!(error["error"]["message"], "1 of 3 event(s) were not taken");
    assert_eq!((&error["error"]["sent"], &error["error"]["refused"]), (&json!(3), &json!(1)));
    let nobody = home.run(&["event", "replay", "events.ndjson", "--to", "http://127.0.0.1:9/"]);
    assert_eq!(nobody.code, 4, "{}", nobody.stderr);
}
