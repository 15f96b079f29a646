//! `larkspur auth logout`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
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
    Shortcut { name: "logout", about: "End a user's login, at the platform and here", define, run };

const AFTER: &str = "\
Without --user it is the user whom --as user means. If the platform cannot be reached the
login is forgotten here all the same, and `revoked` is false: its tokens then live out their
time.";

fn define(command: Command) -> Command {
    common::output(common::user(common::connection(command.after_help(AFTER))))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let users = settings::users(&common)?;
    let data = match users.meant()? {
        None => json!({"loggedOut": false, "reason": "not_logged_in"}),
        Some(user) => block_on(async {
            // Whoever is offline need not wait for it.
            let app = settings::bot_with(&common, |builder| builder.retry(false))?;
            let told = app.log_out(&users.tokens, &user.open_id).await?;
            let error = told.as_ref().and_then(|(_, told)| told.as_ref().err()).map(ToString::to_string);
            let mut data = json!({
                "loggedOut": told.is_some(),
                "userName": user.name,
                "userOpenId": user.open_id,
                "revoked": told.is_some() && error.is_none(),
            });
            if let (Some(error), Some(data)) = (error, data.as_object_mut()) {
                data.insert("revokeError".to_owned(), error.into());
            }
            Ok(data)
        })?,
    };
    Success::new("none", data).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
