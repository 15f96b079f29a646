//! `larkspur im +messages-reply`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use larkspur::{id::MessageId, im::v1::message::reply::Request};

use super::{Shortcut, content, id, messages_send::sent};
use crate::{
    common::{self, Common},
    failure::{Failure, Result},
    plan::Plan,
    tree::{switch, value},
};

pub(crate) const SHORTCUT: Shortcut =
    Shortcut { name: "+messages-reply", about: "Reply to a message", define, run };

const AFTER: &str = "\
Examples:
  larkspur im +messages-reply --message-id om_… --text 'done'
  larkspur im +messages-reply --message-id om_… --image chart.png --reply-in-thread";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(value("message-id", "ID", "The message to reply to: om_…").alias("message_id").required(true))
        .arg(
            switch("reply-in-thread", "Reply in a thread, which the message then starts")
                .alias("reply_in_thread"),
        );
    common::flags(content::flags(command))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let message_id: MessageId =
        id(matches, "message-id")?.ok_or_else(|| Failure::usage("--message-id is missing"))?;
    let uuid = content::uuid(matches)?;
    let reply_in_thread = matches.get_flag("reply-in-thread").then_some(true);
    let draft = content::read(matches)?;
    let allow_private = matches.get_flag("allow-private");
    let plan = Plan::uploads(draft.uploads, sent, allow_private, move |keys| {
        let (msg_type, content) = (draft.content)(keys)?;
        Ok(Request { uuid, reply_in_thread, ..Request::new(message_id, content, msg_type) })
    });
    plan.run(&common)
}
