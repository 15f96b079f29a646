//! `larkspur im +messages-mget`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use larkspur::{
    id::MessageId,
    im::v1::message::mget::{Request, Response},
    wire,
};
use larkspur_api::Endpoint;
use serde_json::{Value, json};

use super::{Shortcut, ids};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Result},
    output::Success,
    plan, readable, settings,
    tree::{switch, value},
};

pub(crate) const SHORTCUT: Shortcut =
    Shortcut { name: "+messages-mget", about: "Get up to 50 messages by their ids", define, run };

fn define(command: Command) -> Command {
    let command = command
        .arg(
            value("message-ids", "IDS", "The messages: om_…,om_…")
                .alias("message-id")
                .alias("message_ids")
                .value_delimiter(',')
                .required(true),
        )
        .arg(switch("raw", "Print the messages as the API gives them"));
    common::flags(command)
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let message_ids: Vec<MessageId> = ids(matches, "message-ids", 50)?;
    if message_ids.is_empty() {
        return Err(Failure::usage("--message-ids names no message").param("message-ids"));
    }
    let request = Request::new(message_ids.clone());
    if common.dry_run {
        let wire = wire::encode(request).map_err(larkspur::Error::from)?;
        let data = json!({"api": [plan::shown(&wire, None)]});
        Success { dry_run: true, ..Success::new(settings::caller(Request::META, &common)?, data) }
            .print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    let identity = settings::caller(Request::META, &common)?;
    let success = block_on(async {
        let client = settings::client(Request::META, &common)?;
        let wire = wire::encode(request).map_err(larkspur::Error::from)?;
        let answered = client.call(Request::META, wire, None).await?;
        let response: Response = serde_json::from_value(answered.data.clone()).unwrap_or_default();
        let missing: Vec<_> = message_ids
            .iter()
            .filter(|id| !response.items.iter().any(|message| message.message_id == **id))
            .map(MessageId::as_str)
            .collect();
        let messages = match matches.get_flag("raw") {
            true => answered.data.get("items").cloned().unwrap_or_default(),
            false => response.items.iter().map(readable::message).collect::<Vec<Value>>().into(),
        };
        let data = json!({"messages": messages, "total": response.items.len(), "not_found": missing});
        Ok(Success { log_id: answered.log_id, ..Success::new(identity, data) })
    })?;
    success.print(&common)?;
    Ok(ExitCode::SUCCESS)
}
