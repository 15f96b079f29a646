//! Which of the events are wanted.

use clap::{ArgAction, ArgMatches, Command};
use larkspur::{Client, bot::v3::bot::info};
use larkspur_api::event::Envelope;
use regex_lite::Regex;
use serde_json::Value;

use super::keys::Keys;
use crate::{
    failure::{Failure, Result},
    tree::{switch, value},
};

/// Where the chat of an event stands, whatever the event.
const CHATS: [&str; 4] = ["/message/chat_id", "/chat_id", "/context/open_chat_id", "/open_chat_id"];

/// Where the user who did something stands.
const SENDERS: [&str; 7] = [
    "/sender/sender_id",
    "/operator_id",
    "/operator/operator_id",
    "/operator",
    "/reader/reader_id",
    "/user_id",
    "/user",
];

/// The three names of a user.
const NAMES: [&str; 3] = ["open_id", "user_id", "union_id"];

/// What an event has to be like.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    pub(crate) keys: Keys,
    /// Which types, once more, as a regular expression.
    types: Option<Regex>,
    chats: Vec<String>,
    senders: Vec<String>,
    message_types: Vec<String>,
    mention: Mention,
}

/// Whether the bot has to be mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mention {
    Any,
    /// It has to be, and its `open_id` is not known yet.
    Wanted,
    Of(String),
}

/// The flags that narrow it down.
pub(crate) fn flags(command: Command) -> Command {
    let list = |name, what, help| {
        value(name, what, help).action(ArgAction::Append).value_delimiter(',').help_heading("Which events")
    };
    command
        .arg(list("chat-id", "IDS", "Only what happens in these chats: oc_…"))
        .arg(list("sender-id", "IDS", "Only what these users do: any of their ids"))
        .arg(list("message-type", "TYPES", "Only messages of these types: text, image, …"))
        .arg(switch("mention", "Only messages that mention the bot").help_heading("Which events"))
}

impl Selection {
    pub(crate) fn new(keys: Keys, matches: &ArgMatches) -> Self {
        let list = |name: &str| match matches.try_get_many::<String>(name) {
            Ok(Some(values)) => values.map(|value| value.trim().to_owned()).collect(),
            _ => Vec::new(),
        };
        let mention = matches.try_get_one::<bool>("mention").ok().flatten().copied().unwrap_or_default();
        Self {
            keys,
            types: None,
            chats: list("chat-id"),
            senders: list("sender-id"),
            message_types: list("message-type"),
            mention: if mention { Mention::Wanted } else { Mention::Any },
        }
    }

    /// Narrows the types down once more.
    pub(crate) fn with_types(self, types: Option<Regex>) -> Self {
        Self { types, ..self }
    }

    /// Whether the platform has to be asked who the bot is.
    pub(crate) fn needs_bot(&self) -> bool {
        self.mention == Mention::Wanted
    }

    /// Asks the platform who the bot is, if that matters.
    pub(crate) async fn learn_bot(&mut self, client: &Client) -> Result<()> {
        if self.needs_bot() {
            let bot = client.send(info::Request::default()).await?.bot;
            self.mention = Mention::Of(bot.open_id.as_str().to_owned());
        }
        Ok(())
    }

    /// Whether a type is wanted.
    pub(crate) fn includes(&self, event_type: &str) -> bool {
        self.keys.include(event_type) && self.types.as_ref().is_none_or(|types| types.is_match(event_type))
    }

    /// Whether an event is wanted. One that lacks what is asked about is not.
    pub(crate) fn admits(&self, envelope: &Envelope) -> bool {
        let event = &envelope.event;
        let text = |place: &str| event.pointer(place).and_then(Value::as_str);
        let one_of = |list: &[String], value: Option<&str>| {
            list.is_empty() || value.is_some_and(|value| list.iter().any(|one| one == value))
        };
        self.includes(&envelope.header.event_type)
            && one_of(&self.chats, CHATS.iter().find_map(|place| text(place)))
            && one_of(&self.message_types, text("/message/message_type"))
            && (self.senders.is_empty() || self.is_by_sender(event))
            && self.is_mentioned(event)
    }

    fn is_by_sender(&self, event: &Value) -> bool {
        let who = SENDERS.iter().find_map(|place| event.pointer(place).filter(|who| who.is_object()));
        // The old card callback names the user beside everything else.
        let who = who.unwrap_or(event);
        NAMES
            .iter()
            .filter_map(|name| who.get(name)?.as_str())
            .any(|id| self.senders.iter().any(|one| one == id))
    }

    fn is_mentioned(&self, event: &Value) -> bool {
        match &self.mention {
            Mention::Any => true,
            Mention::Wanted => false,
            Mention::Of(open_id) => {
                let mentions = event.pointer("/message/mentions").and_then(Value::as_array);
                let of = |one: &Value| one.pointer("/id/open_id").and_then(Value::as_str) == Some(open_id);
                mentions.into_iter().flatten().any(of)
            }
        }
    }
}

/// A regular expression that a flag holds.
pub(crate) fn regex(text: &str, flag: &str) -> Result<Regex> {
    Regex::new(text).map_err(|error| {
        Failure::usage(format!("--{flag} {text:?} is not a regular expression: {error}")).param(flag)
    })
}
