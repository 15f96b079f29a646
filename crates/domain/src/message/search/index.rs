//! What messages are found by. It is written with the message, in its transaction.

use larkspur_api::im::v1::message::MsgType;
use larkspur_store::{
    Actor, Tx, View,
    message::{MessageRow, State},
};
use serde_json::Value;

use super::terms::{folded, mark, of_text};
use crate::{Result, content};

/// How many messages get their terms at once, when many have none.
const AT_ONCE: i64 = 500;

/// The names under which content keeps what people read.
const READ: [&str; 10] = [
    "text",
    "title",
    "content",
    "name",
    "summary",
    "topic",
    "file_name",
    "divider_text",
    "options",
    "user_id",
];

/// Makes a message findable, or findable by what it says now.
pub(crate) fn put(tx: &Tx<'_>, row: &MessageRow) -> Result<()> {
    let text = folded(&text(tx, row)?);
    let mut terms = marks(row);
    for term in of_text(&text) {
        terms.push(' ');
        terms.push_str(term);
    }
    Ok(tx.put_message_terms(row.id, &terms)?)
}

/// The same for a message that was changed.
pub(crate) fn put_again(tx: &Tx<'_>, id: i64) -> Result<()> {
    match tx.message_by_row(id)? {
        Some(row) if row.state == State::Sent && is_listed(&row) => put(tx, &row),
        _ => Ok(()),
    }
}

/// Makes a message unfindable.
pub(crate) fn remove(tx: &Tx<'_>, id: i64) -> Result<()> {
    Ok(tx.delete_message_terms(id)?)
}

/// Gives terms to messages from before there were any: some of them. Tells whether there may be more.
pub fn catch_up(tx: &Tx<'_>) -> Result<bool> {
    let ids = tx.unindexed_messages(AT_ONCE)?;
    for id in &ids {
        put_again(tx, *id)?;
    }
    if let Some(last) = ids.last() {
        tx.messages_indexed_to(*last)?;
    }
    Ok(!ids.is_empty())
}

/// Copies in merged forwards, and what one user alone sees, are not searched.
pub(super) fn is_listed(row: &MessageRow) -> bool {
    row.upper_message_id.is_none() && row.only_for.is_none()
}

/// What people read of a message.
pub(super) fn text(view: &View<'_>, row: &MessageRow) -> Result<String> {
    let value: Value = serde_json::from_str(&row.content).unwrap_or_default();
    let mut text = String::new();
    gather(&value, false, &mut text);
    for named in content::mentioned(row).iter().rev() {
        // The longest keys first: `@_user_1` begins `@_user_10`.
        text = text.replace(&named.key, &format!("@{}", named.name));
    }
    if let MsgType::File | MsgType::Audio | MsgType::Media = MsgType::from(row.msg_type.as_str())
        && let Some(key) = value.get("file_key").and_then(Value::as_str)
        && let Some(file) = view.file(key)?
    {
        text.push_str(&file.file_name);
    }
    Ok(content::text::without_styles(text.trim()))
}

fn gather(value: &Value, read: bool, out: &mut String) {
    match value {
        Value::String(text) if read => {
            out.push_str(text);
            out.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, read, out)),
        Value::Object(object) => {
            for (name, value) in object {
                let mention = name != "user_id" || value.as_str().is_some_and(|id| id.starts_with("@_"));
                gather(value, READ.contains(&name.as_str()) && mention, out);
            }
        }
        _ => {}
    }
}

/// The marks of a message: what is asked for besides its words.
fn marks(row: &MessageRow) -> String {
    let msg_type = MsgType::from(row.msg_type.as_str());
    let holds = |what: &str| row.content.contains(what);
    let mut marks =
        vec![in_chat(row.chat), sent_by(row.sender), sent_by_kind(row.sender), of_type(&row.msg_type)];
    let is_post = msg_type == MsgType::Post;
    let image = msg_type == MsgType::Image || is_post && holds(r#""image_key""#);
    let video = msg_type == MsgType::Media || is_post && holds(r#""tag":"media""#);
    let file = matches!(msg_type, MsgType::File | MsgType::Folder);
    let link = (is_post || msg_type == MsgType::Text) && (holds("http://") || holds("https://"));
    for (is, what) in [(image, "image"), (video, "video"), (file, "file"), (link, "link")] {
        if is {
            marks.push(holding(what));
        }
    }
    for one in content::mentioned(row) {
        marks.push(mentioning(if one.bot { Actor::App(one.row) } else { Actor::User(one.row) }));
    }
    if holds("@_all") {
        marks.push(mentioning_all());
    }
    marks.join(" ")
}

/// Of messages in a chat.
pub(super) fn in_chat(chat: i64) -> String {
    mark(&format!("c{chat}"))
}

fn named(actor: Actor) -> String {
    match actor {
        Actor::User(user) => format!("u{user}"),
        Actor::App(app) => format!("b{app}"),
    }
}

/// Of messages from someone.
pub(super) fn sent_by(actor: Actor) -> String {
    mark(&format!("s{}", named(actor)))
}

/// Of messages from any user, or any bot, whichever this is.
pub(super) fn sent_by_kind(actor: Actor) -> String {
    mark(if matches!(actor, Actor::User(_)) { "user" } else { "bot" })
}

/// Of messages of a type.
pub(super) fn of_type(msg_type: &str) -> String {
    mark(&format!("t{}", msg_type.replace(|c: char| !c.is_ascii_alphanumeric(), "")))
}

/// Of messages that hold something: `image`, `video`, `file` or `link`.
pub(super) fn holding(what: &str) -> String {
    mark(&format!("h{what}"))
}

/// Of messages that mention someone.
pub(super) fn mentioning(actor: Actor) -> String {
    mark(&format!("m{}", named(actor)))
}

/// Of messages that mention everyone.
pub(super) fn mentioning_all() -> String {
    mark("mall")
}
