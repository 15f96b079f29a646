//! The platform against a model of it: random operations, and every answer is as the model says.
//!
//! `LARKSPUR_MODEL_STEPS` says how many, `LARKSPUR_MODEL_SEED` repeats one world. A failure prints a short script.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod agree;
mod chance;
mod facts;
mod generate;
mod op;
mod reference;
mod request;
mod shrink;
mod wire;
mod world;

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use world::{Kind, Tally, explore};

/// How many steps are taken if nobody says.
const STEPS: usize = 100_000;

/// How many steps one world takes: later ones are slow, as there is more to list.
const WORLD: usize = 2_500;

/// The kinds of steps that ask the platform for something.
const KINDS: usize = 37;

/// The least refusals, each of one kind of step with one code, that have to come in so many steps.
const REFUSALS: usize = 150;

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().expect("a number"))
}

/// Every fourth world is on disk and is started anew now and then.
fn kind(seed: u64) -> Kind {
    Kind { seed, kept: seed.is_multiple_of(4) }
}

#[test]
fn the_platform_answers_as_the_model_does() {
    let steps = variable("LARKSPUR_MODEL_STEPS").map_or(STEPS, |steps| steps as usize);
    let seeds: Vec<u64> = match variable("LARKSPUR_MODEL_SEED") {
        Some(seed) => vec![seed],
        None => (0..steps.div_ceil(WORLD) as u64).collect(),
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (next, failed, tally) = (AtomicU64::new(0), Mutex::new(None), Mutex::new(Tally::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    match explore(runtime.handle(), kind(*seed), WORLD.min(steps)) {
                        Ok(counted) => {
                            let mut tally = tally.lock().expect("a lock");
                            counted
                                .into_iter()
                                .for_each(|(what, times)| *tally.entry(what).or_default() += times);
                        }
                        Err(parted) => {
                            next.store(u64::MAX / 2, Ordering::Relaxed);
                            failed.lock().expect("a lock").get_or_insert((kind(*seed), parted));
                        }
                    }
                }
            });
        }
    });
    if let Some((kind, parted)) = failed.into_inner().expect("a lock") {
        let short = shrink::shrink(runtime.handle(), kind, parted);
        panic!("{}", shrink::tell(kind, &short));
    }
    let tally = tally.into_inner().expect("a lock");
    for ((op, code), times) in &tally {
        println!("{op} {code}: {times}");
    }
    if steps >= STEPS && seeds.len() > 1 {
        let done = tally.keys().filter(|(_, code)| *code == 0).count();
        let refused = tally.len() - done;
        assert_eq!(done, KINDS, "every kind of step is done");
        assert!(refused >= REFUSALS, "of the refusals only {refused} came");
    }
}
