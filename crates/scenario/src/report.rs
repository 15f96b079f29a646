//! What came of the scenarios.

use serde::Serialize;

/// What came of all of them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// How many hold.
    pub passed: usize,
    /// How many do not.
    pub failed: usize,
    /// How many could not be judged.
    pub skipped: usize,
    /// Each of them.
    pub scenarios: Vec<Result>,
}

/// What came of a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Result {
    /// The scenario.
    pub name: String,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What was seen to be as it should be, in the steps that were done.
    #[serde(skip)]
    pub seen: Vec<Seen>,
}

/// What came of a scenario.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not.
    Failed(Failed),
    /// It could not be judged.
    Skipped {
        /// What is missing.
        reason: String,
    },
}

/// Where a scenario ended, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    /// The step, from 1; those after the end begin again behind the last one.
    pub step: usize,
    /// The request: method, target and role.
    pub request: String,
    /// Its body, shortened.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// What had to come of it.
    pub expected: String,
    /// What came of it.
    pub got: String,
    /// Names the call to the platform's support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_id: Option<String>,
}

/// Something documented that was seen to be so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// A refusal.
    Refusal {
        /// The method.
        method: String,
        /// The path.
        path: String,
        /// The code.
        code: i64,
        /// The text.
        msg: String,
    },
    /// A limit, by its id in the catalogue.
    Limit(String),
}

impl Report {
    pub(crate) fn add(&mut self, result: Result) {
        match result.outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(_) => self.failed += 1,
            Outcome::Skipped { .. } => self.skipped += 1,
        }
        self.scenarios.push(result);
    }

    /// Adds what came of others.
    pub fn merge(&mut self, other: Self) {
        other.scenarios.into_iter().for_each(|result| self.add(result));
    }
}

impl std::fmt::Display for Result {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.outcome {
            Outcome::Passed => write!(f, "pass  {}", self.name),
            Outcome::Skipped { reason } => write!(f, "skip  {}: {reason}", self.name),
            Outcome::Failed(failed) => {
                writeln!(f, "FAIL  {}", self.name)?;
                writeln!(f, "      step {}: {}", failed.step, failed.request)?;
                if !failed.body.is_empty() {
                    writeln!(f, "      sent      {}", failed.body)?;
                }
                writeln!(f, "      expected  {}", failed.expected)?;
                write!(f, "      got       {}", failed.got)?;
                failed.log_id.iter().try_for_each(|log_id| write!(f, " (log id {log_id})"))
            }
        }
    }
}
