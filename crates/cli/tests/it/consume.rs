//! `larkspur event consume`: what comes in, and what becomes of it.

use std::{collections::HashSet, path::Path};

use serde_json::{Value, json};

use crate::{Home, child::Running, larkspur, ran};

pub(crate) const RECEIVE: &str = "im.message.receive_v1";

/// Lets a user write to the bot alone.
pub(crate) fn say(home: &Home, text: &str) -> Value {
    home.data(&["act", "send", "--user", "Ada Okafor", "--text", text])
}

/// A run of `event consume` that ends by itself.
pub(crate) fn consumed(home: &Home, arguments: &[&str]) -> crate::Ran {
    let ran = home.run(&[&["event", "consume"], arguments].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

pub(crate) fn consuming(home: &Home, arguments: &[&str]) -> Running {
    Running::ready(home.command(&[&["event", "consume"], arguments].concat()))
}

/// What a message says.
pub(crate) fn said(event: &Value) -> String {
    let content = event["event"]["message"]["content"].as_str().expect("content");
    let content: Value = serde_json::from_str(content).expect("JSON");
    content["text"].as_str().expect("a text").to_owned()
}

#[test]
fn what_a_user_writes_comes_out() {
    let home = Home::new();
    let mut consume = consuming(&home, &[RECEIVE]);
    let sent = say(&home, "hello");
    let event = consume.event();
    assert_eq!((&event["schema"], &event["header"]["event_type"]), (&json!("2.0"), &json!(RECEIVE)));
    assert_eq!(event["event"]["message"]["message_id"], sent["message_id"]);
    assert_eq!(said(&event), "hello");
    assert_eq!(consume.told, ["[event] ready event_key=im.message.receive_v1"]);
}

#[test]
fn it_ends_after_so_many_and_leaves_the_others_to_the_next() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    let all: Vec<_> = (0..5).map(|number| say(&home, &number.to_string())).collect();
    let first = consumed(&home, &[RECEIVE, "--max-events", "2", "--timeout", "30s"]);
    let rest = consumed(&home, &[RECEIVE, "--max-events", "3", "--timeout", "30s"]);
    let texts = |ran: &crate::Ran| -> Vec<String> {
        ran.stdout.lines().map(|line| said(&serde_json::from_str(line).expect("JSON"))).collect()
    };
    assert_eq!(
        (texts(&first), texts(&rest)),
        (vec!["0".to_owned(), "1".to_owned()], vec!["2".to_owned(), "3".to_owned(), "4".to_owned()])
    );
    assert_eq!(all.len(), 5);
    let last = first.stderr.lines().last().expect("a line");
    assert!(
        last.starts_with("[event] exited — received 2 event(s) in ") && last.ends_with("(reason: limit)"),
        "{last}"
    );
}

#[test]
fn it_ends_in_time_by_signal_and_with_its_parent() {
    let home = Home::new();
    let timeout = consumed(&home, &[RECEIVE, "--timeout", "300ms"]);
    assert!(timeout.stderr.ends_with("(reason: timeout)\n"), "{}", timeout.stderr);
    assert_eq!(timeout.stdout, "");

    let mut parent = consuming(&home, &[RECEIVE]);
    say(&home, "before");
    assert_eq!(said(&parent.event()), "before");
    parent.close_stdin();
    assert_eq!(parent.end(), (Some(0), Vec::new()));
    assert!(parent.last_word().ends_with("(reason: stdin)"), "{:?}", parent.told);

    // With a bound of its own the end of stdin means nothing.
    let mut bounded = consuming(&home, &[RECEIVE, "--max-events", "1"]);
    bounded.close_stdin();
    say(&home, "after");
    assert_eq!(said(&bounded.event()), "after");
    assert_eq!(bounded.end().0, Some(0));

    #[cfg(unix)]
    {
        let mut signal = consuming(&home, &[RECEIVE]);
        signal.terminate();
        assert_eq!(signal.end(), (Some(0), Vec::new()));
        assert!(signal.last_word().contains("received 0 event(s)"), "{:?}", signal.told);
        assert!(signal.last_word().ends_with("(reason: signal)"), "{:?}", signal.told);
    }

    // /dev/null is at its end from the beginning, and the hint says what to do.
    let nothing = consumed(&home, &[RECEIVE]);
    assert!(
        nothing.stderr.contains("stdin is closed: pass --timeout")
            && nothing.stderr.ends_with("(reason: stdin)\n"),
        "{}",
        nothing.stderr
    );
}

#[test]
fn filters_hold_while_it_runs() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    let group = home.chat_id().to_owned();
    let in_group = |text: &str, at: &[&str]| {
        home.data(
            &[&["act", "send", "--user", "Ada Okafor", "--chat-id", &group, "--text", text], at].concat(),
        );
    };
    let arguments =
        [RECEIVE, "--mention", "--compact", "--jq", ".content | select(. != \"@Larkspur Bot no\")"];
    let mut consume = consuming(&home, &arguments);
    say(&home, "alone");
    in_group("to all", &[]);
    in_group("no", &["--at", "Larkspur Bot"]);
    in_group("yes", &["--at", "Larkspur Bot"]);
    assert_eq!(consume.line(), "@Larkspur Bot yes");
    consume.close_stdin();
    assert_eq!(consume.end(), (Some(0), Vec::new()));
    assert!(consume.last_word().contains("received 1 event(s)"), "{:?}", consume.told);
    // What was left out was acknowledged all the same.
    let ledger = home.data(&["deliveries", "list"])["ledger"].clone();
    assert_eq!(ledger["created"], ledger["delivered"], "{ledger}");
}

