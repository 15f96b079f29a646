//! `larkspur event list`

use std::process::ExitCode;

use clap::{ArgMatches, Command, parser::ValueSource};
use larkspur_api::event::{EventMeta, Kind, events};
use serde_json::{Value, json};

use super::Shortcut;
use crate::{
    common::{self, Common},
    failure::Result,
    output::{self, Success},
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "list", about: "List the events and callbacks there are", define, run };

const AFTER: &str = "\
Examples:
  larkspur event list
  larkspur event list --json --jq '.data.events[] | select(.kind == \"callback\").event_type'";

fn define(command: Command) -> Command {
    common::flags(command.after_help(AFTER))
        .mut_arg("profile", |arg| arg.hide(true))
        .mut_arg("base-url", |arg| arg.hide(true))
        .mut_arg("as", |arg| arg.hide(true))
        .mut_arg("as-user", |arg| arg.hide(true))
        .mut_arg("dry-run", |arg| arg.hide(true))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    if !["format", "json", "jq"].into_iter().any(given) {
        for meta in events() {
            output::line(&format!("{:<48} {:<9} {}", meta.event_type, kind(meta), meta.summary()))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let events: Vec<Value> = events().map(entry).collect();
    Success::new("none", json!({"events": events})).print(&common)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn kind(meta: &EventMeta) -> &'static str {
    match meta.kind {
        Kind::Event => "event",
        Kind::Callback => "callback",
    }
}

fn entry(meta: &EventMeta) -> Value {
    json!({
        "event_type": meta.event_type,
        "kind": kind(meta),
        "callback": meta.kind == Kind::Callback,
        "summary": meta.summary(),
        "scopes": meta.scopes.names(),
        "long_connection": meta.long_connection,
    })
}
