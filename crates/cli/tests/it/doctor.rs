//! `larkspur doctor` names every fault, and its cures work.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    process::Command,
};

use serde_json::{Value, json};

use crate::{Home, child::Running, larkspur, ran, receiver::Receiver};

/// What was found.
struct Found {
    code: i32,
    checks: Vec<Value>,
}

fn examined(command: Command) -> Found {
    let ran = ran(command);
    assert_eq!(ran.stderr, "");
    let data = ran.json()["data"].clone();
    assert_eq!(data["healthy"], ran.code == 0);
    Found { code: ran.code, checks: data["checks"].as_array().expect("a list").clone() }
}

fn doctor(home: &Home, arguments: &[&str]) -> Found {
    examined(home.command(&[&["doctor"], arguments].concat()))
}

impl Found {
    fn with(&self, status: &str) -> Vec<&str> {
        let found = self.checks.iter().filter(|check| check["status"] == status);
        found.filter_map(|check| check["name"].as_str()).collect()
    }

    fn text(&self, name: &str, key: &str) -> String {
        let check = self.checks.iter().find(|check| check["name"] == name).expect("the check");
        check[key].as_str().unwrap_or_default().to_owned()
    }

    /// Expects that this is wrong and nothing else. Gives the advice.
    fn only(&self, name: &str, said: &str) -> String {
        assert_eq!((self.code, self.with("fail")), (1, vec![name]), "{:?}", self.checks);
        let message = self.text(name, "message");
        assert!(message.contains(said), "{message}");
        self.text(name, "fix")
    }
}

/// Does what the advice says.
fn cure(home: &Home, fix: &str) {
    let command = &fix[fix.find("larkspur ").expect("a command")..];
    let command = command.split(';').next().unwrap_or_default();
    let words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('\'')).collect();
    home.data(&words[1..]);
    let healed = doctor(home, &[]);
    assert_eq!((healed.code, healed.with("fail")), (0, Vec::new()), "{:?}", healed.checks);
}

fn update(home: &Home, arguments: &[&str]) {
    home.data(&[&["platform", "app", "update"], arguments].concat());
}

#[test]
fn nothing_is_wrong_at_first() {
    let home = Home::new();
    let found = doctor(&home, &[]);
    assert_eq!((found.code, found.with("fail")), (0, Vec::new()), "{:?}", found.checks);
    assert_eq!(found.with("warn"), ["connections"], "nobody listens yet");
    let names: Vec<_> = found.checks.iter().filter_map(|check| check["name"].as_str()).collect();
    assert_eq!(
        names,
        [
            "credentials",
            "proxy",
            "clock",
            "platform",
            "token",
            "app",
            "bot",
            "long_connection",
            "connections",
            "event_mode",
            "callback_mode",
            "events",
            "callbacks",
            "scopes",
            "chats",
            "availability",
            "deliveries",
        ]
    );
    let text = home.run(&["doctor", "--format", "pretty"]).stdout;
    assert!(text.lines().next().is_some_and(|line| line.starts_with("✓ credentials ")), "{text}");
    assert!(text.ends_with("nothing is wrong, 1 to look at\n"), "{text}");
    let _bot = Running::ready(home.command(&["event", "consume", "*"]));
    assert_eq!(doctor(&home, &[]).with("warn"), Vec::<&str>::new());
}

#[test]
fn faults_of_the_app_are_named_and_cured() {
    let home = Home::new();
    let cases: [(&[&str], &str, &str); 9] = [
        (&["--bot=false"], "bot", "no bot"),
        (&["--events", "p2p_chat_create"], "events", "im.message.receive_v1"),
        (&["--callbacks", "url.preview.get"], "callbacks", "card.action.trigger"),
        (&["--event-mode", "webhook"], "event_mode", "no address"),
        (&["--callback-mode", "webhook"], "callback_mode", "no address"),
        (&["--scopes", "im:message,im:chat,im:message.group_msg"], "scopes", "messages to the bot alone"),
        (&["--scopes", "im:message,im:chat,im:message.p2p_msg"], "scopes", "even those that mention it"),
        (&["--availability", "Sam Rivera"], "availability", "3 member(s) of its groups"),
        (&["--availability", "[]"], "availability", "nobody may use the app"),
    ];
    for (fault, name, said) in cases {
        update(&home, fault);
        let found = doctor(&home, &[]);
        let fix = found.only(name, said);
        cure(&home, &fix);
    }
    // What is heard in groups is a matter of taste.
    update(&home, &["--scopes", "im:message,im:chat,im:message.p2p_msg,im:message.group_at_msg"]);
    let found = doctor(&home, &[]);
    assert_eq!((found.code, found.text("scopes", "message").contains("only what mentions it")), (0, true));
}

