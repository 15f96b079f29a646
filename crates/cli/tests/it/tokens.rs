//! One token for many processes.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::Home;

/// Hands connections on to the platform and counts the requests for tokens.
fn counting(target: &str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let target = target.trim_start_matches("http://").to_owned();
    let mints = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&mints);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let server = TcpStream::connect(&target).expect("the platform");
            let counted = Arc::clone(&counted);
            let (mut from, mut to) =
                (client.try_clone().expect("a clone"), server.try_clone().expect("a clone"));
            std::thread::spawn(move || {
                let mut buffer = [0; 16 * 1024];
                while let Ok(read @ 1..) = from.read(&mut buffer) {
                    if buffer[..read].windows(20).any(|part| part == b"tenant_access_token/") {
                        counted.fetch_add(1, Ordering::SeqCst);
                    }
                    if to.write_all(&buffer[..read]).is_err() {
                        break;
                    }
                }
                let _ = to.shutdown(std::net::Shutdown::Write);
            });
            std::thread::spawn(move || {
                let (mut from, mut to) = (server, client);
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(std::net::Shutdown::Write);
            });
        }
    });
    (url, mints)
}

#[test]
fn thirty_two_processes_mint_one_token() {
    let home = Home::new();
    let (url, mints) = counting(home.platform.base_url());
    let children: Vec<_> = (0..32)
        .map(|_| {
            let mut command = home.command(&["bot", "info", "get", "--base-url", &url]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().expect("the program runs")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(mints.load(Ordering::SeqCst), 1);
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
