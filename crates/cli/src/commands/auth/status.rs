//! `larkspur auth status`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use larkspur::{
    authen::v1::user_info,
    bot::v3::bot::info,
    login::{TokenStatus, UserToken},
};
use larkspur_api::Endpoint;
use serde_json::{Map, Value};

use super::{Shortcut, brand, shown};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::Result,
    output::Success,
    settings::{self, Identity},
    tree::switch,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "status", about: "Tell who calls, and how long the login lasts", define, run };

const AFTER: &str = "\
tokenStatus is valid, needs_refresh (the next call does it) or expired (the user has to log
in again). Nothing is asked of the platform without --verify.";

fn define(command: Command) -> Command {
    let command =
        command.after_help(AFTER).arg(switch("verify", "Ask the platform whether the token is good"));
    common::output(common::user(common::connection(command)))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let (identity, user) = who(&common)?;
    let mut data = about(&common, identity)?;
    if let Some(user) = &user {
        data.extend(shown(user));
    } else {
        let note = "no user is logged in: `larkspur auth login` changes that; calls are made as the bot";
        data.insert("note".to_owned(), note.into());
    }
    if matches.get_flag("verify") {
        let verified = block_on(verify(&common, identity));
        data.insert("verified".to_owned(), verified.is_ok().into());
        if let Err(failure) = verified {
            data.insert("verifyError".to_owned(), failure.message().into());
        } else if let (Identity::User, Some(user)) = (identity, &user) {
            // The question may have refreshed it.
            data.extend(
                settings::users(&common)?.tokens.get(&user.open_id)?.as_ref().map(shown).unwrap_or_default(),
            );
        }
    }
    Success::new(identity.name(), data.into()).print(&common)?;
    Ok(ExitCode::SUCCESS)
}

/// Who calls where both may, and the user who is meant.
pub(crate) fn who(common: &Common) -> Result<(Identity, Option<UserToken>)> {
    let user = settings::users(common)?.meant()?;
    let lasts = user.as_ref().is_some_and(|user| user.status() != TokenStatus::Expired);
    let identity = settings::asked(common).unwrap_or(if lasts { Identity::User } else { Identity::Bot });
    Ok((identity, user))
}

/// The app, the platform, and who calls.
pub(crate) fn about(common: &Common, identity: Identity) -> Result<Map<String, Value>> {
    let base_url = settings::base_url(common)?;
    let asked = settings::variable("DEFAULT_AS").unwrap_or_else(|| "auto".to_owned());
    let fields = [
        ("appId", settings::app_id(common)?.into()),
        ("brand", brand(&base_url).into()),
        ("baseUrl", base_url.into()),
        ("defaultAs", asked.into()),
        ("identity", identity.name().into()),
    ];
    Ok(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

async fn verify(common: &Common, identity: Identity) -> Result<()> {
    let common = Common { identity: Some(identity.name().to_owned()), ..common.clone() };
    match identity {
        Identity::User => {
            let client = settings::client(user_info::get::Request::META, &common)?;
            client.send(user_info::get::Request {}).await?;
        }
        Identity::Bot => {
            let client = settings::helper(info::Request::META, &common)?;
            client.send(info::Request::default()).await?;
        }
    }
    Ok(())
}
