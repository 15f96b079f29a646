//! `larkspur auth check --scope …`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use serde_json::json;

use super::{Shortcut, words};
use crate::{
    common::{self, Common},
    failure::{self, Failure, Result},
    output::{Success, line},
    settings,
    tree::value,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "check", about: "Tell whether a user granted scopes: exit code 0 or 1", define, run };

fn define(command: Command) -> Command {
    let command =
        command.arg(value("scope", "SCOPES", "The scopes, apart by spaces or commas").required(true));
    common::output(common::user(common::connection(command)))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let wanted = words(matches.get_one::<String>("scope").map_or("", String::as_str));
    if wanted.is_empty() {
        return Err(Failure::usage("--scope names no scope").param("scope"));
    }
    let user = settings::users(&common)?.meant()?;
    let (granted, missing): (Vec<_>, Vec<_>) =
        wanted.into_iter().partition(|scope| user.as_ref().is_some_and(|user| user.allows(scope)));
    let mut data = json!({"granted": granted, "missing": missing});
    if let (None, Some(data)) = (&user, data.as_object_mut()) {
        data.insert("error".to_owned(), "not_logged_in".into());
    }
    if missing.is_empty() {
        Success::new("user", data).print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(data) = data.as_object_mut() {
        let missing = missing.iter().map(String::as_str).collect();
        data.insert("suggestion".to_owned(), failure::login(missing).into());
    }
    let whole = json!({"ok": false, "identity": "user", "data": data});
    line(&serde_json::to_string_pretty(&whole).unwrap_or_default())?;
    Ok(ExitCode::FAILURE)
}