#[test]
fn an_app_that_nobody_uses_is_told_from_a_wrong_secret() {
    let home = Home::new();
    for (status, said) in [("1", "no version of it is published"), ("0", "not in use")] {
        update(&home, &["--activate-status", status]);
        let found = doctor(&home, &[]);
        assert_eq!(
            (found.code, found.with("fail")),
            (1, vec!["app", "long_connection"]),
            "{:?}",
            found.checks
        );
        assert!(found.text("app", "message").contains(said), "{:?}", found.checks);
        assert!(found.text("long_connection", "fix").contains("see the check app"), "{:?}", found.checks);
        cure(&home, &found.text("app", "fix"));
    }
    let mut wrong = home.command(&["doctor"]);
    wrong.env("LARKSPUR_APP_SECRET", "wrong");
    let found = examined(wrong);
    assert!(found.only("token", "wrong app secret").contains("developer console"));
    let mut nobody = home.command(&["doctor"]);
    nobody.env("LARKSPUR_APP_ID", "cli_0000000000000000");
    examined(nobody).only("token", "app id not exists");
    let mut bare = larkspur(home.folder.path());
    bare.arg("doctor");
    assert!(examined(bare).only("credentials", "no credentials").contains("LARKSPUR_APP_ID"));
}

#[test]
fn clients_that_take_events_from_each_other_are_named() {
    let home = Home::new();
    let _first = Running::ready(home.command(&["event", "consume", "*"]));
    let _second = Running::ready(home.command(&["event", "consume", "*"]));
    let found = doctor(&home, &[]);
    let fix = found.only("connections", "2 long connections are open");
    assert!(fix.contains("larkspur platform connection list"), "{fix}");
    assert_eq!(doctor(&home, &["--connections", "2"]).code, 0);
    // A bot that listens over a connection hears nothing of what is posted.
    update(&home, &["--event-mode", "webhook"]);
    let found = doctor(&home, &["--connections", "2"]);
    found.only("event_mode", "the bot listens over a long connection");
}

#[test]
fn a_bot_that_waits_for_requests_is_told_when_none_come() {
    let home = Home::new();
    let receiver = Receiver::start(|posted| (200, posted.challenge().unwrap_or_default()));
    let found = doctor(&home, &["--via", "webhook", "--expect", "im.message.receive_v1"]);
    found.only("event_mode", "the bot waits for requests");
    update(&home, &["--event-mode", "webhook", "--request-url", &receiver.url]);
    let ways = |via: &[&str]| {
        let found = doctor(&home, &[&["--expect", "im.message.receive_v1"], via].concat());
        (found.code, found.with("warn").contains(&"event_mode"))
    };
    assert_eq!(ways(&["--via", "webhook"]), (0, false));
    assert_eq!(ways(&[]), (0, true), "it may be meant");
    assert_eq!(ways(&["--via", "long-connection"]), (1, false));
}

#[test]
fn an_address_that_fails_is_named_with_what_it_answered() {
    let home = Home::new();
    let receiver = Receiver::start(|posted| match posted.challenge() {
        Some(challenge) => (200, challenge),
        None => (500, "no".to_owned()),
    });
    update(&home, &["--event-mode", "webhook", "--request-url", &receiver.url]);
    home.data(&["trigger", "im.message.receive_v1"]);
    receiver.next();
    receiver.next();
    let settled = || home.data(&["deliveries", "list"])["items"][0]["state"] != "ready";
    while !settled() {}
    let found = doctor(&home, &["--via", "webhook", "--expect", "im.message.receive_v1"]);
    let fix = found.only("deliveries", &format!("{}: status 500", receiver.url));
    assert!(fix.contains("look at the log of the bot"), "{fix}");
}

#[test]
fn a_bot_in_no_group_may_be_meant_so() {
    let seed =
        "[[tenants]]\nname = \"T\"\n[[tenants.apps]]\nname = \"A\"\n[[tenants.users]]\nname = \"Ada\"\n";
    let home = Home::with(larkspur::Platform::builder().seed(seed));
    let found = doctor(&home, &[]);
    assert_eq!((found.code, found.with("warn")), (0, vec!["connections", "chats"]), "{:?}", found.checks);
    assert!(found.text("chats", "message").contains("in no group"), "{:?}", found.checks);
    assert!(found.text("chats", "fix").contains("im chat.members create"), "{:?}", found.checks);
}

#[test]
fn a_long_connection_is_opened_and_closed() {
    let home = Home::new();
    for _ in 0..3 {
        let found = doctor(&home, &[]);
        assert_eq!(found.text("long_connection", "message"), "it opens");
        // The one before is not counted.
        assert!(found.text("connections", "message").contains("no long connection is open"));
    }
    let receiver = Receiver::start(|posted| (200, posted.challenge().unwrap_or_default()));
    update(&home, &["--event-mode", "webhook", "--request-url", &receiver.url]);
    update(&home, &["--callback-mode", "webhook", "--callback-url", &receiver.url]);
    let found = doctor(&home, &[]);
    assert_eq!(found.text("long_connection", "message"), "the platform gives an address");
}

