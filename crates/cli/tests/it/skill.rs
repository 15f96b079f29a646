//! Every command in the skill for agents works as it is written.

use std::io::{Read, Write};

use crate::{Home, PNG, ran};

const SKILL: &str = include_str!("../../../../skills/feishu-upload-image/SKILL.md");

/// The shell blocks of the skill.
fn blocks() -> Vec<&'static str> {
    SKILL.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

/// A web server that answers with a picture.
fn picture_server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/cat.png", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", PNG.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(PNG));
        }
    });
    url
}

#[cfg(unix)]
#[test]
fn its_commands_work() {
    let home = Home::with(larkspur::Platform::builder().rate_limit(false));
    home.file("cat.png", PNG);
    home.file("dog.png", PNG);
    let key = home.data(&["upload-image", "cat.png"])["image_key"].as_str().expect("a key").to_owned();
    let blocks = blocks();
    assert!(blocks.len() >= 8, "{blocks:?}");
    let url = picture_server();
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_larkspur")).parent().expect("a folder");
    for block in blocks {
        let script = block.replace("https://example.com/cat.png", &format!("--allow-private {url}"));
        let mut command = std::process::Command::new("sh");
        let workspace = home.platform.workspace();
        command
            .args(["-euc", &script])
            .current_dir(home.folder.path())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", programs.display()))
            .env("HOME", home.folder.path())
            .env("LARKSPUR_BASE_URL", home.platform.base_url())
            .env("LARKSPUR_APP_ID", &workspace.app_id)
            .env("LARKSPUR_APP_SECRET", &workspace.app_secret)
            .env("CHAT_ID", home.chat_id())
            .env("IMAGE_KEY", &key);
        let ran = ran(command);
        assert_eq!(ran.code, 0, "{block}\n{}", ran.stderr);
        assert_ne!(ran.stdout, "", "{block}");
    }
    let sent = home.data(&["im", "+chat-messages-list", "--chat-id", home.chat_id()]);
    let kinds: Vec<_> = sent["messages"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["msg_type"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(kinds, ["post", "image", "post", "image", "image"], "the newest first");
}
