//! A platform and the model of it, which take the same steps.

use std::{collections::HashMap, sync::Arc, time::Duration};

use larkspur_domain::ManualClock;
use larkspur_server::Platform;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Handle;

use crate::{
    agree::{Names, agree},
    chance::{Chance, Seeded},
    facts,
    generate::Next,
    op::{Bot, Op},
    reference::Model,
    request::{self, Request},
    wire::Wire,
};

/// When every script begins, in ms since 1970.
const START: i64 = 1_800_000_000_000;

/// A token is valid for two hours, and asking for one again gives a new one in the last half hour.
const TOKENS_FOR: i64 = 25 * 60 * 1000;

/// After so many steps all that there is is compared.
const AUDIT: usize = 500;

/// After so many steps a platform that keeps everything is started anew.
const RESTART: usize = 700;

/// A step and its number, by which others name what it made.
pub(crate) type Script = Vec<(usize, Op)>;

/// How often each kind of step was done and refused, and with which codes.
pub(crate) type Tally = std::collections::BTreeMap<(String, i64), usize>;

/// A step at which platform and model parted.
pub(crate) struct Parted {
    pub(crate) script: Script,
    pub(crate) how: String,
}

/// What makes one world differ from another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) seed: u64,
    /// Whether it is kept on disk, and survives restarts.
    pub(crate) kept: bool,
}

/// A platform and its model.
struct World<'a> {
    runtime: &'a Handle,
    kind: Kind,
    clock: Arc<ManualClock>,
    folder: Option<TempDir>,
    platform: Option<Platform>,
    wire: Option<Wire>,
    tokens: HashMap<Bot, String>,
    tokens_of: i64,
    names: Names,
    model: Model,
    tally: Tally,
}

/// Takes so many random steps.
pub(crate) fn explore(runtime: &Handle, kind: Kind, steps: usize) -> Result<Tally, Parted> {
    let mut world = World::new(runtime, kind);
    let mut chance = Chance::new(kind.seed);
    let mut script = Script::new();
    for step in 1..=steps {
        let number = script.len() + 1;
        let mut next = Next { model: &world.model, chance: &mut chance, step: number };
        let mut ops = vec![next.op()];
        if step.is_multiple_of(AUDIT) {
            ops.extend(next.audit());
        }
        if kind.kept && step.is_multiple_of(RESTART) {
            ops.push(Op::Restart);
        }
        for op in ops {
            let number = script.len() + 1;
            script.push((number, op));
            let (_, op) = &script[script.len() - 1];
            if let Err(how) = world.take(number, op) {
                return Err(Parted { script, how });
            }
        }
    }
    Ok(world.end())
}

/// Takes the steps of a script.
pub(crate) fn replay(runtime: &Handle, kind: Kind, script: &Script) -> Result<(), Parted> {
    let mut world = World::new(runtime, kind);
    for (at, (number, op)) in script.iter().enumerate() {
        if let Err(how) = world.take(*number, op) {
            return Err(Parted { script: script[..=at].to_vec(), how });
        }
    }
    world.end();
    Ok(())
}

impl<'a> World<'a> {
    fn new(runtime: &'a Handle, kind: Kind) -> Self {
        let mut world = Self {
            runtime,
            kind,
            clock: Arc::new(ManualClock::at(START)),
            folder: kind.kept.then(|| tempfile::tempdir().expect("a folder")),
            platform: None,
            wire: None,
            tokens: HashMap::new(),
            tokens_of: 0,
            names: Names::default(),
            model: Model::new(START),
            tally: Tally::new(),
        };
        world.start(true);
        world
    }

