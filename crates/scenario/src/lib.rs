//! Black-box scenarios: what a server of the IM API has to do, written down as data.
//!
//! A scenario needs a base URL and [`Credentials`], nothing else, so any server can be judged with it: the
//! platform of this project, another one, the real one. The files are in `scenarios/`, one for each endpoint or
//! story; `docs/conformance.md` describes them. [`all`] gives those that come along, [`Runner`] runs them.

mod credentials;
mod expect;
mod file;
mod generate;
mod person;
mod report;
mod request;
mod run;
mod template;

pub use crate::{
    credentials::{App, Credentials, CredentialsError, User},
    file::{ParseError, Scenario, parse},
    report::{Failed, Outcome, Report, Result, Seen},
    run::Runner,
};

/// The workspace that the scenarios expect, as a seed of `larkspur serve`.
pub const SEED: &str = include_str!("../../../scenarios/seed.toml");

/// The credentials of that workspace.
pub const CREDENTIALS: &str = include_str!("../../../scenarios/credentials.toml");

/// The files of `scenarios/`: name and text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Every scenario that comes along, in the order of the names.
pub fn all() -> std::result::Result<Vec<Scenario>, ParseError> {
    let mut all = Vec::new();
    for (name, text) in FILES {
        all.extend(parse(name, text)?);
    }
    Ok(all)
}
