//! What was looked at, and what was found.

use serde_json::{Map, Value};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It is as it should be.
    Pass,
    /// It may be as it should be.
    Warn,
    /// It is a reason to hear nothing.
    Fail,
    /// It cannot be looked at.
    Skip,
}

impl Status {
    const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Skip => "skip",
        }
    }

    const fn sign(self) -> char {
        match self {
            Self::Pass => '✓',
            Self::Warn => '!',
            Self::Fail => '✗',
            Self::Skip => '-',
        }
    }
}

/// One thing that was looked at.
#[derive(Debug)]
struct Check {
    name: &'static str,
    status: Status,
    message: String,
    fix: Option<String>,
}

/// All that was looked at.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Check>);

impl Report {
    pub(super) fn pass(&mut self, name: &'static str, message: impl Into<String>) {
        self.add(name, Status::Pass, message.into(), None);
    }

    pub(super) fn skip(&mut self, name: &'static str, message: impl Into<String>) {
        self.add(name, Status::Skip, message.into(), None);
    }

    pub(super) fn warn(&mut self, name: &'static str, message: impl Into<String>, fix: impl Into<String>) {
        self.add(name, Status::Warn, message.into(), Some(fix.into()));
    }

    pub(super) fn fail(&mut self, name: &'static str, message: impl Into<String>, fix: impl Into<String>) {
        self.add(name, Status::Fail, message.into(), Some(fix.into()));
    }

    fn add(&mut self, name: &'static str, status: Status, message: String, fix: Option<String>) {
        self.0.push(Check { name, status, message, fix: fix.filter(|fix| !fix.is_empty()) });
    }

    /// Whether nothing is wrong.
    pub(super) fn is_healthy(&self) -> bool {
        self.0.iter().all(|check| check.status != Status::Fail)
    }

    pub(super) fn to_json(&self) -> Value {
        let one = |check: &Check| {
            let mut out = Map::new();
            out.insert("name".to_owned(), check.name.into());
            out.insert("status".to_owned(), check.status.name().into());
            out.insert("message".to_owned(), check.message.clone().into());
            if let Some(fix) = &check.fix {
                out.insert("fix".to_owned(), fix.clone().into());
            }
            Value::from(out)
        };
        self.0.iter().map(one).collect()
    }

    /// The same for eyes.
    pub(super) fn to_text(&self) -> String {
        let widest = self.0.iter().map(|check| check.name.len()).max().unwrap_or_default();
        let mut text = String::new();
        for check in &self.0 {
            text.push_str(&format!("{} {:widest$}  {}\n", check.status.sign(), check.name, check.message));
            if let Some(fix) = &check.fix {
                text.push_str(&format!("  {:widest$}  → {fix}\n", ""));
            }
        }
        let count = |status| self.0.iter().filter(|check| check.status == status).count();
        text.push_str(&match (count(Status::Fail), count(Status::Warn)) {
            (0, 0) => "nothing is wrong".to_owned(),
            (0, warned) => format!("nothing is wrong, {warned} to look at"),
            (failed, _) => format!("{failed} wrong"),
        });
        text
    }
}
