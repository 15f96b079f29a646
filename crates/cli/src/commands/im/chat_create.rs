//! `larkspur im +chat-create`

use std::process::ExitCode;

use clap::{ArgMatches, Command, builder::PossibleValuesParser};
use larkspur::{
    id::{AppId, OpenId},
    im::v1::chat::{ChatType, GroupMessageType, create::Request},
};
use serde_json::{Map, Value};

use super::{Shortcut, id, ids};
use crate::{
    common::{self, Common},
    failure::{Failure, Result},
    plan::Plan,
    tree::{switch, value},
};

pub(crate) const SHORTCUT: Shortcut = Shortcut { name: "+chat-create", about: "Make a group", define, run };

/// The longest name and description, in characters, that the platform recommends.
const MAX_NAME: usize = 60;
const MAX_DESCRIPTION: usize = 100;

const AFTER: &str = "\
Example:
  larkspur im +chat-create --name 'Release 1.0' --users ou_…,ou_… --owner ou_… --set-bot-manager";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(value("name", "TEXT", "The name, up to 60 characters"))
        .arg(value("description", "TEXT", "The description, up to 100 characters"))
        .arg(value("users", "IDS", "Users to invite: ou_…,ou_…, up to 50").value_delimiter(','))
        .arg(value("bots", "IDS", "Bots to invite: cli_…,cli_…, up to 5").value_delimiter(','))
        .arg(value("owner", "ID", "The owner: ou_…. By default the bot"))
        .arg(
            value("type", "TYPE", "Who may find and join it")
                .value_parser(PossibleValuesParser::new(["private", "public"]))
                .default_value("private"),
        )
        .arg(
            value("chat-mode", "MODE", "Whether every message starts a thread")
                .value_parser(PossibleValuesParser::new(["group", "topic"])),
        )
        .arg(switch("set-bot-manager", "Make the bot an admin, if the owner is someone else"))
        .arg(value(
            "idempotency-key",
            "KEY",
            "Make at most one group in 10 hours under this key. By default one is made up",
        ));
    common::flags(command)
}

/// Refuses a name or description that is too long.
pub(crate) fn check_text(matches: &ArgMatches, flag: &str) -> Result<Option<String>> {
    let max = if flag == "name" { MAX_NAME } else { MAX_DESCRIPTION };
    let text = matches.get_one::<String>(flag).cloned();
    match &text {
        Some(text) if text.chars().count() > max => {
            Err(Failure::usage(format!("--{flag} has more than {max} characters")).param(flag))
        }
        _ => Ok(text),
    }
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let name = check_text(matches, "name")?;
    let chat_type = ChatType::from(matches.get_one::<String>("type").map_or("private", String::as_str));
    if chat_type == ChatType::Public && name.as_deref().unwrap_or_default().chars().count() < 2 {
        return Err(Failure::usage("a public group needs a --name of at least 2 characters").param("name"));
    }
    let users: Vec<OpenId> = ids(matches, "users", 50)?;
    let bots: Vec<AppId> = ids(matches, "bots", 5)?;
    let topic = matches.get_one::<String>("chat-mode").is_some_and(|mode| mode == "topic");
    let request = Request {
        name,
        description: check_text(matches, "description")?,
        user_id_list: (!users.is_empty()).then(|| users.into_iter().map(String::from).collect()),
        bot_id_list: (!bots.is_empty()).then_some(bots),
        owner_id: id::<OpenId>(matches, "owner")?.map(String::from),
        chat_type: Some(chat_type),
        group_message_type: topic.then_some(GroupMessageType::Thread),
        set_bot_manager: matches.get_flag("set-bot-manager").then_some(true),
        uuid: super::content::uuid(matches)?,
        ..Request::default()
    };
    Plan::request(request, made).run(&common)
}

fn made(chat: Value) -> Value {
    let keys = ["chat_id", "name", "chat_type", "owner_id", "external", "group_message_type"];
    let kept: Map<String, Value> =
        keys.iter().filter_map(|key| Some(((*key).to_owned(), chat.get(*key)?.clone()))).collect();
    kept.into()
}
