//! `larkspur auth refresh`

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::{Shortcut, shown};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Kind, Result},
    output::Success,
    settings,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "refresh", about: "Get new tokens for a user whose token ends soon", define, run };

const AFTER: &str = "\
Every command does it by itself, in a process of its own, which nothing that ends the command
ends: what the platform answers comes once. Run it daily to keep a login that is seldom used;
otherwise it ends after seven days.";

fn define(command: Command) -> Command {
    common::output(common::user(common::connection(command.after_help(AFTER))))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let users = settings::users(&common)?;
    let user = users.meant()?.ok_or_else(|| {
        let failure = Failure::new(Kind::Authentication, "no user is logged in");
        failure.hint("run `larkspur auth login`, or name one with --user").with("subtype", "token_missing")
    })?;
    block_on(async {
        let app = settings::bot(&common)?;
        Ok(app.as_user(&users.tokens, &user.open_id)?.prepare().await?)
    })?;
    let user = users.tokens.get(&user.open_id)?.unwrap_or(user);
    Success::new("user", shown(&user).into()).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
