//! Runs scenarios.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use http::{HeaderMap, Method, Request, header::CONTENT_TYPE};
use larkspur::{Client, Error};
use serde_json::Value;
use tokio::time::Instant;

use crate::{
    credentials::Credentials,
    expect,
    file::{Need, Scenario, Step},
    person::People,
    report::{Failed, Outcome, Report, Result as Ended, Seen},
    request::{Prepared, cut, read},
    template::{self, Variables},
};

/// How long a step waits in all when the server says that it is called too often.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long is waited before an answer that may change is asked for again.
const AGAIN: Duration = Duration::from_millis(20);

/// The codes of being called too often.
const TOO_OFTEN: [i64; 2] = [99_991_400, 230_020];

/// Runs scenarios against a server, one after the other.
pub struct Runner {
    client: Client,
    people: People,
    has: BTreeSet<Need>,
}

/// Why a scenario ends before its last step.
pub(crate) enum Stop {
    /// It cannot be judged here.
    Skipped(String),
    /// It cannot be done as it is written, or the server does not even do what it needs.
    Wrong(String),
    /// A step is not as it should be.
    Failed(Box<Failed>),
}

/// What came back.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

/// What is not as it should be.
struct Mismatch {
    expected: String,
    got: String,
}

impl Runner {
    /// Looks at a server.
    pub async fn new(base_url: &str, credentials: Credentials) -> Result<Self, Error> {
        let client = Client::with_token("").base_url(base_url).retry(false).build()?;
        let people = People::new(client.clone(), credentials);
        let mut runner = Self { client, people, has: BTreeSet::from([Need::Pace]) };
        let asked = Request::builder().method(Method::GET).uri("/_larkspur/v1/apps").body(Default::default());
        let asked = asked.map_err(|error| Error::Config(error.to_string()))?;
        if runner.client.exchange(asked).await?.status().is_success() {
            runner.has.insert(Need::Platform);
            runner.people.gives_tokens = true;
        }
        Ok(runner)
    }

    /// Says that the server does not limit how often it is called.
    pub fn without_pace(mut self) -> Self {
        self.has.remove(&Need::Pace);
        self
    }

    /// Runs scenarios and tells of each as it ends.
    pub async fn run_all(&mut self, scenarios: &[Scenario], mut tell: impl FnMut(&Ended)) -> Report {
        let mut report = Report::default();
        for scenario in scenarios {
            let ended = self.run(scenario).await;
            tell(&ended);
            report.add(ended);
        }
        report
    }

    /// Runs a scenario.
    pub async fn run(&mut self, scenario: &Scenario) -> Ended {
        let mut seen = Vec::new();
        let mut outcome = Outcome::Passed;
        if let Some(missing) = scenario.needs.difference(&self.has).next() {
            let reason = match missing {
                Need::Platform => "the server has no API below /_larkspur/v1",
                Need::Pace => "the server does not limit how often it is called",
            };
            outcome = Outcome::Skipped { reason: reason.to_owned() };
        } else {
            let mut variables = Variables::new();
            let begun = self.steps(1, &scenario.steps, &mut variables, &mut seen).await;
            let last = scenario.steps.len() + 1;
            let ended = self.steps(last, &scenario.after, &mut variables, &mut seen).await;
            if let Err((step, stop)) = begun.and(ended) {
                outcome = self.outcome(step, stop);
            }
        }
        Ended { name: scenario.name.clone(), outcome, seen }
    }

    fn outcome(&self, step: usize, stop: Stop) -> Outcome {
        match stop {
            Stop::Skipped(reason) => Outcome::Skipped { reason },
            Stop::Failed(mut failed) => {
                for text in [&mut failed.request, &mut failed.body, &mut failed.expected, &mut failed.got] {
                    *text = self.people.harmless(text);
                }
                Outcome::Failed(Failed { step, ..*failed })
            }
            Stop::Wrong(why) => Outcome::Failed(Failed {
                step,
                request: "nothing was sent".to_owned(),
                body: String::new(),
                expected: "a step that can be done".to_owned(),
                got: self.people.harmless(&why),
                log_id: None,
            }),
        }
    }

