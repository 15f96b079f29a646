//! `larkspur trigger EVENT`: the documented example of an event, sent by a local platform.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser};
use larkspur::wire;
use larkspur_api::{endpoint::Endpoint, event::events, platform::trigger::Request};
use serde_json::{Map, Value};

use super::{Shortcut, resource};
use crate::{
    common::{self, Common},
    failure::{Failure, Result},
    input,
    output::Success,
    plan, settings,
    tree::value,
};

pub(crate) const COMMAND: Shortcut = Shortcut {
    name: "trigger",
    about: "On a local platform: send an app the documented example of an event",
    define,
    run,
};

const AFTER: &str = "\
A callback is asked, and its answer is printed. Ids of the example stand for nothing on this
platform, but for those that --set replaces.

Examples:
  larkspur trigger im.message.receive_v1
  larkspur trigger im.message.receive_v1 --set message.chat_id=oc_… --set message.chat_type=p2p
  larkspur trigger card.action.trigger --set 'action.value={\"approve\":true}'";

fn define(command: Command) -> Command {
    let names: Vec<_> = events().map(|meta| meta.event_type).collect();
    let command = command
        .after_help(AFTER)
        .arg(
            Arg::new("event")
                .value_name("EVENT")
                .required(true)
                .value_parser(PossibleValuesParser::new(names))
                .hide_possible_values(true)
                .help("The event or callback, as `larkspur event list` names it"),
        )
        .arg(
            value("app-id", "APP_ID", "The app. By default the one of the environment or the profile")
                .alias("app_id"),
        )
        .arg(
            value(
                "set",
                "PATH=VALUE",
                "Replace a field of the event: message.chat_id=oc_…; the value is JSON if it reads as such",
            )
            .action(ArgAction::Append),
        )
        .arg(value("data", "JSON", "Fields of the event to replace, as one object; @FILE and - read it"));
    common::flags(command).mut_arg("as", |arg| arg.hide(true)).mut_arg("as-user", |arg| arg.hide(true))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let mut event = match matches.get_one::<String>("data") {
        Some(data) => input::object(data, "data")?,
        None => Map::new(),
    };
    for set in matches.get_many::<String>("set").into_iter().flatten() {
        put(&mut event, set)?;
    }
    let mut fields = Map::new();
    if let Some(name) = matches.get_one::<String>("event") {
        fields.insert("event_type".to_owned(), name.clone().into());
    }
    if let Some(app_id) = matches.get_one::<String>("app-id") {
        fields.insert("app_id".to_owned(), app_id.clone().into());
    }
    if !event.is_empty() {
        fields.insert("event".to_owned(), event.into());
    }
    let meta = Request::META;
    resource::fill_in_app(meta, &mut fields, &common)?;
    wire::check(meta, &fields)?;
    let wire = wire::encode_fields(meta, fields, Vec::new()).map_err(larkspur::Error::from)?;
    if common.dry_run {
        let data = serde_json::json!({"api": [plan::shown(&wire, None)]});
        let success = Success::new(settings::caller(meta, &common)?, data);
        Success { dry_run: true, ..success }.print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    resource::call(meta, wire, &common, None)
}

/// Puts a value where a dotted path leads.
fn put(event: &mut Map<String, Value>, set: &str) -> Result<()> {
    let wrong = |why: &str| {
        Failure::usage(format!("--set {set:?} {why}")).hint("write message.chat_id=oc_…").param("set")
    };
    let (path, text) = set.split_once('=').ok_or_else(|| wrong("has no ="))?;
    let path = path.strip_prefix("event.").unwrap_or(path);
    let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    let mut steps: Vec<&str> = path.split('.').collect();
    let Some(last) = steps.pop().filter(|last| !last.is_empty() && !steps.contains(&"")) else {
        return Err(wrong("names no field"));
    };
    let mut object = event;
    for step in steps {
        let inner = object.entry(step).or_insert_with(|| Map::new().into());
        object = inner.as_object_mut().ok_or_else(|| wrong("leads into something that is no object"))?;
    }
    object.insert(last.to_owned(), value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_into_objects() {
        let mut event = Map::new();
        for set in ["message.chat_id=oc_1", "message.n=1", "event.x={\"a\":[1]}", "message.text=a=b"] {
            put(&mut event, set).expect("set");
        }
        assert_eq!(
            Value::from(event.clone()),
            json!({"message": {"chat_id": "oc_1", "n": 1, "text": "a=b"}, "x": {"a": [1]}})
        );
        for set in ["nothing", "=1", "a..b=1", "message.chat_id.x=1"] {
            assert!(put(&mut event, set).is_err(), "{set}");
        }
    }
}
