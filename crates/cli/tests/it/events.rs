//! `larkspur event …`, `act`, `platform`, `deliveries` and `trigger`.

use insta::assert_snapshot;
use serde_json::json;

use crate::{
    Home, PNG,
    child::Running,
    consume::{RECEIVE, consumed, consuming, say},
    larkspur, ran,
};

#[test]
fn filters_and_forms() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    let bot =
        home.data(&["api", "GET", "bot/v3/info"])["bot"]["app_name"].as_str().expect("a name").to_owned();
    let group = home.chat_id().to_owned();
    let in_group = |user: &str, more: &[&str]| {
        home.data(&[&["act", "send", "--user", user, "--chat-id", group.as_str()], more].concat())
    };
    home.file("a.png", PNG);
    let image = home.data(&["upload-image", "a.png"])["image_key"].as_str().expect("a key").to_owned();
    say(&home, "alone");
    in_group("Ada Okafor", &["--text", "to all"]);
    in_group("Sam Rivera", &["--text", "to you", "--at", &bot]);
    in_group("Ada Okafor", &["--msg-type", "image", "--content", &json!({"image_key": image}).to_string()]);
    in_group("Ada Okafor", &["--text", "last"]);

    // One that nobody printed is there for the next, so each run drops what it leaves out. So they record once
    // and look at the record.
    let all = consumed(&home, &[RECEIVE, "--max-events", "5", "--timeout", "30s"]).stdout;
    // Chats do not wait for each other.
    let mut lines: Vec<_> = all.lines().map(|line| format!("{line}\n")).collect();
    let sent = |line: &String| line.split("\"create_time\":\"").nth(2).map(str::to_owned);
    lines.sort_by_key(sent);
    let all = lines.concat();
    home.file("events.ndjson", all.as_bytes());
    let replayed = |arguments: &[&str]| {
        let ran = home.run(&[&["event", "replay", "events.ndjson"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let content = ["--compact", "--jq", ".content"];
    let contents = |arguments: &[&str]| replayed(&[arguments, &content].concat());
    assert_eq!(contents(&[]), format!("alone\nto all\n@{bot} to you\n[Image: {image}]\nlast\n"));
    assert_eq!(
        contents(&["--chat-id", &group, "--message-type", "text"]),
        format!("to all\n@{bot} to you\nlast\n")
    );
    assert_eq!(contents(&["--mention"]), format!("@{bot} to you\n"));
    let sam = home.platform.workspace().users[3].clone();
    for id in [&sam.open_id, &sam.user_id, &sam.union_id] {
        assert_eq!(contents(&["--sender-id", id]), format!("@{bot} to you\n"), "{id}");
    }
    assert_eq!(contents(&["--sender-id", "ou_1", "--chat-id", &group]), "");
    assert_eq!(
        replayed(&["--jq", "select(.event.message.chat_type == \"p2p\") | .event.message.content"]),
        "{\"text\":\"alone\"}\n"
    );
    assert_eq!(replayed(&[]), all, "what is printed is what was printed");
}

#[test]
fn subscribe_routes_by_type_and_runs_alone() {
    let home = Home::new();
    let arguments =
        ["event", "+subscribe", "--route", "^im\\.message\\.recalled=dir:./recalled", "--compact"];
    let mut subscribe = Running::ready(home.command(&arguments));
    assert!(subscribe.told[0].ends_with("event_key=*"), "{:?}", subscribe.told);
    let sent = say(&home, "hello");
    // The first conversation of the two is an event of its own.
    let mut types = vec![subscribe.event()["type"].clone(), subscribe.event()["type"].clone()];
    types.sort_by_key(ToString::to_string);
    assert_eq!(types, [json!(RECEIVE), json!("p2p_chat_create")]);
    home.data(&[
        "act",
        "recall",
        "--user",
        "Ada Okafor",
        "--message-id",
        sent["message_id"].as_str().expect("an id"),
    ]);
    say(&home, "bye");
    assert_eq!(subscribe.event()["content"], "bye");
    let recalled: Vec<_> =
        std::fs::read_dir(home.folder.path().join("recalled")).expect("a folder").flatten().collect();
    assert_eq!(recalled.len(), 1, "{recalled:?}");

    let second = home.run(&["event", "+subscribe"]);
    assert_eq!(second.code, 2, "{}", second.stderr);
    assert!(second.error()["hint"].as_str().is_some_and(|hint| hint.contains("--force")));
    let mut forced =
        Running::ready(home.command(&["event", "+subscribe", "--event-types", RECEIVE, "--force"]));
    forced.close_stdin();
    assert_eq!(forced.end().0, Some(0));
}

#[test]
fn a_dry_run_needs_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.args(["event", "consume", RECEIVE, "x.y_v1", "--output-dir", "out", "--dry-run"]);
    let blocked = ran(command).data();
    assert_eq!(
        (&blocked["decision"], &blocked["preconditions"][0]["status"]),
        (&json!("blocked"), &json!("blocked"))
    );
    assert_eq!(
        (&blocked["would_read"], &blocked["would_write"]),
        (&json!(["im.message.receive_v1,x.y_v1"]), &json!(["out"]))
    );
    assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 0, "nothing was written");
    let ready = Home::new();
    assert_eq!(ready.data(&["event", "consume", RECEIVE, "--dry-run"])["decision"], "unknown");
}

#[test]
fn events_are_listed_and_described() {
    let home = Home::new();
    let list = home.run(&["event", "list"]).stdout;
    assert!(
        list.lines().any(|line| line.starts_with("card.action.trigger ") && line.contains(" callback ")),
        "{list}"
    );
    let events = home.data(&["event", "list", "--json"])["events"].clone();
    let events = events.as_array().expect("a list");
    assert_eq!(events.len(), list.lines().count());
    for event in events {
        let key = event["event_type"].as_str().expect("a type");
        let schema = home.run(&["event", "schema", key]).json();
        assert_eq!((&schema["key"], &schema["kind"]), (&event["event_type"], &event["kind"]));
        let root = schema["jq_root_path"].as_str().expect("a path");
        let example = &schema["example"];
        let body = if root == "." { example } else { &example["event"] };
        assert!(body.as_object().is_some_and(|body| !body.is_empty()), "{key}");
    }
    let schema = home.run(&["event", "schema", RECEIVE]).json();
    let message =
        &schema["resolved_output_schema"]["properties"]["event"]["properties"]["message"]["properties"];
    assert_eq!(message["chat_id"]["type"], "string");
    assert_eq!(schema["scopes"].as_array().map(Vec::len), Some(7));
    assert!(home.run(&["event", "schema", "recieve_v1"]).error()["hint"].is_string());
}

#[test]
fn an_example_is_sent_with_fields_replaced() {
    let home = Home::new();
    let mut consume = consuming(&home, &[RECEIVE]);
    let sent = home.data(&[
        "trigger",
        RECEIVE,
        "--set",
        "message.chat_id=oc_1",
        "--set",
        "message.content={\"text\":\"hi\"}",
    ]);
    let event = consume.event();
    assert_eq!(event["header"]["event_id"], sent["event_id"]);
    assert_eq!(event["event"]["message"]["chat_id"], "oc_1");
    assert_eq!(event["event"]["message"]["content"], json!({"text": "hi"}));
    assert_eq!(event["event"]["message"]["chat_type"], "group", "the rest is that of the example");
    let unknown = home.run(&["trigger", "im.message.recieve_v1"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.error()["hint"].as_str().is_some_and(|hint| hint.contains("im.message.receive_v1")));
    assert!(unknown.error()["message"].as_str().is_some_and(|message| message.contains("p2p_chat_create")));
}

#[test]
fn what_only_a_local_platform_has_goes_nowhere_else() {
    let home = Home::new();
    let cases: [&[&str]; 4] = [
        &["act", "send", "--user", "Ada", "--text", "x"],
        &["platform", "app", "list"],
        &["deliveries", "list"],
        &["trigger", RECEIVE],
    ];
    for arguments in cases {
        let ran = home.run(&[arguments, &["--base-url", "https://open.feishu.cn"]].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        let error = ran.error();
        assert_eq!(error["sent"], false);
        assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("larkspur serve")), "{error}");
    }
    // No credentials are needed, and without an address the one of `larkspur serve` is meant.
    let bare = |arguments: &[&str]| {
        let mut command = larkspur(home.folder.path());
        command.args(arguments);
        command
    };
    let mut listed = bare(&["platform", "app", "list"]);
    listed.env("LARKSPUR_BASE_URL", home.platform.base_url());
    let app_id = ran(listed).data()["items"][0]["app_id"].as_str().expect("an id").to_owned();
    assert_eq!(app_id, home.platform.workspace().app_id);
    let planned = ran(bare(&["act", "send", "--user", "Ada", "--text", "x", "--dry-run"]));
    assert_eq!((&planned.json()["identity"], &planned.json()["dry_run"]), (&json!("none"), &json!(true)));
    assert_eq!(ran(bare(&["platform", "app", "get"])).error()["param"], "--app-id");
    assert_eq!(home.data(&["platform", "app", "get"])["app_id"], app_id);
    let updated = home.data(&[
        "platform",
        "app",
        "update",
        "--events",
        r#"["im.message.receive_v1","p2p_chat_create"]"#,
    ]);
    assert_eq!(updated["events"], json!(["im.message.receive_v1", "p2p_chat_create"]));
    let event_id = home.data(&["trigger", RECEIVE])["event_id"].as_str().expect("an id").to_owned();
    let shown = home.data(&["deliveries", "show", "--event-id", &event_id]);
    assert_eq!(shown["state"], "ready");
}

#[test]
fn wrong_usage_is_told_at_once() {
    let home = tempfile::tempdir().expect("a folder");
    let cases: &[&[&str]] = &[
        &["event", "consume"],
        &["event", "consume", "im.message.recieve_v1"],
        &["event", "consume", "receive_v1"],
        &["event", "consume", "nothing"],
        &["event", "consume", RECEIVE, "--timeout", "soon"],
        &["event", "consume", RECEIVE, "--jq", "{"],
        &["event", "consume", RECEIVE, "--as", "user"],
        &["event", "+subscribe", "--filter", "("],
        &["event", "+subscribe", "--route", "im=./x"],
        &["event", "replay", "missing.ndjson"],
        &["event", "replay", "bad.ndjson"],
        &["event", "replay", "-", "--to", "nowhere"],
        &["event", "replay", "-", "--to", "http://127.0.0.1:9/", "--rate", "fast"],
        &["event", "schema", "recalled_v1"],
        &["listen"],
        &["listen", "--forward-to", "ftp://x"],
        &["doctor", "--expect", "nothing"],
        &["trigger", RECEIVE, "--set", "x"],
    ];
    std::fs::write(home.path().join("bad.ndjson"), "\n{\"type\":\"im.message.receive_v1\"}\n")
        .expect("a file");
    let lines: Vec<_> = cases
        .iter()
        .map(|arguments| {
            let mut command = larkspur(home.path());
            command.args(*arguments).env("LARKSPUR_APP_ID", "cli_1").env("LARKSPUR_APP_SECRET", "s");
            let ran = ran(command);
            assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
            let error = ran.error();
            let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
            format!("{}\n  {}\n  {}", arguments.join(" "), text("message"), text("hint"))
        })
        .collect();
    assert_snapshot!(lines.join("\n"));
}
