//! Events for reading: flat, with what is said as text, without what only machines need.

use larkspur::im::v1::message::{Mention, Message, MessageBody};
use larkspur_api::event::{Envelope, im::message::receive_v1};
use serde_json::{Map, Value, json};

use crate::readable;

/// A field of the flat form, and where it stands in the event.
type Field = (&'static str, &'static str);

/// The fields of events about members and chats.
const CHAT: &[Field] = &[("chat_id", "/chat_id"), ("operator_id", "/operator_id"), ("external", "/external")];

/// The same, with the users it is about.
const USERS: &[Field] = &[
    ("chat_id", "/chat_id"),
    ("operator_id", "/operator_id"),
    ("user_ids", "/users"),
    ("external", "/external"),
];

const REACTION: &[Field] = &[
    ("message_id", "/message_id"),
    ("emoji_type", "/reaction_type/emoji_type"),
    ("operator_id", "/user_id"),
    ("app_id", "/app_id"),
    ("action_time", "/action_time"),
];

/// By type: what was done, if the name of the type tells it, and the fields. Other events keep theirs.
const SHAPES: &[(&str, Option<&str>, &[Field])] = &[
    (
        "im.message.message_read_v1",
        None,
        &[
            ("reader_id", "/reader/reader_id"),
            ("read_time", "/reader/read_time"),
            ("message_ids", "/message_id_list"),
        ],
    ),
    ("im.message.reaction.created_v1", Some("added"), REACTION),
    ("im.message.reaction.deleted_v1", Some("removed"), REACTION),
    ("im.chat.member.bot.added_v1", Some("added"), CHAT),
    ("im.chat.member.bot.deleted_v1", Some("removed"), CHAT),
    ("im.chat.member.user.added_v1", Some("added"), USERS),
    ("im.chat.member.user.withdrawn_v1", Some("withdrawn"), USERS),
    ("im.chat.member.user.deleted_v1", Some("removed"), USERS),
    ("im.chat.disbanded_v1", None, CHAT),
    (
        "im.chat.updated_v1",
        None,
        &[
            ("chat_id", "/chat_id"),
            ("operator_id", "/operator_id"),
            ("external", "/external"),
            ("after_change", "/after_change"),
            ("before_change", "/before_change"),
        ],
    ),
    (
        "card.action.trigger",
        None,
        &[
            ("operator_id", "/operator"),
            ("message_id", "/context/open_message_id"),
            ("chat_id", "/context/open_chat_id"),
            ("token", "/token"),
            ("action_tag", "/action/tag"),
            ("action_name", "/action/name"),
            ("action_value", "/action/value"),
            ("form_value", "/action/form_value"),
            ("option", "/action/option"),
            ("options", "/action/options"),
            ("input_value", "/action/input_value"),
            ("checked", "/action/checked"),
            ("host", "/host"),
        ],
    ),
    (
        "application.bot.menu_v6",
        None,
        &[("event_key", "/event_key"), ("operator_id", "/operator/operator_id")],
    ),
];