    async fn steps(
        &mut self,
        first: usize,
        steps: &[Step],
        variables: &mut Variables,
        seen: &mut Vec<Seen>,
    ) -> Result<(), (usize, Stop)> {
        for (number, step) in (first..).zip(steps) {
            self.step(step, variables, seen).await.map_err(|stop| (number, stop))?;
            seen.extend(step.proves.iter().cloned().map(Seen::Limit));
        }
        Ok(())
    }

    async fn step(
        &mut self,
        step: &Step,
        variables: &mut Variables,
        seen: &mut Vec<Seen>,
    ) -> Result<(), Stop> {
        let mut kept: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for n in 1..=step.times.unwrap_or(1) {
            variables.insert("n".to_owned(), n.into());
            let data = self.once(step, variables, seen).await?;
            for (name, pointer) in &step.keep {
                let value = data.pointer(pointer).cloned().ok_or_else(|| {
                    Stop::Wrong(format!("the answer has no {pointer} to keep: {}", cut(&data.to_string())))
                })?;
                kept.entry(name).or_default().push(value);
            }
        }
        for (name, mut values) in kept {
            let value = match step.times {
                Some(_) => Value::Array(values),
                None => values.pop().unwrap_or_default(),
            };
            variables.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// Sends a request, as often as it takes, and gives what stands under `data`.
    async fn once(
        &mut self,
        step: &Step,
        variables: &Variables,
        seen: &mut Vec<Seen>,
    ) -> Result<Value, Stop> {
        let caller = self.people.caller(&step.role)?;
        let mut filled = variables.clone();
        for name in names(step) {
            if self.people.knows(&name) {
                let value = self.people.property(&name, &caller).await?;
                filled.insert(name, value);
            }
        }
        let prepared = Prepared::new(step, &filled).map_err(Stop::Wrong)?;
        let wanted = step.answer.as_ref().map(|answer| template::value(answer, &filled)).transpose();
        let wanted = wanted.map_err(Stop::Wrong)?;
        let token = match &step.token {
            Some(token) => Some(template::text(token, &filled).map_err(Stop::Wrong)?),
            None if prepared.meta.is_some_and(|meta| !meta.needs_token()) => None,
            None => self.people.token(&caller).await?,
        };
        let started = Instant::now();
        loop {
            let answer = self.send(&prepared, token.as_deref()).await.map_err(Stop::Wrong)?;
            if is_too_often(&answer, step) && started.elapsed() < PATIENCE {
                tokio::time::sleep(pause(&answer)).await;
                continue;
            }
            let mismatch = match judge(step, &prepared, wanted.as_ref(), &answer) {
                Ok(()) => {
                    seen.extend(step.refused.map(|code| seen_refusal(&prepared, code, &answer)));
                    return Ok(data_of(&prepared, &answer).clone());
                }
                Err(mismatch) => mismatch,
            };
            if step.within.is_some_and(|seconds| started.elapsed() < Duration::from_secs(seconds)) {
                // Something that must come to be refused is asked for as fast as can be.
                tokio::time::sleep(if step.refused.is_some() { Duration::ZERO } else { AGAIN }).await;
                continue;
            }
            return Err(Stop::Failed(Box::new(Failed {
                step: 0,
                request: format!("{} {} as {}", prepared.method, cut(&prepared.target), step.role),
                body: cut(&prepared.shown),
                expected: mismatch.expected,
                got: mismatch.got,
                log_id: log_id(&answer.headers),
            })));
        }
    }

    async fn send(&self, prepared: &Prepared, token: Option<&str>) -> Result<Answer, String> {
        let request = prepared.request(token)?;
        let response = self.client.exchange(request).await.map_err(|error| error.to_string())?;
        let (head, bytes) = response.into_parts();
        let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let body = read(content_type.unwrap_or_default(), &bytes);
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }
}

fn seen_refusal(prepared: &Prepared, code: i64, answer: &Answer) -> Seen {
    let path = prepared.target.split_once('?').map_or(prepared.target.as_str(), |(path, _)| path);
    let msg = answer.body["msg"].as_str().unwrap_or_default().to_owned();
    Seen::Refusal { method: prepared.method.clone(), path: path.to_owned(), code, msg }
}

/// Every variable that a step names.
fn names(step: &Step) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for value in step.with.values().chain(&step.answer) {
        template::names_in(value, &mut names);
    }
    for text in [&step.send, &step.raw, &step.token].into_iter().flatten() {
        template::names_in_text(text, &mut names);
    }
    names
}

fn judge(step: &Step, prepared: &Prepared, wanted: Option<&Value>, answer: &Answer) -> Result<(), Mismatch> {
    let got = || told(answer);
    let code = answer.body.get("code").and_then(Value::as_i64).unwrap_or_default();
    let documented = || {
        let codes = prepared.meta.map_or(&[][..], |meta| meta.errors);
        codes.iter().find(|code| Some(code.number) == step.refused).map(|code| code.status)
    };
    let status = step.status.or_else(|| if step.refused.is_some() { documented() } else { Some(200) });
    if status.is_some_and(|status| status != answer.status) || code != step.refused.unwrap_or_default() {
        let status = status.map_or(String::new(), |status| format!("{status}, "));
        let expected = match step.refused {
            Some(code) => format!("{status}refused with {code}"),
            None => "success".to_owned(),
        };
        return Err(Mismatch { expected, got: got() });
    }
    if let Some(part) = &step.msg
        && !answer.body["msg"].as_str().is_some_and(|msg| msg.contains(part.as_str()))
    {
        return Err(Mismatch { expected: format!("`msg` with {part:?}"), got: got() });
    }
    if let Some(field) = &step.field
        && !answer.body["error"]["field_violations"]
            .as_array()
            .is_some_and(|violations| violations.iter().any(|one| one["field"] == field.as_str()))
    {
        return Err(Mismatch { expected: format!("`field_violations` with {field:?}"), got: got() });
    }
    let missing = wanted.and_then(|wanted| expect::missing("", wanted, Some(data_of(prepared, answer))));
    missing.map_or(Ok(()), |missing| Err(Mismatch { expected: cut(&missing), got: got() }))
}

/// An answer for people: of a refusal what was refused, and why.
fn told(answer: &Answer) -> String {
    match answer.body.get("code").and_then(Value::as_i64) {
        Some(code) if code != 0 => {
            let msg = answer.body["msg"].as_str().unwrap_or_default();
            let violations = answer.body["error"].get("field_violations");
            let violations = violations.map_or(String::new(), |list| format!(" {}", cut(&list.to_string())));
            format!("{} {code} {msg}{violations}", answer.status)
        }
        _ => format!("{} {}", answer.status, cut(&answer.body.to_string())),
    }
}

/// What stands under `data`, or the whole answer where it is flat or bytes.
fn data_of<'a>(prepared: &Prepared, answer: &'a Answer) -> &'a Value {
    match answer.body.get("data") {
        Some(data) if prepared.meta.is_none_or(|meta| !meta.flat) => data,
        _ => &answer.body,
    }
}

fn is_too_often(answer: &Answer, step: &Step) -> bool {
    let code = answer.body.get("code").and_then(Value::as_i64).unwrap_or_default();
    step.refused != Some(code) && TOO_OFTEN.contains(&code)
}

/// How long to wait, as the answer says.
fn pause(answer: &Answer) -> Duration {
    let header = answer.headers.get("x-ogw-ratelimit-reset").and_then(|value| value.to_str().ok());
    Duration::from_secs(header.and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, 60))
}

fn log_id(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-tt-logid").or_else(|| headers.get("x-request-id"))?;
    value.to_str().ok().map(str::to_owned)
}
