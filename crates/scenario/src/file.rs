//! The files: what may stand in them. An unknown key is an error.

use std::collections::{BTreeMap, BTreeSet};

use larkspur_api::endpoint::{self, Meta};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A file of scenarios that share how they begin.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// What all of them need besides the roles that their steps name.
    #[serde(default)]
    needs: Vec<Need>,
    /// What is done first in each.
    #[serde(default)]
    setup: Vec<Step>,
    scenarios: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    title: String,
    #[serde(default)]
    needs: Vec<Need>,
    steps: Vec<Step>,
    /// What is done at the end, whatever happened: it takes back what would disturb others.
    #[serde(default)]
    after: Vec<Step>,
}

/// What a server must have that not every server has.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Need {
    /// The API below `/_larkspur/v1`: acting as users, changing apps.
    Platform,
    /// The published limits on how often something may be called. A platform can be started without them.
    Pace,
}

/// A scenario: steps, done in order until one is not as it should be.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// `im/v1/message/create: a text over 150 KB is refused`: the file and the title.
    pub name: String,
    pub(crate) needs: BTreeSet<Need>,
    pub(crate) steps: Vec<Step>,
    pub(crate) after: Vec<Step>,
}

impl Scenario {
    /// Whether it is about how often something may be called, so that a server without such limits cannot be judged.
    pub fn needs_pace(&self) -> bool {
        self.needs.contains(&Need::Pace)
    }
}

/// A request, and what has to come of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// The endpoint, by id.
    pub(crate) call: Option<String>,
    /// Or method and path, for what no endpoint would make: `POST /open-apis/im/v1/nothing`.
    pub(crate) send: Option<String>,
    /// The role that calls: an app, a user with a token, or `nobody`.
    #[serde(rename = "as", default = "main_app")]
    pub(crate) role: String,
    /// A token to send instead of the role's.
    pub(crate) token: Option<String>,
    /// The fields of the request.
    #[serde(default)]
    pub(crate) with: Map<String, Value>,
    /// The body as it is, instead of one made of the fields.
    pub(crate) raw: Option<String>,
    /// How often. `$n` counts from 1; what is kept becomes a list.
    pub(crate) times: Option<usize>,
    /// What to keep of the answer: variables, each with the JSON pointer to its value.
    #[serde(default)]
    pub(crate) keep: BTreeMap<String, String>,
    /// What the answer must have at least.
    pub(crate) answer: Option<Value>,
    /// The code that it must be refused with.
    pub(crate) refused: Option<i64>,
    /// The HTTP status, where it is not the documented one.
    pub(crate) status: Option<u16>,
    /// What the text of the refusal must contain.
    pub(crate) msg: Option<String>,
    /// The field that a refusal must name.
    pub(crate) field: Option<String>,
    /// How many seconds it may take until it is so. It is asked again and again.
    pub(crate) within: Option<u64>,
    /// The documented limits that this step shows, by their ids in the catalogue.
    #[serde(default)]
    pub(crate) proves: Vec<String>,
}

fn main_app() -> String {
    "main".to_owned()
}

impl Step {
    /// The endpoint that is called, if one is.
    pub(crate) fn meta(&self) -> Option<&'static Meta> {
        endpoint::find(self.call.as_deref()?)
    }
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// It is not YAML of the form expected.
    #[error("{file}.yaml: {message}")]
    Yaml {
        /// The file.
        file: String,
        /// Why, with the place.
        message: String,
    },
    /// A step cannot be done.
    #[error("{scenario}, step {step}: {why}")]
    Step {
        /// The scenario.
        scenario: String,
        /// The step, from 1.
        step: usize,
        /// Why.
        why: String,
    },
    /// Two scenarios of a file have the same title.
    #[error("{0}: there are two of this name")]
    Twice(String),
}

/// Reads a file. `file` is its name without the ending.
pub fn parse(file: &str, text: &str) -> Result<Vec<Scenario>, ParseError> {
    // Otherwise `content: yes` would be a truth and not a word.
    let options = serde_saphyr::options! { strict_booleans: true };
    let read: File = serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| ParseError::Yaml { file: file.to_owned(), message: error.to_string() })?;
    let mut names = BTreeSet::new();
    let scenarios = read.scenarios.into_iter().map(|entry| {
        let name = format!("{file}: {}", entry.title);
        if !names.insert(name.clone()) {
            return Err(ParseError::Twice(name));
        }
        let steps: Vec<_> = read.setup.iter().cloned().chain(entry.steps).collect();
        let mut needs: BTreeSet<_> = read.needs.iter().copied().chain(entry.needs).collect();
        for (number, step) in (1..).zip(steps.iter().chain(&entry.after)) {
            let wrong = |why: String| ParseError::Step { scenario: name.clone(), step: number, why };
            check(step).map_err(wrong)?;
            if step.meta().is_some_and(Meta::is_own) {
                needs.insert(Need::Platform);
            }
        }
        Ok(Scenario { name, needs, steps, after: entry.after })
    });
    scenarios.collect()
}

fn check(step: &Step) -> Result<(), String> {
    match (&step.call, &step.send) {
        (Some(id), None) => {
            if endpoint::find(id).is_none() {
                return Err(format!("there is no endpoint {id}"));
            }
        }
        (None, Some(line)) => {
            let path = line.split_once(' ').map_or("", |(_, path)| path);
            if !path.starts_with('/') {
                return Err(format!("`send` is a method and a path, not {line:?}"));
            }
        }
        _ => return Err("it has either `call` or `send`".to_owned()),
    }
    if step.refused.is_none() && (step.msg.is_some() || step.field.is_some()) {
        return Err("`msg` and `field` belong to `refused`".to_owned());
    }
    if step.refused.is_some() && !step.keep.is_empty() {
        return Err("there is nothing to keep of a refusal".to_owned());
    }
    Ok(())
}
