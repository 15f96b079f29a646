//! The program as people and scripts run it.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod calls;
mod cards;
mod child;
mod configuration;
mod conformance;
mod consume;
mod doctor;
mod durability;
mod events;
mod failures;
mod fidelity;
mod help;
mod listen;
mod logins;
mod messages;
mod messages_search;
mod proxy;
mod quickstart;
mod receiver;
mod serve;
mod skill;
mod tokens;
mod uploads;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use larkspur::Platform;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A platform in this process, and an empty home directory for the program.
struct Home {
    folder: TempDir,
    platform: Platform,
    /// The address under which the program reaches the platform, if it is another.
    through: Option<String>,
    /// The platform runs in it.
    _runtime: Runtime,
}

/// What a run of the program left behind.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// The program, in an environment that holds nothing but a home directory.
fn larkspur(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larkspur"));
    command.env_clear().env("HOME", home).env("TZ", "UTC").current_dir(home).stdin(Stdio::null());
    command
}

fn ran(mut command: Command) -> Ran {
    let output = command.output().expect("the program runs");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
    }
}

/// Runs the program with bytes on its stdin.
fn fed(mut command: Command, stdin: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(stdin).expect("stdin is read");
    let output = child.wait_with_output().expect("the program ends");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
    }
}

impl Home {
    fn new() -> Self {
        Self::with(Platform::builder())
    }

    fn with(builder: larkspur::PlatformBuilder) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let platform = runtime.block_on(builder.start()).expect("the platform starts");
        Self { folder: tempfile::tempdir().expect("a folder"), platform, through: None, _runtime: runtime }
    }

    /// The program with the platform's credentials in its environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let workspace = self.platform.workspace();
        let mut command = larkspur(self.folder.path());
        command
            .env("LARKSPUR_BASE_URL", self.through.as_deref().unwrap_or(self.platform.base_url()))
            .env("LARKSPUR_APP_ID", &workspace.app_id)
            .env("LARKSPUR_APP_SECRET", &workspace.app_secret)
            .args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments))
    }

    /// The `data` of a run that has to succeed.
    fn data(&self, arguments: &[&str]) -> Value {
        self.run(arguments).data()
    }

    fn chat_id(&self) -> &str {
        &self.platform.workspace().chat_id
    }

    /// Puts a file into the home directory.
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Text with what differs between runs replaced by its name.
    fn named(&self, text: &str) -> String {
        let workspace = self.platform.workspace();
        let mut text = text.replace(self.platform.base_url(), "[base_url]");
        text = text.replace(&workspace.chat_id, "[chat_id]").replace(&workspace.app_id, "[app_id]");
        for (number, user) in workspace.users.iter().enumerate() {
            text = text.replace(&user.open_id, &format!("[open_id {number}]"));
        }
        text.replace(&self.folder.path().display().to_string(), "[home]")
    }
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }

    fn data(&self) -> Value {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        let answer = self.json();
        assert_eq!((&answer["ok"], &answer["code"]), (&Value::Bool(true), &Value::from(0)));
        answer["data"].clone()
    }

    /// The `error` of a run that has to fail with nothing on stdout.
    fn error(&self) -> Value {
        assert_ne!(self.code, 0, "{}", self.stdout);
        assert_eq!(self.stdout, "", "a failure prints no data");
        let answer: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {}", self.stderr));
        assert_eq!(answer["ok"], false);
        answer["error"].clone()
    }
}

/// A picture of one pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0xf8, 0xff, 0xff, 0xff, 0x7f, 0, 0x09, 0xfb, 0x03, 0xfd, 0x05, 0x43, 0x45, 0xca, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];