#[test]
fn what_lets_http_pass_and_no_websocket_is_named() {
    let home = Home::new();
    let gateway = Gateway::start(home.platform.base_url(), false);
    let found = doctor(&home, &["--base-url", &gateway]);
    let fix = found.only("long_connection", "no WebSocket opens: the handshake was answered 403 Forbidden");
    assert!(fix.contains("no proxy is in the way") && fix.contains(&gateway["http://".len()..]), "{fix}");

    // The platform has a name that only the proxy knows.
    let proxy = Gateway::start(home.platform.base_url(), true);
    let mut behind = home.command(&["doctor", "--base-url", "http://platform.example"]);
    behind.env("HTTP_PROXY", &proxy);
    let found = examined(behind);
    let proxy = &proxy["http://".len()..];
    assert_eq!((found.code, found.with("warn").contains(&"proxy")), (1, true), "{:?}", found.checks);
    assert_eq!(found.text("clock", "message"), "it goes as the platform's does");
    let (message, fix) = (found.text("long_connection", "message"), found.text("long_connection", "fix"));
    assert!(message.contains("no WebSocket opens"), "{message}");
    assert!(fix.contains(&format!("the proxy {proxy} pass WebSockets to platform.example:80")), "{fix}");
}

/// Stands before a platform and lets everything pass but WebSockets.
struct Gateway;

impl Gateway {
    /// Gives its address. As a proxy it first takes a `CONNECT`, to wherever.
    fn start(target: &str, is_proxy: bool) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let target = target.trim_start_matches("http://").to_owned();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let target = target.clone();
                std::thread::spawn(move || Self::carry(client, &target, is_proxy));
            }
        });
        url
    }

    fn carry(mut client: TcpStream, target: &str, is_proxy: bool) -> std::io::Result<()> {
        let mut buffer = [0; 16 * 1024];
        if is_proxy {
            let read = client.read(&mut buffer)?;
            assert!(buffer[..read].starts_with(b"CONNECT platform.example:80 "), "a tunnel is asked for");
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        }
        let mut server = TcpStream::connect(target)?;
        let (mut from, mut to) = (server.try_clone()?, client.try_clone()?);
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        while let read @ 1.. = client.read(&mut buffer)? {
            if buffer[..read].starts_with(b"GET /ws/") {
                client.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")?;
                server.shutdown(Shutdown::Both)?;
                return client.shutdown(Shutdown::Both);
            }
            server.write_all(&buffer[..read])?;
        }
        server.shutdown(Shutdown::Both)
    }
}

/// A platform that lets everyone in and knows nothing else, an hour behind.
fn slow_platform() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or_default();
            let asked = String::from_utf8_lossy(&head[..read]).into_owned();
            let body = if asked.contains("/tenant_access_token/") {
                json!({"code": 0, "tenant_access_token": "t-1", "expire": 7200})
            } else if asked.contains("/v6/applications/") {
                json!({"code": 0, "data": {"app": {
                    "app_name": "Bot", "status": 1, "scopes": [{"scope": "im:message.p2p_msg", "token_types": ["tenant"]}],
                    "event": {"subscription_type": "webhook", "request_url": "https://bot.example", "subscribed_events": []},
                    "callback_info": {"callback_type": "websocket", "subscribed_callbacks": ["card.action.trigger"]},
                }}})
            } else if asked.contains("/bot/v3/info") {
                json!({"code": 11205, "msg": "app do not have bot"})
            } else {
                json!({"code": 1, "msg": "not here"})
            }
            .to_string();
            let date = "Fri, 20 Nov 2020 00:00:00 GMT";
            let head = format!(
                "HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        }
    });
    url
}

#[test]
fn the_public_api_tells_a_lot_too() {
    let home = Home::new();
    let url = slow_platform();
    let found = doctor(&home, &["--base-url", &url, "--timeout", "5s", "--via", "long-connection"]);
    let failed = found.with("fail");
    assert_eq!(
        failed,
        ["clock", "bot", "long_connection", "event_mode", "events", "scopes"],
        "{:?}",
        found.checks
    );
    assert!(found.text("clock", "message").ends_with("s ahead of the platform"), "{:?}", found.checks);
    assert!(found.text("events", "fix").contains("developer console"), "{:?}", found.checks);
    assert!(found.with("skip").contains(&"deliveries"), "{:?}", found.checks);
}

#[test]
fn a_platform_that_is_not_reached_ends_it() {
    let home = Home::new();
    let found = doctor(&home, &["--base-url", "http://127.0.0.1:9", "--timeout", "500ms"]);
    assert!(found.only("platform", "127.0.0.1:9").contains("larkspur serve"));
    assert_eq!(found.with("skip"), ["clock"]);
    // Nothing listens there either, and a proxy is the likelier cause.
    let mut behind = home.command(&["doctor", "--base-url", "http://platform.example", "--timeout", "500ms"]);
    behind.env("HTTP_PROXY", "http://user:secret@127.0.0.1:9");
    let found = examined(behind);
    assert_eq!((found.with("warn"), found.with("fail")), (vec!["proxy"], vec!["platform"]));
    assert!(found.text("proxy", "message").contains("through 127.0.0.1:9"), "{:?}", found.checks);
    assert!(found.text("platform", "fix").contains("127.0.0.1:9"), "{:?}", found.checks);
    assert!(!format!("{:?}", found.checks).contains("secret@"), "{:?}", found.checks);
}
