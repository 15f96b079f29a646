//! The program while it runs.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use serde_json::Value;

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A run whose lines are read as they come.
pub(crate) struct Running {
    pub(crate) child: Child,
    stdin: Option<ChildStdin>,
    stdout: mpsc::Receiver<String>,
    stderr: mpsc::Receiver<String>,
    /// What stderr said so far.
    pub(crate) told: Vec<String>,
}

fn lines(from: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (lines, read) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            let Ok(line) = line else { return };
            if lines.send(line).is_err() {
                return;
            }
        }
    });
    read
}

impl Running {
    /// Starts it, with a stdin that stays open.
    pub(crate) fn start(command: Command) -> Self {
        Self::start_with(command, |child| child.stdout.take().expect("a pipe"))
    }

    /// Starts it, and does something with its stdout first.
    pub(crate) fn start_with<R: Read + Send + 'static>(
        mut command: Command,
        stdout: impl FnOnce(&mut Child) -> R,
    ) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdin = child.stdin.take();
        let stderr = lines(child.stderr.take().expect("a pipe"));
        let stdout = lines(stdout(&mut child));
        Self { child, stdin, stdout, stderr, told: Vec::new() }
    }

    /// Starts it, and waits until it says that it is ready.
    pub(crate) fn ready(command: Command) -> Self {
        let mut running = Self::start(command);
        running.hears("[event] ready");
        running
    }

    /// Waits for a line on stderr that begins so.
    pub(crate) fn hears(&mut self, start: &str) -> String {
        loop {
            match self.stderr.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.told.push(line.clone());
                    if line.starts_with(start) {
                        return line;
                    }
                }
                Err(error) => panic!("{start:?} was not said: {error}; {:?}", self.told),
            }
        }
    }

    /// Waits for a line on stdout.
    pub(crate) fn line(&mut self) -> String {
        self.stdout.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("no line: {error}; {:?}", self.told))
    }

    /// Waits for an event on stdout.
    pub(crate) fn event(&mut self) -> Value {
        serde_json::from_str(&self.line()).expect("a line of JSON")
    }

    /// Closes its stdin.
    pub(crate) fn close_stdin(&mut self) {
        drop(self.stdin.take());
    }

    /// Sends SIGTERM.
    #[cfg(unix)]
    pub(crate) fn terminate(&self) {
        let kill = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Waits for its end. Gives the exit code, and the lines of stdout that nobody read yet.
    pub(crate) fn end(&mut self) -> (Option<i32>, Vec<String>) {
        let status = self.child.wait().expect("it ends");
        let rest = self.stdout.iter().collect();
        self.told.extend(self.stderr.iter());
        (status.code(), rest)
    }

    /// The last line of stderr.
    pub(crate) fn last_word(&self) -> &str {
        self.told.last().map_or("", String::as_str)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