/// An event, flat.
pub(crate) fn flat(envelope: &Envelope) -> Value {
    if let Ok(event) = envelope.decode::<receive_v1::Event>() {
        return message(envelope, event);
    }
    let mut out = base(envelope);
    let event_type = envelope.header.event_type.as_str();
    match SHAPES.iter().find(|(known, ..)| *known == event_type) {
        Some((_, action, fields)) => {
            if let Some(action) = action {
                out.insert("action".to_owned(), (*action).into());
            }
            for (name, place) in *fields {
                if let Some(value) = envelope.event.pointer(place).filter(|value| !value.is_null()) {
                    out.insert((*name).to_owned(), named(value));
                }
            }
        }
        None => {
            for (name, value) in envelope.event.as_object().into_iter().flatten() {
                out.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
    }
    out.into()
}

/// What every event has.
fn base(envelope: &Envelope) -> Map<String, Value> {
    let header = &envelope.header;
    let mut out = Map::new();
    out.insert("type".to_owned(), header.event_type.clone().into());
    for (name, value) in [("event_id", &header.event_id), ("timestamp", &header.create_time)] {
        if !value.is_empty() {
            out.insert(name.to_owned(), value.clone().into());
        }
    }
    out
}

/// Users by the name that the app knows them by, all else as it is.
fn named(value: &Value) -> Value {
    let one = |who: &Value| who.get("open_id").or_else(|| who.pointer("/user_id/open_id")).cloned();
    match value {
        Value::Array(list) if list.iter().any(|who| one(who).is_some()) => {
            list.iter().filter_map(one).collect()
        }
        value => one(value).unwrap_or_else(|| value.clone()),
    }
}

/// A message, flat.
fn message(envelope: &Envelope, event: receive_v1::Event) -> Value {
    let content = content(&event);
    let receive_v1::Event { sender, message, .. } = event;
    let mut out = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value.filter(|value| *value != "") {
            out.insert(name.to_owned(), value);
        }
    };
    let text = |text: &str| Some(Value::from(text));
    let sent = |name: &str| envelope.event.pointer(&format!("/message/{name}")).cloned();
    put("type", text(&envelope.header.event_type));
    put("event_id", text(&envelope.header.event_id));
    put("id", text(message.message_id.as_str()));
    put("message_id", text(message.message_id.as_str()));
    put("chat_id", text(message.chat_id.as_str()));
    put("chat_type", text(message.chat_type.as_str()));
    put("message_type", text(message.message_type.as_str()));
    put("content", Some(content.into()));
    put("sender_id", sender.sender_id.map(|id| id.open_id.as_str().into()));
    put("sender_type", text(sender.sender_type.as_str()));
    put("create_time", sent("create_time"));
    put("update_time", sent("update_time"));
    put("timestamp", text(&envelope.header.create_time));
    put(
        "mentions",
        message.mentions.map(|mentions| {
            let one =
                |one: &receive_v1::Mention| json!({"key": one.key, "id": one.id.open_id, "name": one.name});
            mentions.iter().map(one).collect()
        }),
    );
    put("reply_to", message.parent_id.map(|id| id.as_str().into()));
    put("root_id", message.root_id.map(|id| id.as_str().into()));
    put("thread_id", message.thread_id.map(|id| id.as_str().into()));
    out.into()
}

/// What a message says, as the commands that read messages print it.
fn content(event: &receive_v1::Event) -> String {
    let mentions = event.message.mentions.iter().flatten().map(|one| Mention {
        key: one.key.clone(),
        id: one.id.open_id.as_str().to_owned(),
        name: one.name.clone(),
        ..Mention::default()
    });
    readable::content(&Message {
        msg_type: event.message.message_type.clone(),
        body: Some(MessageBody { content: event.message.content.clone(), ..MessageBody::default() }),
        mentions: Some(mentions.collect()),
        ..Message::default()
    })
}

#[cfg(test)]
mod tests {
    use larkspur_api::event::{Incoming, events};

    use super::*;

    fn example(event_type: &str) -> Envelope {
        let example = events().find(|meta| meta.event_type == event_type).expect("known").example;
        let Ok(Incoming::Event(envelope)) = Envelope::parse(example.as_bytes()) else { panic!("an event") };
        envelope
    }

    #[test]
    fn a_message_is_flat_and_reads() {
        let flat = flat(&example("im.message.receive_v1"));
        let names: Vec<_> = flat.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "type",
                "event_id",
                "id",
                "message_id",
                "chat_id",
                "chat_type",
                "message_type",
                "content",
                "sender_id",
                "sender_type",
                "create_time",
                "update_time",
                "timestamp",
                "mentions",
                "reply_to",
                "root_id",
                "thread_id"
            ]
        );
        assert_eq!((&flat["content"], &flat["sender_type"]), (&json!("@Tom hello"), &json!("user")));
        assert_eq!(flat["create_time"], "1609073151345");
        assert_eq!(flat["mentions"][0]["id"], "ou_84aad35d084aa403a838cf73ee18467");
    }

    #[test]
    fn every_field_of_the_shapes_is_there() {
        for (event_type, _, fields) in SHAPES {
            let envelope = example(event_type);
            let flat = flat(&envelope);
            assert_eq!(
                (&flat["type"], &flat["event_id"]),
                (&json!(event_type), &json!(envelope.header.event_id))
            );
            let found = fields.iter().filter(|(name, _)| flat.get(name).is_some()).count();
            assert!(found * 3 >= fields.len() * 2, "{event_type}: {flat}");
        }
        let users = flat(&example("im.chat.member.user.added_v1"));
        assert_eq!(
            (&users["action"], &users["user_ids"][0]),
            (&json!("added"), &json!("ou_84aad35d084aa403a838cf73ee18467"))
        );
        assert_eq!(flat(&example("p2p_chat_create"))["type"], "p2p_chat_create");
    }
}