#[test]
fn several_events_come_in_one_run() {
    let home = Home::new();
    let mut consume = consuming(&home, &["im.message.re*", "im.chat.member.user.added_v1", "--compact"]);
    let sent = say(&home, "hello");
    let id = sent["message_id"].as_str().expect("an id");
    assert_eq!(consume.event()["type"], RECEIVE);
    home.data(&["act", "react", "--user", "Ada Okafor", "--message-id", id, "--emoji-type", "SMILE"]);
    let reaction = consume.event();
    let ada = &home.platform.workspace().users[2].open_id;
    assert_eq!(
        (&reaction["type"], &reaction["action"], &reaction["emoji_type"], &reaction["operator_id"]),
        (&json!("im.message.reaction.created_v1"), &json!("added"), &json!("SMILE"), &json!(ada))
    );
    home.data(&["act", "recall", "--user", "Ada Okafor", "--message-id", id]);
    assert_eq!(consume.event()["type"], "im.message.recalled_v1");
    assert!(
        consume.told[0].ends_with("event_key=im.message.re*,im.chat.member.user.added_v1"),
        "{:?}",
        consume.told
    );
}

#[test]
fn a_callback_that_is_asked_for_is_answered_and_another_fails() {
    let home = Home::new();
    let mut consume = consuming(&home, &["card.action.trigger", "--compact"]);
    let answered = home.data(&["trigger", "card.action.trigger", "--set", "action.value={\"n\":1}"]);
    assert_eq!(answered["answer"], json!({}));
    let event = consume.event();
    assert_eq!(
        (&event["action_value"], &event["action_tag"]),
        (&json!({"key": "value", "n": 1}), &json!("button"))
    );
    let failed = home.run(&["trigger", "url.preview.get"]);
    assert_eq!(failed.error()["code"], 200_671);
}

#[cfg(unix)]
#[test]
fn each_event_has_a_file_of_its_own() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let mode = |path: &Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
    say(&home, "hello");
    let ran =
        consumed(&home, &[RECEIVE, "--max-events", "1", "--timeout", "30s", "--output-dir", "out/events"]);
    assert_eq!(ran.stdout, "");
    let folder = home.folder.path().join("out/events");
    let files: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!((mode(&folder), mode(&files[0])), (0o700, 0o600));
    let event: Value = serde_json::from_slice(&std::fs::read(&files[0]).expect("a file")).expect("JSON");
    let header = |name: &str| event["header"][name].as_str().expect("a text").to_owned();
    let name = format!("{RECEIVE}_{}_{}.json", header("event_id"), header("create_time"));
    assert_eq!(files[0].file_name().and_then(|name| name.to_str()), Some(name.as_str()));
    assert_eq!(said(&event), "hello");
}

