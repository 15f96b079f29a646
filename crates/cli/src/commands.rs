//! The commands, and how they are run.

pub(crate) mod api;
pub(crate) mod completion;
pub(crate) mod config;
pub(crate) mod explain;
pub(crate) mod im;
pub(crate) mod quickstart;
pub(crate) mod resource;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod upload_image;

use std::{future::Future, process::ExitCode};

use clap::ArgMatches;

use crate::{
    failure::{Failure, Kind, Result},
    tree,
};

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
        Some((service, matches)) => in_service(service, matches),
        None => Err(nothing_to_do()),
    }
}

fn in_service(service: &str, matches: &ArgMatches) -> Result<ExitCode> {
    let (name, matches) = matches.subcommand().ok_or_else(nothing_to_do)?;
    if let Some(shortcut) = im::SHORTCUTS.iter().find(|shortcut| service == "im" && shortcut.name == name) {
        return (shortcut.run)(matches);
    }
    let (method, matches) = matches.subcommand().ok_or_else(nothing_to_do)?;
    let endpoint =
        tree::endpoints(service).find(|(_, resource, known)| *resource == name && *known == method);
    let (meta, _, _) = endpoint.ok_or_else(nothing_to_do)?;
    resource::run(meta, matches)
}

fn nothing_to_do() -> Failure {
    Failure::usage("no command was given").hint("larkspur --help lists them")
}

/// Waits for something, on this thread: a command is over sooner than other threads would be started.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::new(Kind::Internal, error.to_string()))?.block_on(future)
}
