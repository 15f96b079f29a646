//! The exit codes, and what stands on stderr. docs/cli.md publishes both.

use insta::assert_snapshot;

use crate::{Home, PNG, larkspur, ran};

/// Exit code, type and message on one line.
fn told(ran: &crate::Ran) -> String {
    let error = ran.error();
    format!(
        "{} {} {}",
        ran.code,
        error["type"].as_str().unwrap_or_default(),
        error["message"].as_str().unwrap_or_default()
    )
}

#[test]
fn what_the_platform_refuses_is_1() {
    let home = Home::new();
    let ran = home.run(&["im", "chats", "get", "--chat-id", "oc_none"]);
    assert_eq!(told(&ran), "1 api Your request specifies a chat_id which is invalid.");
    let error = ran.error();
    assert_eq!(
        (&error["code"], &error["http_status"], &error["retryable"]),
        (&232_006.into(), &400.into(), &false.into())
    );
    assert_eq!(error["log_id"].as_str().map(str::len), Some(34));
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("im chats list")));
}

#[test]
fn wrong_usage_is_2_and_is_told_before_anything_is_sent() {
    // Nobody listens here: whatever went out would fail as network.
    let home = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = larkspur(home.path());
        command.env("LARKSPUR_BASE_URL", "http://127.0.0.1:9").args(arguments);
        ran(command)
    };
    std::fs::write(home.path().join("text.png"), "hello").expect("a file");
    let cases: &[&[&str]] = &[
        &["im", "+messages-sned"],
        &["im", "+messages-send", "--chat-id", "oc_1"],
        &["im", "+messages-send", "--text", "x"],
        &["im", "+messages-send", "--chat-id", "nonsense", "--text", "x"],
        &["im", "+messages-send", "--chat-id", "oc_1", "--text", "x", "--image", "a.png"],
        &["im", "+messages-send", "--chat-id", "oc_1", "--image", "missing.png"],
        &["im", "+messages-send", "--chat-id", "oc_1", "--image", "text.png"],
        &["im", "+messages-send", "--chat-id", "oc_1", "--text", "x", "--jq", "{"],
        &[
            "im",
            "+messages-send",
            "--chat-id",
            "oc_1",
            "--msg-type",
            "post",
            "--content",
            r#"{"post":{"zh_cn":{}}}"#,
        ],
        &["im", "+messages-send", "--chat-id", "oc_1", "--msg-type", "image", "--text", "x"],
        &["im", "messages", "create", "--receive-id-type", "chat_id"],
        &[
            "im",
            "messages",
            "list",
            "--container-id-type",
            "chat",
            "--container-id",
            "oc_1",
            "--page-size",
            "51",
        ],
        &["im", "messages", "list", "--params", "{"],
        &["api", "FETCH", "im/v1/chats"],
        &["upload-image", "missing.png"],
        &["upload-image", "text.png"],
        &["upload-image", "--base64", "%%%"],
        &["schema", "nothing"],
    ];
    let lines: Vec<_> = cases
        .iter()
        .map(|arguments| {
            let ran = run(arguments);
            assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
            let error = ran.error();
            let hint = error["hint"].as_str().unwrap_or_default();
            format!("{}\n  {}\n  {hint}", arguments.join(" "), told(&ran))
        })
        .collect();
    assert_snapshot!(lines.join("\n"));
    assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 1, "nothing was written");
}

#[test]
fn credentials_and_permissions_are_3() {
    let home = Home::new();
    let bare = {
        let mut command = larkspur(home.folder.path());
        command.args(["im", "chats", "list"]);
        ran(command)
    };
    assert_eq!(told(&bare), "3 authentication there are no credentials");
    let wrong = {
        let mut command = home.command(&["im", "chats", "list"]);
        command.env("LARKSPUR_APP_SECRET", "wrong");
        ran(command)
    };
    assert_eq!(told(&wrong), "3 authentication wrong app secret");
    let unknown = home.run(&["im", "chats", "list", "--profile", "nobody"]);
    assert_eq!(told(&unknown), "3 config there is no profile \"nobody\"");

    let seed = "[[tenants]]\nname = \"T\"\n[[tenants.apps]]\nname = \"A\"\nscopes = [\"im:chat:readonly\"]\n";
    let narrow = Home::with(larkspur::Platform::builder().seed(seed));
    narrow.file("a.png", PNG);
    let ran = narrow.run(&["upload-image", "a.png"]);
    assert_eq!(ran.code, 3);
    let error = ran.error();
    assert_eq!((&error["type"], &error["code"]), (&"authorization".into(), &99_991_672.into()));
    assert_eq!(error["missing_scopes"], serde_json::json!(["im:resource", "im:resource:upload"]));
}

#[test]
fn a_platform_that_is_not_there_is_4() {
    let home = Home::new();
    let ran = home.run(&["im", "chats", "list", "--base-url", "http://127.0.0.1:9"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert_eq!(ran.error()["type"], "network");
}

#[test]
fn what_is_no_platform_is_4_too() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().expect("a client");
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
    });
    let home = Home::new();
    let mut command = home.command(&["im", "chats", "list", "--base-url", &format!("http://{address}")]);
    command.env("LARKSPUR_TENANT_ACCESS_TOKEN", "t-1");
    let ran = ran(command);
    server.join().expect("served");
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(ran.error()["hint"].as_str().is_some_and(|hint| hint.contains("--base-url")));
}

#[test]
fn what_was_forbidden_here_is_6() {
    let home = Home::new();
    let ran = home.run(&["upload-image", "http://127.0.0.1:9/a.png"]);
    assert_eq!(
        told(&ran),
        "6 policy http://127.0.0.1:9/a.png leads to 127.0.0.1, which is not a public address"
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let home = Home::new();
    let mut command = home.command(&["schema"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
