//! The commands, and how they are run.

pub(crate) mod api;
pub(crate) mod auth;
pub(crate) mod completion;
pub(crate) mod config;
pub(crate) mod conformance;
pub(crate) mod doctor;
pub(crate) mod event;
pub(crate) mod explain;
pub(crate) mod fidelity;
pub(crate) mod im;
pub(crate) mod listen;
pub(crate) mod quickstart;
pub(crate) mod resource;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod trigger;
pub(crate) mod upload_image;
pub(crate) mod whoami;

use std::{future::Future, process::ExitCode};

use clap::{ArgMatches, Command};

use crate::{
    failure::{Failure, Kind, Result},
    tree,
};

/// A hand-made command, of a service or of the first level.
pub(crate) struct Shortcut {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) define: fn(Command) -> Command,
    pub(crate) run: fn(&ArgMatches) -> Result<ExitCode>,
}

/// The hand-made commands of a service.
pub(crate) fn shortcuts(service: &str) -> &'static [Shortcut] {
    match service {
        "auth" => auth::COMMANDS,
        "im" => im::SHORTCUTS,
        "event" => event::COMMANDS,
        _ => &[],
    }
}

/// Commands of the first level whose flags are made only when one of them is asked for.
pub(crate) const LAZY: &[Shortcut] = &[
    listen::COMMAND,
    trigger::COMMAND,
    doctor::COMMAND,
    conformance::COMMAND,
    fidelity::COMMAND,
    whoami::COMMAND,
];

/// Runs the command that was asked for.
pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    match matches.subcommand() {
        Some(("quickstart", matches)) => quickstart::run(matches),
        Some(("serve", matches)) => serve::run(matches),
        Some(("upload-image", matches)) => upload_image::run(matches),
        Some(("api", matches)) => api::run(matches),
        Some(("schema", matches)) => schema::run(matches),
        Some(("explain", matches)) => explain::run(matches),
        Some(("config", matches)) => config::run(matches),
        Some(("completion", matches)) => completion::run(matches),
        Some((name, matches)) => match LAZY.iter().find(|command| command.name == name) {
            Some(command) => (command.run)(matches),
            None => in_service(name, matches),
        },
        None => Err(nothing_to_do()),
    }
}

fn in_service(service: &str, matches: &ArgMatches) -> Result<ExitCode> {
    let (name, matches) = matches.subcommand().ok_or_else(nothing_to_do)?;
    if let Some(shortcut) = shortcuts(service).iter().find(|shortcut| shortcut.name == name) {
        return (shortcut.run)(matches);
    }
    let mut endpoints = tree::endpoints(service);
    let (known, matches) = match matches.subcommand() {
        None => (endpoints.find(|known| known.resource.is_none() && known.method == name), matches),
        Some((method, matches)) => {
            (endpoints.find(|known| known.resource == Some(name) && known.method == method), matches)
        }
    };
    resource::run(known.ok_or_else(nothing_to_do)?.meta, matches)
}

fn nothing_to_do() -> Failure {
    Failure::usage("no command was given").hint("larkspur --help lists them")
}

/// Waits for something, on this thread: a command is over sooner than other threads would be started.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::new(Kind::Internal, error.to_string()))?.block_on(future)
}
