//! The public tools that measure, and a platform to measure.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use larkspur_server::Ready;
use serde_json::Value;
use tempfile::TempDir;

use super::Programs;

pub(crate) fn is_there(tool: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {tool}")]).stdout(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

/// The median wall time of each command, in ms: `hyperfine -N`.
pub(crate) fn hyperfine(
    commands: &[String],
    runs: usize,
    environment: &[(String, String)],
) -> Result<Vec<f64>> {
    let export = tempfile::NamedTempFile::new()?;
    let mut command = Command::new("hyperfine");
    command
        .args(["--shell=none", "--ignore-failure", "--warmup", "5", "--runs", &runs.to_string()])
        .args(["--style", "none", "--export-json"])
        .arg(export.path())
        .args(commands)
        .envs(environment.iter().cloned())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    ensure!(command.status()?.success(), "hyperfine failed: {commands:?}");
    let report: Value = serde_json::from_slice(&std::fs::read(export.path())?)?;
    let results = report["results"].as_array().context("hyperfine's report")?;
    let medians: Option<Vec<f64>> =
        results.iter().map(|one| Some(one["median"].as_f64()? * 1000.0)).collect();
    medians.context("hyperfine's report")
}

/// What `wrk` saw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    /// Requests a second.
    pub(crate) rate: f64,
    /// Latencies in ms.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) requests: u64,
}

/// Tells the figures in a form that is read here, and fails on answers that are no success.
const DONE: &str = r#"
function done(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("FIGURES %d %d %f %f %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), wrong))
end
"#;

/// Runs `wrk` with a script for so many seconds.
pub(crate) fn wrk(url: &str, connections: u32, seconds: u32, script: &str) -> Result<Load> {
    let mut file = tempfile::Builder::new().suffix(".lua").tempfile()?;
    file.write_all(script.as_bytes())?;
    file.write_all(DONE.as_bytes())?;
    let output = Command::new("wrk")
        .args(["-t1", &format!("-c{connections}"), &format!("-d{seconds}s"), "--timeout", "10s", "-s"])
        .arg(file.path())
        .arg(url)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("FIGURES ")).context(text.clone())?;
    let figures: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [requests, duration, p50, p99, wrong] = figures.as_slice() else { anyhow::bail!("{line}") };
    ensure!(*wrong == 0.0, "{wrong} requests failed: {text}");
    Ok(Load {
        rate: requests / (duration / 1e6),
        p50: p50 / 1000.0,
        p99: p99 / 1000.0,
        requests: *requests as u64,
    })
}

/// A platform on disk, in a process of its own.
pub(crate) struct Serve {
    child: Child,
    pub(crate) ready: Ready,
    pub(crate) folder: TempDir,
    pub(crate) token: String,
}

impl Serve {
    pub(crate) fn start(programs: &Programs) -> Result<Self> {
        let folder = folder()?;
        let mut child = Command::new(&programs.larkspur)
            .args(["serve", "--addr", "127.0.0.1:0", "--no-rate-limit", "--log", "error", "--data"])
            .arg(folder.path().join("data"))
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("a pipe")?).read_line(&mut line)?;
        let ready: Ready = serde_json::from_str(&line)?;
        let mut serve = Self { child, ready, folder, token: String::new() };
        let credentials = format!(
            r#"{{"app_id":"{}","app_secret":"{}"}}"#,
            serve.ready.workspace.app_id, serve.ready.workspace.app_secret
        );
        let url = serve.url("auth/v3/tenant_access_token/internal");
        let output = Command::new("curl").args(["-s", &url, "-d", &credentials]).output()?;
        let answer: Value = serde_json::from_slice(&output.stdout)?;
        answer["tenant_access_token"].as_str().context("a token")?.clone_into(&mut serve.token);
        Ok(serve)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/open-apis/{path}", self.ready.base_url)
    }

    pub(crate) fn chat_id(&self) -> &str {
        &self.ready.workspace.chat_id
    }

    /// The environment in which `larkspur` talks to it.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let workspace = &self.ready.workspace;
        let home = self.folder.path().display().to_string();
        [
            ("LARKSPUR_BASE_URL", self.ready.base_url.clone()),
            ("LARKSPUR_APP_ID", workspace.app_id.clone()),
            ("LARKSPUR_APP_SECRET", workspace.app_secret.clone()),
            ("HOME", home),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// Resident memory, in MB.
    pub(crate) fn memory(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
        let kb: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kb / 1024.0)
    }

    /// A Lua script for `wrk` that sends a new text with every request.
    pub(crate) fn sends(&self) -> String {
        let to = format!(r#""receive_id":"{}""#, self.chat_id());
        self.texts("/open-apis/im/v1/messages?receive_id_type=chat_id", &to)
    }

    /// The same, in the thread below a message.
    pub(crate) fn replies(&self, message_id: &str) -> String {
        self.texts(&format!("/open-apis/im/v1/messages/{message_id}/reply"), r#""reply_in_thread":true"#)
    }

    fn texts(&self, path: &str, to: &str) -> String {
        format!(
            r#"local n = 0
local headers = {{ ["Authorization"] = "Bearer {token}", ["Content-Type"] = "application/json" }}
function request()
  n = n + 1
  local body = '{{{to},"msg_type":"text","content":"{{\\"text\\":\\"message ' .. n .. '\\"}}","uuid":"' .. prefix .. n .. '"}}'
  return wrk.format("POST", "{path}", headers, body)
end
function init(args) prefix = tostring(os.time()) .. "-" .. tostring(os.clock()) .. "-" end
"#,
            token = self.token,
        )
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder on the disk that builds go to: the system's own may be in memory.
pub(crate) fn folder() -> Result<TempDir> {
    let target = std::env::current_exe()?.parent().map(PathBuf::from).unwrap_or_default();
    Ok(tempfile::tempdir_in(target)?)
}

/// A file with a picture of this size.
pub(crate) fn picture(folder: &Path, bytes: usize) -> Result<PathBuf> {
    const PNG: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0,
        0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
    ];
    let mut picture = PNG.to_vec();
    picture.extend((picture.len()..bytes).map(|at| (at % 251) as u8));
    let path = folder.join(format!("{bytes}.png"));
    std::fs::write(&path, picture)?;
    Ok(path)
}
