//! `larkspur im +chat-update`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use larkspur::{
    id::{ChatId, OpenId},
    im::v1::chat::update::Request,
};
use serde_json::json;

use super::{Shortcut, chat_create::check_text, id};
use crate::{
    common::{self, Common},
    failure::{Failure, Result},
    plan::Plan,
    tree::value,
};

pub(crate) const SHORTCUT: Shortcut = Shortcut {
    name: "+chat-update",
    about: "Change name, description or owner of a group; `im chats update` changes the rest",
    define,
    run,
};

fn define(command: Command) -> Command {
    let command = command
        .arg(value("chat-id", "ID", "The group: oc_…").alias("chat_id").required(true))
        .arg(value("name", "TEXT", "The new name, up to 60 characters"))
        .arg(value("description", "TEXT", "The new description, up to 100 characters; '' clears it"))
        .arg(value("owner", "ID", "The new owner, a member: ou_…"));
    common::flags(command)
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let chat_id: ChatId = id(matches, "chat-id")?.ok_or_else(|| Failure::usage("--chat-id is missing"))?;
    let request = Request {
        name: check_text(matches, "name")?,
        description: check_text(matches, "description")?,
        owner_id: id::<OpenId>(matches, "owner")?.map(String::from),
        ..Request::new(chat_id.clone())
    };
    if request == Request::new(chat_id) {
        return Err(Failure::usage("nothing is to be changed").hint("pass --name, --description or --owner"));
    }
    Plan::request(request, |_| json!({"updated": true})).run(&common)
}