    fn start(&mut self, first: bool) {
        let mut builder = Platform::builder()
            .rate_limit(false)
            .clock(self.clock.clone())
            .entropy(Arc::new(Seeded::new(self.kind.seed ^ self.model.now.unsigned_abs())));
        if let Some(folder) = &self.folder {
            builder = builder.data(folder.path());
        }
        if first {
            builder = builder.seed(facts::SEED);
        }
        let platform = self.runtime.block_on(builder.start()).expect("the platform starts");
        self.wire = Some(Wire::open(platform.base_url()));
        self.platform = Some(platform);
    }

    fn stop(&mut self) {
        self.wire = None;
        if let Some(platform) = self.platform.take() {
            self.runtime.block_on(platform.stop());
        }
    }

    fn end(mut self) -> Tally {
        self.stop();
        std::mem::take(&mut self.tally)
    }

    /// Takes a step. The error says how platform and model part.
    fn take(&mut self, number: usize, op: &Op) -> Result<(), String> {
        match op {
            Op::Wait { ms } => {
                self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
                self.model.take(number, op);
                return Ok(());
            }
            Op::Restart => {
                self.stop();
                self.start(false);
                return Ok(());
            }
            _ => {}
        }
        let Some(request) = request::of(&self.names, op) else { return Ok(()) };
        let Some(expected) = self.model.take(number, op) else { return Ok(()) };
        let answer = self.send(&request)?;
        let code = answer["code"].as_i64().unwrap_or(-1);
        let name = op.to_string().split(' ').next().unwrap_or_default().to_owned();
        *self.tally.entry((name, code)).or_default() += 1;
        let readable = |names: &Names| names.readable(&answer);
        match expected {
            Ok(data) if code == 0 => agree(&mut self.names, &data, &answer["data"])
                .map_err(|place| format!("data.{place}\n    in {}", readable(&self.names))),
            Ok(_) => Err(format!("it is refused: {}", readable(&self.names))),
            Err(reasons) if reasons.0.contains(&code) => Ok(()),
            Err(reasons) => Err(format!(
                "it is to be refused with one of {:?}, but the answer is {}",
                reasons.0,
                readable(&self.names)
            )),
        }
    }

    fn token(&mut self, by: Bot) -> String {
        if self.model.now - self.tokens_of > TOKENS_FOR {
            self.tokens.clear();
            self.tokens_of = self.model.now;
        }
        if let Some(token) = self.tokens.get(by) {
            return token.clone();
        }
        let body = json!({"app_id": facts::app_id(by), "app_secret": by});
        let wire = self.wire.as_mut().expect("it runs");
        let answer = wire.call("POST", "/open-apis/auth/v3/tenant_access_token/internal", None, &body);
        let token = answer["tenant_access_token"].as_str().expect("a token").to_owned();
        self.tokens.insert(by, token.clone());
        token
    }

    /// Sends a request. Pages are put together, and have to be full but for the last.
    fn send(&mut self, request: &Request) -> Result<Value, String> {
        const LISTS: [&str; 3] = ["items", "users", "bots"];
        let token = request.by.map(|by| self.token(by));
        let wire = self.wire.as_mut().expect("it runs");
        let mut answer = wire.call(request.method, &request.path, token.as_deref(), &request.body);
        let Some(page_size) = request.page_size else { return Ok(answer) };
        let length = |page: &Value| {
            LISTS.iter().filter_map(|list| page["data"][list].as_array()).map(Vec::len).sum::<usize>()
        };
        let mut page = answer.clone();
        while page["data"]["has_more"] == true {
            if length(&page) != page_size {
                return Err(format!("a page of {page_size} has {} items", length(&page)));
            }
            let next =
                page["data"]["page_token"].as_str().ok_or("more follows, but there is no page_token")?;
            let path = format!("{}&page_token={next}", request.path);
            page = wire.call(request.method, &path, token.as_deref(), &request.body);
            for list in LISTS {
                if let (Some(all), Some(more)) =
                    (answer["data"][list].as_array_mut(), page["data"][list].as_array())
                {
                    all.extend(more.iter().cloned());
                }
            }
        }
        Ok(answer)
    }
}
