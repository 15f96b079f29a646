//! `larkspur auth list`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use serde_json::Value;

use super::{Shortcut, shown};
use crate::{
    common::{self, Common},
    failure::Result,
    output::Success,
    settings,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "list", about: "List the users who logged in to the app", define, run };

fn define(command: Command) -> Command {
    common::output(common::connection(command))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let users = settings::users(&common)?;
    let app_id = settings::app_id(&common)?;
    let all = users.tokens.list()?;
    let all: Vec<Value> = all
        .iter()
        .map(|user| {
            let mut shown = shown(user);
            shown.insert("appId".to_owned(), app_id.clone().into());
            shown.insert("default".to_owned(), users.is_default(user).into());
            shown.into()
        })
        .collect();
    Success::new("none", all.into()).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
