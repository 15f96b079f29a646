//! `larkspur serve`: starting, being ready, ending.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Stdio},
};

use larkspur::Ready;

use crate::{larkspur, ran};

/// A platform in a process of its own.
pub(crate) struct Serve {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) ready: Ready,
}

impl Serve {
    pub(crate) fn start(home: &Path, arguments: &[&str]) -> Self {
        let mut command = larkspur(home);
        command.args(["serve", "--addr", "127.0.0.1:0"]).args(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the platform starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let ready = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        Self { child, stdout, ready }
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Sends SIGTERM, and gives the exit code and what else was printed.
    #[cfg(unix)]
    pub(crate) fn terminate(mut self) -> (Option<i32>, String) {
        let kill = std::process::Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
        let status = self.child.wait().expect("it ends");
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("UTF-8");
        (status.code(), rest)
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn it_says_when_it_is_ready_and_ends_when_asked() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let serve = Serve::start(home.path(), &["--memory", "--ready-file", "ready.json"]);
    let ready = &serve.ready;
    assert!(ready.base_url.starts_with("http://127.0.0.1:"), "{ready:?}");
    assert_eq!(ready.workspace.users.len(), 4);
    let file = home.path().join("ready.json");
    let text = std::fs::read_to_string(&file).expect("the ready file");
    assert_eq!(&serde_json::from_str::<Ready>(&text).expect("JSON"), ready);
    assert_eq!(file.metadata().expect("metadata").permissions().mode() & 0o777, 0o600);
    let names: Vec<String> = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text)
        .expect("JSON")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "base_url",
            "console_url",
            "app_id",
            "app_secret",
            "tenant_key",
            "chat_id",
            "users",
            "encrypt_key",
            "verification_token"
        ]
    );
    assert_eq!(serve.terminate(), (Some(0), String::new()));
}

#[test]
fn an_address_that_others_reach_has_to_be_meant() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.args(["serve", "--memory", "--addr", "0.0.0.0:0"]);
    let ran = ran(command);
    assert_eq!(ran.code, 6, "{}", ran.stderr);
    let message = ran.error()["message"].as_str().expect("a message").to_owned();
    assert!(
        message.contains("--allow-remote") && message.contains("reads and writes every chat")
            || message.contains("read and write every chat"),
        "{message}"
    );
}

#[test]
fn a_seed_describes_another_workspace() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.args(["serve", "--print-seed"]);
    let seed = ran(command).stdout.replace("Larkspur Garden", "Another");
    std::fs::write(home.path().join("seed.toml"), &seed).expect("a file");
    let serve = Serve::start(home.path(), &["--data", "data", "--seed", "seed.toml"]);
    let name = |ready: &Ready| {
        let mut command = larkspur(home.path());
        command.args(["im", "chats", "get", "--chat-id", &ready.workspace.chat_id, "--jq", ".data.name"]);
        command
            .env("LARKSPUR_BASE_URL", &ready.base_url)
            .env("LARKSPUR_APP_ID", &ready.workspace.app_id)
            .env("LARKSPUR_APP_SECRET", &ready.workspace.app_secret);
        ran(command).stdout
    };
    assert_eq!(name(&serve.ready), "Another\n");
    // Two platforms on one folder would overwrite each other.
    let mut second = larkspur(home.path());
    second.args(["serve", "--addr", "127.0.0.1:0", "--data", "data"]);
    assert_ne!(ran(second).code, 0);
    serve.kill();
    // What is there is kept, and a seed that would be ignored is refused.
    let mut again = larkspur(home.path());
    again.args(["serve", "--addr", "127.0.0.1:0", "--data", "data", "--seed", "seed.toml"]);
    let refused = ran(again);
    assert!(
        refused.error()["message"]
            .as_str()
            .is_some_and(|message| message.contains("has a workspace already"))
    );
    let serve = Serve::start(home.path(), &["--data", "data"]);
    assert_eq!(name(&serve.ready), "Another\n");
}

#[test]
fn a_seed_that_does_not_read_is_refused() {
    let home = tempfile::tempdir().expect("a folder");
    for (seed, why) in [
        ("tenants = 1", "cannot be read"),
        ("[[tenants]]\nname = \"x\"\n[[tenants.groups]]\nname = \"g\"\nusers = [\"Nobody\"]\n", "Nobody"),
    ] {
        std::fs::write(home.path().join("seed.toml"), seed).expect("a file");
        let mut command = larkspur(home.path());
        command.args(["serve", "--memory", "--addr", "127.0.0.1:0", "--seed", "seed.toml"]);
        let ran = ran(command);
        assert_ne!(ran.code, 0);
        assert!(
            ran.error()["message"].as_str().is_some_and(|message| message.contains(why)),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn the_log_is_text_or_json_and_holds_no_secret() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.args(["serve", "--memory", "--addr", "127.0.0.1:0", "--log-format", "json", "--log", "trace"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let ready: Ready = serde_json::from_str(&line).expect("JSON");
    let mut client = larkspur(home.path());
    client.args(["im", "chats", "list"]);
    client
        .env("LARKSPUR_BASE_URL", &ready.base_url)
        .env("LARKSPUR_APP_ID", &ready.workspace.app_id)
        .env("LARKSPUR_APP_SECRET", &ready.workspace.app_secret);
    ran(client).data();
    child.kill().expect("killed");
    let log = String::from_utf8(child.wait_with_output().expect("gone").stderr).expect("UTF-8");
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    assert!(log.contains("im.v1.chat.list"), "{log}");
    assert!(!log.contains(&ready.workspace.app_secret), "the secret is in the log");
    assert!(!log.contains("Bearer") && !log.contains("t-"), "a token is in the log: {log}");
}
