//! `larkspur im +messages-search`

use serde_json::json;

use crate::{Home, Ran, larkspur, ran};

/// The program with a user's token.
fn search(home: &Home, arguments: &[&str]) -> Ran {
    let user = &home.platform.workspace().users[0].email;
    let token = home.data(&["platform", "user", "token", "--user", user])["access_token"].clone();
    let mut command = home.command(&["im", "+messages-search"]);
    command.env("LARKSPUR_USER_ACCESS_TOKEN", token.as_str().expect("a token")).args(arguments);
    ran(command)
}

fn found(home: &Home, arguments: &[&str]) -> Vec<String> {
    let data = search(home, arguments).data();
    let messages = data["messages"].as_array().expect("a list");
    messages.iter().map(|one| one["content"].as_str().expect("words").to_owned()).collect()
}

#[test]
fn a_user_finds_messages() {
    let home = Home::new();
    for text in ["这是周报", "the release is out", "another release"] {
        home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", text]);
    }
    assert_eq!(found(&home, &["--query", "周报"]), ["这是周报"]);
    assert_eq!(found(&home, &["--query", "Release", "--start", "1h", "--sender-type", "bot"]).len(), 2);
    assert_eq!(found(&home, &["--query", "release", "--chat-id", home.chat_id(), "--is-at-me"]), [""; 0]);
    let one = search(&home, &["--query", "release", "--page-size", "1"]).data();
    let message = &one["messages"][0];
    assert_eq!((&message["content"], &message["chat_type"]), (&json!("another release"), &json!("group")));
    assert!(message["chat_name"].is_string(), "{message}");
    assert_eq!((&one["total"], &one["has_more"]), (&json!(2), &json!(true)));
    let all = search(&home, &["--query", "release", "--page-size", "1", "--page-all"]).data();
    assert_eq!(all["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(all["has_more"], false);
}

#[test]
fn names_of_chats_that_may_not_be_seen_are_left_out() {
    let home = Home::new();
    home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", "这是周报"]);
    let user = &home.platform.workspace().users[0].email;
    let scope = "im:message im:message:readonly im:message.group_msg:get_as_user search:message";
    let token = home.data(&["platform", "user", "token", "--user", user, "--scope", scope]);
    let mut command = home.command(&["im", "+messages-search", "--query", "周报"]);
    command.env("LARKSPUR_USER_ACCESS_TOKEN", token["access_token"].as_str().expect("a token"));
    let ran = ran(command);
    assert!(ran.stderr.contains("the names of chats are left out"), "{}", ran.stderr);
    let data = ran.data();
    assert_eq!(data["messages"][0]["content"], "这是周报");
    assert_eq!(data["messages"][0]["chat_name"], json!(null));
}

#[test]
fn a_dry_run_shows_the_request() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.args(["im", "+messages-search", "--dry-run", "--query", "x", "--chat-id", "oc_1,oc_2"]);
    command.args(["--sender", "ou_1", "--exclude-sender-type", "bot", "--start", "1", "--end", "2"]);
    let planned = ran(command).data()["api"][0].clone();
    assert_eq!(planned["method"], "POST");
    let filter = json!({
        "from_ids": ["ou_1"], "chat_ids": ["oc_1", "oc_2"],
        "time_range": {"start_time": "1970-01-01T00:00:01.000+00:00", "end_time": "1970-01-01T00:00:02.000+00:00"},
        "exclude_from_types": ["bot"]
    });
    assert_eq!(planned["body"], json!({"query": "x", "filter": filter}));
}

#[test]
fn what_cannot_be_asked_is_refused_at_once() {
    let home = Home::new();
    for wrong in [
        &["--as", "bot"][..],
        &["--start", "2", "--end", "1"],
        &["--sender-type", "bot", "--exclude-sender-type", "bot"],
        &["--sender", "oc_1"],
        &["--page-size", "31"],
    ] {
        assert_eq!(search(&home, wrong).code, 2, "{wrong:?}");
    }
    let without = home.run(&["im", "+messages-search", "--query", "x"]);
    assert_eq!(without.code, 3, "{}", without.stderr);
}
