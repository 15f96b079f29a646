//! `larkspur im +messages-send`

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use larkspur::{
    id::{ChatId, OpenId, UnionId},
    im::v1::message::{ReceiveIdType, create::Request},
};
use serde_json::{Map, Value};

use super::{Shortcut, content, id};
use crate::{
    common::{self, Common},
    failure::{Failure, Result},
    input::shown_time,
    plan::Plan,
    tree::value,
};

pub(crate) const SHORTCUT: Shortcut =
    Shortcut { name: "+messages-send", about: "Send a message to a chat or a user", define, run };

const AFTER: &str = "\
Uploads come first: if one fails, nothing is sent. A send that is repeated is not sent twice.

Examples:
  larkspur im +messages-send --chat-id oc_… --text 'hello'
  larkspur im +messages-send --chat-id oc_… --image cat.png
  larkspur im +messages-send --email ada@example.com --file report.pdf
  larkspur im +messages-send --chat-id oc_… --video clip.mp4 --video-cover still.png
  larkspur im +messages-send --chat-id oc_… --markdown @notes.md --title Notes
  larkspur im +messages-send --chat-id oc_… --msg-type interactive --content @card.json";

fn define(command: Command) -> Command {
    let heading = "Receiver (one of them)";
    let command = command
        .after_help(AFTER)
        .arg(value("chat-id", "ID", "A chat: oc_…").alias("chat_id").help_heading(heading))
        .arg(value("user-id", "ID", "A user: ou_…").alias("open-id").alias("open_id").help_heading(heading))
        .arg(value("union-id", "ID", "A user: on_…").alias("union_id").help_heading(heading))
        .arg(value("tenant-user-id", "ID", "A user, by the user_id of the tenant").help_heading(heading))
        .arg(value("email", "ADDRESS", "A user, by e-mail address").help_heading(heading));
    common::flags(content::flags(command))
}

/// Who is to get the message.
fn receiver(matches: &ArgMatches) -> Result<(ReceiveIdType, String)> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let mut given = Vec::new();
    given.extend(id::<ChatId>(matches, "chat-id")?.map(|id| (ReceiveIdType::ChatId, String::from(id))));
    given.extend(id::<OpenId>(matches, "user-id")?.map(|id| (ReceiveIdType::OpenId, String::from(id))));
    given.extend(id::<UnionId>(matches, "union-id")?.map(|id| (ReceiveIdType::UnionId, String::from(id))));
    given.extend(text("tenant-user-id").map(|id| (ReceiveIdType::UserId, id)));
    given.extend(text("email").map(|id| (ReceiveIdType::Email, id)));
    let mut given = given.into_iter();
    match (given.next(), given.next()) {
        (Some(receiver), None) => Ok(receiver),
        (None, _) => Err(Failure::usage("the message has no receiver")
            .hint("pass --chat-id, --user-id, --email, --union-id or --tenant-user-id; `larkspur im chats list` shows the chats")),
        _ => Err(Failure::usage("the message has more than one receiver")
            .hint("pass one of --chat-id, --user-id, --email, --union-id and --tenant-user-id")),
    }
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let (receive_id_type, receive_id) = receiver(matches)?;
    let uuid = content::uuid(matches)?;
    let draft = content::read(matches)?;
    let allow_private = matches.get_flag("allow-private");
    let plan = Plan::uploads(draft.uploads, sent, allow_private, move |keys| {
        let (msg_type, content) = (draft.content)(keys)?;
        Ok(Request { uuid, ..Request::new(receive_id_type, receive_id, msg_type, content) })
    });
    plan.run(&common)
}

/// What a send prints of the message that was made.
pub(crate) fn sent(message: Value) -> Value {
    let mut out = Map::new();
    for key in ["message_id", "chat_id", "msg_type", "thread_id", "root_id", "parent_id"] {
        if let Some(value) = message.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    let time = message.get("create_time").and_then(Value::as_str).and_then(|time| time.parse().ok());
    if let Some(time) = time {
        out.insert("create_time".to_owned(), shown_time(time).into());
    }
    out.into()
}
