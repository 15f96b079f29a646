//! `larkspur auth use NAME`

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use super::Shortcut;
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::Result,
    output::Success,
    settings,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "use", about: "Choose the user whom --as user means, for this profile", define, run };

fn define(command: Command) -> Command {
    let command =
        command.arg(Arg::new("name").value_name("NAME").required(true).help("The name or the open_id"));
    common::output(common::connection(command))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let users = settings::users(&common)?;
    let user = users.find(matches.get_one::<String>("name").map_or("", String::as_str))?;
    block_on(users.choose(&user))?;
    let data = json!({"userName": user.name, "userOpenId": user.open_id});
    Success::new("user", data).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
