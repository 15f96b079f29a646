//! `larkspur auth scopes`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use serde_json::json;

use super::{Shortcut, brand, selection};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::Result,
    output::Success,
    settings,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "scopes", about: "List the scopes that users can grant to the app", define, run };

fn define(command: Command) -> Command {
    common::output(common::connection(command))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let data = block_on(async {
        let app = settings::bot(&common)?;
        let scopes = selection::enabled(&app).await?;
        Ok(json!({
            "appId": settings::app_id(&common)?,
            "brand": brand(app.base_url()),
            "tokenType": "user",
            "count": scopes.len(),
            "userScopes": scopes,
        }))
    })?;
    Success::new("bot", data).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
