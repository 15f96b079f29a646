//! The program `larkspur`: a command line for the platform, and the platform itself.
//!
//! Data goes to stdout and everything else to stderr. A failure is one JSON object on stderr and an
//! exit code that says what kind it is (see [`failure::Kind`]).

mod commands;
mod common;
mod failure;
mod feed;
mod input;
mod jq;
mod media;
mod output;
mod plan;
mod progress;
mod readable;
mod settings;
mod signals;
mod table;
mod tree;

use std::process::ExitCode;

fn main() -> ExitCode {
    let asked = tree::Asked::Words(std::env::args_os().skip(1).collect());
    let matches = match tree::command(&asked).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return failure::usage(&error),
    };
    match commands::run(&matches) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
