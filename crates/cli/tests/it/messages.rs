//! `larkspur im +…`

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{Home, PNG, fed, larkspur, ran};

/// The requests that a dry run shows.
fn planned(home: &Home, arguments: &[&str]) -> Value {
    let mut command = larkspur(home.folder.path());
    command.args(["im", "+messages-send", "--chat-id", "oc_1", "--dry-run"]).args(arguments);
    let ran = ran(command);
    assert_eq!(ran.json()["dry_run"], true, "{}", ran.stderr);
    ran.data()["api"].clone()
}

#[test]
fn every_content_flag_becomes_a_request() {
    let home = Home::new();
    home.file("a.png", PNG);
    home.file("a.pdf", b"%PDF");
    home.file("a.mp4", b"ftyp");
    home.file("notes.md", b"# Notes\n\n![](a.png)\n\n- one\n");
    let cases: &[&[&str]] = &[
        &["--text", "hello"],
        &["--markdown", "**hi** ![](img_v3_1)", "--title", "T"],
        &["--markdown", "@notes.md"],
        &["--image", "img_v3_1"],
        &["--image", "a.png"],
        &["--file", "a.pdf"],
        &["--video", "a.mp4", "--video-cover", "a.png"],
        &["--audio", "file_v3_1"],
        &["--msg-type", "share_chat", "--content", r#"{"chat_id":"oc_2"}"#],
        &["--msg-type", "interactive", "--content", r#"{"elements":[]}"#],
        &["--text", "x", "--idempotency-key", "once"],
    ];
    let mut story = String::new();
    for arguments in cases {
        story.push_str(&format!("{}\n", arguments.join(" ")));
        for call in planned(&home, arguments).as_array().expect("calls") {
            story.push_str(&format!(
                "  {} {} {}\n",
                call["method"].as_str().unwrap_or_default(),
                call["url"].as_str().unwrap_or_default(),
                call["body"]
            ));
        }
    }
    assert_snapshot!(story);
}

#[test]
fn every_kind_of_receiver_is_reached() {
    let home = Home::new();
    let user = home.platform.workspace().users[2].clone();
    for (flag, id) in [
        ("--chat-id", home.chat_id()),
        ("--user-id", &user.open_id),
        ("--union-id", &user.union_id),
        ("--tenant-user-id", &user.user_id),
        ("--email", &user.email),
    ] {
        let sent = home.data(&["im", "+messages-send", flag, id, "--text", "hi"]);
        assert!(sent["message_id"].as_str().is_some_and(|id| id.starts_with("om_")), "{flag}");
    }
    let link = format!("https://applink.feishu.cn/client/chat/open?openChatId={}", home.chat_id());
    let refused = home.run(&["im", "+messages-send", "--chat-id", &link, "--text", "hi"]);
    assert!(refused.code == 0 || refused.code == 2, "{}", refused.stderr);
}

#[test]
fn a_picture_is_uploaded_and_sent_and_read_back() {
    let home = Home::new();
    home.file("a.png", PNG);
    let sent = home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--image", "a.png"]);
    let message_id = sent["message_id"].as_str().expect("an id");
    let got = home.data(&["im", "+messages-mget", "--message-ids", message_id]);
    let content = got["messages"][0]["content"].as_str().expect("words");
    let key = content.trim_start_matches("[Image: ").trim_end_matches(']');
    let saved = home.data(&[
        "im",
        "+messages-resources-download",
        "--message-id",
        message_id,
        "--file-key",
        key,
        "--type",
        "image",
        "--output",
        "back.png",
    ]);
    assert_eq!(saved["size_bytes"], PNG.len());
    assert_eq!(std::fs::read(home.folder.path().join("back.png")).expect("a file"), PNG);
}

#[test]
fn a_failed_upload_sends_nothing() {
    let home = Home::new();
    home.file("a.png", PNG);
    home.file("broken.tiff", b"II*\0\x08\0\0\0\0\0");
    let ran = home.run(&[
        "im",
        "+messages-send",
        "--chat-id",
        home.chat_id(),
        "--markdown",
        "![](a.png) ![](broken.tiff)",
    ]);
    assert_ne!(ran.code, 0);
    assert_eq!(ran.error()["sent"], false);
    let listed = home.data(&["im", "+chat-messages-list", "--chat-id", home.chat_id()]);
    assert_eq!(listed["messages"], json!([]));
}

#[test]
fn text_comes_from_stdin_and_files() {
    let home = Home::new();
    fed(
        home.command(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", "-"]),
        "第一".as_bytes(),
    )
    .data();
    home.file("text", b"second");
    home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", "@text"]);
    home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", "@@third"]);
    let listed = home.data(&["im", "+chat-messages-list", "--chat-id", home.chat_id(), "--order", "asc"]);
    let texts: Vec<_> = listed["messages"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["content"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(texts, ["第一", "second", "@third"]);
}

#[test]
fn an_idempotency_key_sends_once() {
    let home = Home::new();
    let send = || {
        home.data(&[
            "im",
            "+messages-send",
            "--chat-id",
            home.chat_id(),
            "--text",
            "x",
            "--idempotency-key",
            "k",
        ])["message_id"]
            .clone()
    };
    assert_eq!(send(), send());
}

#[test]
fn a_reply_stands_under_its_message() {
    let home = Home::new();
    let root =
        home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", "root"])["message_id"]
            .as_str()
            .expect("an id")
            .to_owned();
    let reply = home.data(&["im", "+messages-reply", "--message-id", &root, "--text", "re"]);
    assert_eq!(reply["root_id"], root.as_str());
    let thread =
        home.data(&["im", "+messages-reply", "--message-id", &root, "--text", "re", "--reply-in-thread"]);
    assert!(thread["thread_id"].as_str().is_some_and(|id| id.starts_with("omt_")));
}

#[test]
fn a_list_reads_like_a_conversation() {
    let home = Home::new();
    home.file("a.png", PNG);
    let user = home.platform.workspace().users[2].open_id.clone();
    home.data(&[
        "im",
        "+messages-send",
        "--chat-id",
        home.chat_id(),
        "--text",
        &format!("hi <at user_id=\"{user}\">Ada</at>"),
    ]);
    home.data(&[
        "im",
        "+messages-send",
        "--chat-id",
        home.chat_id(),
        "--markdown",
        "# Title\n\nSome **bold** text",
        "--title",
        "Post",
    ]);
    home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--msg-type", "interactive", "--content", r#"{"header":{"title":{"tag":"plain_text","content":"Card"}},"elements":[{"tag":"markdown","content":"body"}]}"#]);
    let ran = home.run(&[
        "im",
        "+chat-messages-list",
        "--chat-id",
        home.chat_id(),
        "--order",
        "asc",
        "--format",
        "pretty",
    ]);
    let lines: Vec<_> =
        ran.stdout.lines().map(|line| line.split_once("  ").map_or(line, |(_, rest)| rest)).collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_page_says_whether_there_are_more() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    for number in 0..5 {
        home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", &number.to_string()]);
    }
    let page = home.data(&["im", "+chat-messages-list", "--chat-id", home.chat_id(), "--page-size", "2"]);
    assert_eq!((&page["has_more"], page["messages"].as_array().map(Vec::len)), (&json!(true), Some(2)));
    let all = home.data(&[
        "im",
        "+chat-messages-list",
        "--chat-id",
        home.chat_id(),
        "--page-size",
        "2",
        "--page-all",
    ]);
    assert_eq!((&all["has_more"], &all["total"]), (&json!(false), &json!(5)));
}

#[test]
fn a_group_is_made_and_changed() {
    let home = Home::new();
    let user = home.platform.workspace().users[0].open_id.clone();
    let made = home.data(&[
        "im",
        "+chat-create",
        "--name",
        "New group",
        "--users",
        &user,
        "--owner",
        &user,
        "--set-bot-manager",
    ]);
    let chat_id = made["chat_id"].as_str().expect("an id").to_owned();
    home.data(&["im", "+chat-update", "--chat-id", &chat_id, "--name", "Newer", "--description", ""]);
    let got = home.data(&["im", "chats", "get", "--chat-id", &chat_id]);
    assert_eq!((&got["name"], &got["owner_id"]), (&json!("Newer"), &json!(user)));
    let nothing = home.run(&["im", "+chat-update", "--chat-id", &chat_id]);
    assert_eq!(nothing.code, 2);
}
