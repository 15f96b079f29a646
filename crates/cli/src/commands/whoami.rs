//! `larkspur whoami`

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::{Shortcut, auth};
use crate::{
    common::{self, Common},
    failure::Result,
    output::Success,
    settings,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "whoami", about: "Tell who calls, without asking the platform", define, run };

fn define(command: Command) -> Command {
    common::output(common::user(common::connection(command)))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let (identity, user) = auth::who(&common)?;
    let mut data = auth::about(&common, identity)?;
    if let (settings::Identity::User, Some(user)) = (identity, user) {
        data.insert("userName".to_owned(), user.name.into());
        data.insert("userOpenId".to_owned(), user.open_id.into());
    }
    Success::new(identity.name(), data.into()).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
