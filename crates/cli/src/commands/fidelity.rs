//! `larkspur fidelity`: what the platform does of what the documents say.

use std::{fmt::Write, process::ExitCode};

use clap::{ArgMatches, Command};
use larkspur_fidelity::{Entry, Kind, Row, State, ledger};
use serde_json::{Value, json};

use super::Shortcut;
use crate::{
    common::Common,
    failure::{self, Failure, Result},
    output::{self, Success},
    tree::{switch, value},
};

pub(crate) const COMMAND: Shortcut = Shortcut {
    name: "fidelity",
    about: "Print which documented codes and limits the platform emulates",
    define,
    run,
};

const AFTER: &str = "\
A row is a documented code or limit of an endpoint. It is `tested` by the test that is named, `partial`,
`not emulated` for the reason that is given, or `open`: nobody has looked yet. Core are the endpoints of
messages, groups, pictures and files.

Examples:
  larkspur fidelity
  larkspur fidelity --endpoint im.v1.message.create
  larkspur fidelity --missing --json";

fn define(command: Command) -> Command {
    command
        .after_help(AFTER)
        .arg(value(
            "endpoint",
            "ID",
            "The rows of this endpoint; of a resource or project, if it is the beginning of an id",
        ))
        .arg(switch("missing", "Only rows that are open"))
        .arg(switch("json", "Print JSON"))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let mut entries = ledger().map_err(|error| Failure::new(failure::Kind::Internal, error.to_string()))?;
    let endpoint = matches.get_one::<String>("endpoint");
    if let Some(wanted) = endpoint {
        entries.retain(|entry| entry.id == *wanted || entry.id.starts_with(&format!("{wanted}.")));
        if entries.is_empty() {
            return Err(Failure::usage(format!("the documents say nothing of {wanted}"))
                .hint("larkspur fidelity lists the endpoints")
                .param("endpoint"));
        }
    }
    let missing = matches.get_flag("missing");
    if missing {
        entries.iter_mut().for_each(|entry| entry.rows.retain(|row| row.state == State::Open));
        entries.retain(|entry| !entry.rows.is_empty());
    }
    if matches.get_flag("json") {
        Success::new("none", to_json(&entries)).print(&Common::read(matches)?)?;
    } else {
        output::line(to_text(&entries, missing || endpoint.is_some()).trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn to_json(entries: &[Entry]) -> Value {
    let endpoints = entries.iter().map(|entry| {
        let rows = entry.rows.iter().map(|row| {
            json!({"key": row.key, "kind": name(row.kind()), "text": row.text, "state": row.state, "why": row.why})
        });
        json!({"id": entry.id, "core": entry.core, "rows": rows.collect::<Vec<_>>()})
    });
    json!({"totals": totals(entries), "endpoints": endpoints.collect::<Vec<_>>()})
}

const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "code",
        Kind::SubCode => "sub_code",
        Kind::Limit => "limit",
    }
}

/// Counts of all rows, by what they are about.
fn totals(entries: &[Entry]) -> Value {
    let of = |core: bool| {
        let rows: Vec<_> =
            entries.iter().filter(|entry| entry.core || !core).flat_map(|entry| &entry.rows).collect();
        let kinds = [Kind::Code, Kind::SubCode, Kind::Limit].map(|kind| {
            let counts =
                State::ALL.map(|state| (state.as_str().to_owned(), count(&rows, kind, state).into()));
            (name(kind).to_owned(), Value::Object(counts.into_iter().collect()))
        });
        Value::Object(kinds.into_iter().collect())
    };
    json!({"core": of(true), "all": of(false)})
}

fn count(rows: &[&Row], kind: Kind, state: State) -> usize {
    rows.iter().filter(|row| row.kind() == kind && row.state == state).count()
}

fn to_text(entries: &[Entry], with_rows: bool) -> String {
    let mut text = String::new();
    for entry in entries {
        let rows: Vec<_> = entry.rows.iter().collect();
        let counts = State::ALL.map(|state| (rows.iter().filter(|row| row.state == state).count(), state));
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, state)| format!("{count} {}", state.as_str())).collect();
        let _ = writeln!(text, "{}: {}", entry.id, counts.join(", "));
        if with_rows {
            write_rows(&mut text, &entry.rows);
        }
    }
    // Of a few endpoints the line above says the same.
    if entries.len() > 1 {
        write_totals(&mut text, entries);
    }
    text
}

fn write_rows(text: &mut String, rows: &[Row]) {
    let width = rows.iter().map(|row| row.key.chars().count()).max().unwrap_or_default();
    for row in rows {
        let _ = writeln!(text, "  {:<width$}  {:<12}  {}", row.key, row.state.as_str(), row.text);
        if !row.why.is_empty() {
            let _ = writeln!(text, "  {:width$}  {:12}  ↳ {}", "", "", row.why);
        }
    }
}

fn write_totals(text: &mut String, entries: &[Entry]) {
    for (what, core) in [("core", true), ("all", false)] {
        let rows: Vec<_> =
            entries.iter().filter(|entry| entry.core || !core).flat_map(|entry| &entry.rows).collect();
        for (name, kind) in
            [("codes", Kind::Code), ("codes inside others", Kind::SubCode), ("limits", Kind::Limit)]
        {
            let all = rows.iter().filter(|row| row.kind() == kind).count();
            if all == 0 {
                continue;
            }
            let counts = State::ALL.map(|state| {
                let count = count(&rows, kind, state);
                format!("{count} {} ({} %)", state.as_str(), (count * 1000 / all + 5) / 10)
            });
            let _ = writeln!(text, "{what}, {all} {name}: {}", counts.join(", "));
        }
    }
}