#[test]
fn a_wrong_secret_is_3_and_a_platform_that_is_not_there_4() {
    let home = Home::new();
    let mut wrong = home.command(&["event", "consume", RECEIVE]);
    wrong.env("LARKSPUR_APP_SECRET", "wrong");
    let wrong = ran(wrong);
    assert_eq!(wrong.code, 3, "{}", wrong.stderr);
    assert_eq!(
        (&wrong.error()["type"], &wrong.error()["code"]),
        (&json!("authentication"), &json!(1_000_040_344))
    );
    let missing = home.run(&["event", "consume", RECEIVE, "--quiet", "--base-url", "http://127.0.0.1:9"]);
    assert_eq!(missing.code, 4, "{}", missing.stderr);
    assert_eq!(missing.error()["type"], "network");
    let bare = {
        let mut command = larkspur(home.folder.path());
        command.args(["event", "consume", RECEIVE]);
        ran(command)
    };
    assert_eq!((bare.code, &bare.error()["type"]), (3, &json!("authentication")));
}

#[test]
fn a_connection_that_is_cut_loses_and_doubles_nothing() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    let mut consume = consuming(&home, &[RECEIVE, "--jq", ".event.message.message_id"]);
    let mut sent = Vec::new();
    for round in 0..3 {
        for number in 0..5 {
            sent.push(
                say(&home, &format!("{round} {number}"))["message_id"].as_str().expect("an id").to_owned(),
            );
        }
        assert_eq!(home.data(&["platform", "connection", "delete"])["count"], 1);
        consume.hears("[event] reconnecting");
        sent.push(say(&home, "while it is away")["message_id"].as_str().expect("an id").to_owned());
        consume.hears("[event] connected");
    }
    let came: Vec<_> = sent.iter().map(|_| consume.line()).collect();
    assert_eq!(came, sent, "in order, each once");
    consume.close_stdin();
    assert_eq!(consume.end(), (Some(0), Vec::new()));
}

#[test]
fn what_nobody_read_is_not_acknowledged() {
    let home = Home::new();
    // Whoever reads goes away before anything comes.
    let mut consume = Running::start_with(home.command(&["event", "consume", RECEIVE]), |child| {
        drop(child.stdout.take());
        std::io::empty()
    });
    consume.hears("[event] ready");
    say(&home, "hello");
    assert_eq!(consume.end().0, Some(0));
    assert!(
        consume.last_word().contains("received 0 event(s)")
            && consume.last_word().ends_with("(reason: stdout)"),
        "{:?}",
        consume.told
    );
    let again = consumed(&home, &[RECEIVE, "--max-events", "1", "--timeout", "30s"]);
    assert_eq!(said(&again.json()), "hello");
}

#[test]
fn an_event_that_no_filter_fits_is_told_of_and_comes_again() {
    let home = Home::new();
    let mut consume =
        consuming(&home, &[RECEIVE, "--jq", ".event.message.content | fromjson | .text | tonumber"]);
    say(&home, "1");
    assert_eq!(consume.line(), "1");
    say(&home, "one");
    let told = consume.hears("[event] not printed, and not acknowledged: ");
    assert!(told.contains("--jq"), "{told}");
    home.data(&["act", "send", "--user", "Sam Rivera", "--text", "2"]);
    assert_eq!(consume.line(), "2", "it goes on");
    let listed = home.data(&["deliveries", "list"]);
    let states: HashSet<_> =
        listed["items"].as_array().expect("a list").iter().map(|one| one["state"].as_str()).collect();
    assert!(states.contains(&Some("waiting")), "{listed}");
}

#[test]
fn what_came_before_a_restart_does_not_come_again() {
    let home = Home::new();
    say(&home, "hello");
    let once = |more: &[&str]| {
        let ran = consumed(&home, &[&[RECEIVE, "--max-events", "1", "--timeout", "30s"], more].concat());
        ran.json()["header"]["event_id"].as_str().expect("an id").to_owned()
    };
    let first = once(&["--seen", "seen"]);
    let resend = || drop(home.data(&["deliveries", "resend", "--event-id", &first]));
    resend();
    assert_eq!(once(&[]), first, "without a memory it does");
    resend();
    let sent = say(&home, "bye");
    let ran = consumed(&home, &[RECEIVE, "--max-events", "1", "--timeout", "30s", "--seen", "seen"]);
    assert_eq!(ran.json()["event"]["message"]["message_id"], sent["message_id"]);
}

#[test]
fn a_second_connection_is_told_of() {
    let home = Home::new();
    let _first = consuming(&home, &[RECEIVE]);
    let mut second = consuming(&home, &[RECEIVE]);
    let told = second.hears("[event] warning: the app has 2 long connections");
    assert!(told.ends_with("chosen at random"), "{told}");
}
