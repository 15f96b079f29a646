//! One token for many processes.

use crate::{Home, proxy::Proxy};

#[test]
fn thirty_two_processes_mint_one_token() {
    let home = Home::new();
    let proxy = Proxy::new(home.platform.base_url(), "tenant_access_token/");
    let children: Vec<_> = (0..32)
        .map(|_| {
            let mut command = home.command(&["bot", "info", "get", "--base-url", &proxy.url]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().expect("the program runs")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(proxy.count(), 1);
}

#[test]
fn a_token_that_is_refused_is_minted_anew() {
    let home = Home::new();
    home.data(&["im", "chats", "list"]);
    let folder = home.folder.path().join(".cache/larkspur/tokens");
    let file = std::fs::read_dir(&folder)
        .expect("the cache")
        .flatten()
        .find(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
        .expect("a token")
        .path();
    let text = std::fs::read_to_string(&file).expect("a token");
    let stale = text.replace("\"t-", "\"t-stale");
    assert_ne!(stale, text);
    std::fs::write(&file, stale).expect("written");
    home.data(&["im", "chats", "list"]);
    // Nonsense in its place is no obstacle either.
    std::fs::write(&file, "{").expect("written");
    home.data(&["im", "chats", "list"]);
}
