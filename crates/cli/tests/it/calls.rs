//! `larkspur im …` for every endpoint, `larkspur api`, and the forms of output.

use insta::assert_snapshot;
use serde_json::json;

use crate::{Home, PNG};

#[test]
fn an_endpoint_is_called_with_flags_or_json() {
    let home = Home::new();
    let content = r#"{"text":"hi"}"#;
    let flags = [
        "im",
        "messages",
        "create",
        "--receive-id-type",
        "chat_id",
        "--receive-id",
        home.chat_id(),
        "--msg-type",
        "text",
        "--content",
        content,
    ];
    assert_eq!(home.data(&flags)["msg_type"], "text");
    let body = json!({"receive_id": home.chat_id(), "msg_type": "text", "content": content}).to_string();
    let data = ["im", "messages", "create", "--params", r#"{"receive_id_type":"chat_id"}"#, "--data", &body];
    assert_eq!(home.data(&data)["msg_type"], "text");
    home.file("body.json", body.as_bytes());
    assert_eq!(
        home.data(&["im", "messages", "create", "--receive_id_type", "chat_id", "--data", "@body.json"])["msg_type"],
        "text"
    );
}

#[test]
fn a_dry_run_shows_the_request_and_sends_nothing() {
    let home = Home::new();
    let mut command = crate::larkspur(home.folder.path());
    command.args([
        "im",
        "chat.members",
        "create",
        "--chat-id",
        "oc_1",
        "--member-id-type",
        "user_id",
        "--id-list",
        "a,b",
        "--dry-run",
    ]);
    assert_snapshot!(crate::ran(command).stdout);
}

#[test]
fn any_path_is_called() {
    let home = Home::new();
    assert_eq!(
        home.data(&["api", "GET", "im/v1/chats", "--params", r#"{"page_size":1}"#])["items"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let url = format!("{}/open-apis/bot/v3/info", home.platform.base_url());
    assert_eq!(home.data(&["api", "get", &url])["bot"]["app_name"], "Larkspur Bot");
    assert_eq!(home.run(&["api", "GET", "no/such/path"]).error()["code"], 99_991_201);
}

#[test]
fn all_pages_come_as_one_answer() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    for number in 0..7 {
        home.data(&["im", "+messages-send", "--chat-id", home.chat_id(), "--text", &number.to_string()]);
    }
    let list = [
        "im",
        "messages",
        "list",
        "--container-id-type",
        "chat",
        "--container-id",
        home.chat_id(),
        "--page-size",
        "2",
    ];
    let all = home.data(&[&list[..], &["--page-all"]].concat());
    assert_eq!((all["items"].as_array().map(Vec::len), &all["has_more"]), (Some(7), &json!(false)));
    assert_eq!(all.get("page_token"), None);
    let some = home.data(&[&list[..], &["--page-limit", "2"]].concat());
    assert_eq!((some["items"].as_array().map(Vec::len), &some["has_more"]), (Some(4), &json!(true)));
    let rest = home.data(
        &[&list[..], &["--page-all", "--page-token", some["page_token"].as_str().expect("a token")]].concat(),
    );
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(3));
}

#[test]
fn answers_are_printed_as_asked() {
    let home = Home::new();
    let members = |format: &str| {
        let ran = home.run(&["im", "chat.members", "get", "--chat-id", home.chat_id(), "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        home.named(&ran.stdout).replace(&home.platform.workspace().tenant_key, "[tenant_key]")
    };
    for format in ["table", "csv", "ndjson", "pretty"] {
        assert_snapshot!(format, members(format));
    }
    let ran = home.run(&["im", "chats", "list", "--jq", ".data.items[] | .name, .external"]);
    assert_eq!(ran.stdout, "Larkspur Garden\nfalse\n");
}

#[test]
fn a_file_goes_up_and_comes_down_by_the_plain_commands() {
    let home = Home::new();
    home.file("a.png", PNG);
    let key =
        home.data(&["im", "images", "create", "--image-type", "message", "--file", "a.png"])["image_key"]
            .as_str()
            .expect("a key")
            .to_owned();
    let saved = home.data(&["im", "images", "get", "--image-key", &key, "--output", "b.png"]);
    assert_eq!(saved["size_bytes"], PNG.len());
    assert_eq!(std::fs::read(home.folder.path().join("b.png")).expect("a file"), PNG);
    home.file("c.txt", b"some text");
    let key = home.data(&[
        "im",
        "files",
        "create",
        "--file-type",
        "stream",
        "--file-name",
        "c.txt",
        "--file",
        "file=c.txt",
    ])["file_key"]
        .as_str()
        .expect("a key")
        .to_owned();
    let ran = home.run(&["im", "files", "get", "--file-key", &key, "--output", "-"]);
    assert_eq!(ran.stdout, "some text");
}
