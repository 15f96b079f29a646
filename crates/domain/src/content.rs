//! What becomes of content between sending and reading: mentions get keys, references are checked,
//! and a reader gets the simplified form that the documentation describes.

pub mod card;
pub mod markdown;
pub mod post;
pub mod text;

use larkspur_api::{
    code::message,
    content::{Content, Received},
    im::v1::message::MsgType,
    user::UserIdType,
};
use larkspur_store::{View, message::MessageRow, user::UserRow};
use serde::{Deserialize, Serialize};

use crate::{App, Apps, Result, hook, person};

/// Someone mentioned in a message, as it is kept with the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentioned {
    /// `@_user_1`
    pub key: String,
    /// `user.id`, or `app.id` of a bot.
    pub row: i64,
    /// Whether it is a bot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
    /// The name at the time of sending.
    pub name: String,
}

/// Collects the mentions of a message and gives each person a key.
pub struct Mentions<'a> {
    view: &'a View<'a>,
    app: &'a App,
    apps: &'a Apps,
    found: Vec<Mentioned>,
    all: bool,
}

impl<'a> Mentions<'a> {
    /// None yet.
    pub fn new(view: &'a View<'a>, app: &'a App, apps: &'a Apps) -> Self {
        Self { view, app, apps, found: Vec::new(), all: false }
    }

    /// The key for an id, or `None` if it names nobody the app knows.
    pub fn key(&mut self, id: &str) -> Result<Option<String>> {
        if id == "all" {
            self.all = true;
            return Ok(Some("@_all".to_owned()));
        }
        let bot = id.starts_with("ou_").then(|| self.apps.by_open_id(id)).flatten();
        let (row, bot, name) = match bot {
            Some(bot) if bot.row.tenant_key == self.app.row.tenant_key => {
                (bot.row.id, true, bot.row.name.clone())
            }
            _ => match self.user(id)? {
                Some(user) => (user.id, false, user.name),
                None => return Ok(None),
            },
        };
        if let Some(known) = self.found.iter().find(|known| known.row == row && known.bot == bot) {
            return Ok(Some(known.key.clone()));
        }
        let key = format!("@_user_{}", self.found.len() + 1);
        self.found.push(Mentioned { key: key.clone(), row, bot, name });
        Ok(Some(key))
    }

    fn user(&self, id: &str) -> Result<Option<UserRow>> {
        if self.app.is_custom_bot() {
            return hook::member(self.view, self.app, id);
        }
        Ok(match person::find(self.view, self.app, &person::kind_of(id), id)? {
            person::Found::User(user) => Some(user),
            _ => None,
        })
    }

    /// The name behind a key.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.found.iter().find(|known| known.key == key).map(|known| known.name.as_str())
    }

    /// Whether everyone was mentioned.
    pub fn mentions_all(&self) -> bool {
        self.all
    }

    /// The mentions as a column.
    pub fn into_column(self) -> Option<String> {
        if self.found.is_empty() { None } else { serde_json::to_string(&self.found).ok() }
    }
}

/// Content with keys in the place of mentioned ids, as it is kept.
pub fn with_keys(content: &Content, mentions: &mut Mentions<'_>) -> Result<String> {
    Ok(match content {
        Content::Text(text) if text.text.contains("<at ") => {
            let text =
                larkspur_api::content::Text { text: text::with_keys(&text.text, mentions)?, ..text.clone() };
            Content::Text(text).to_wire()
        }
        Content::Post(post) => Content::Post(post::with_keys(post, mentions)?).to_wire(),
        other => other.to_wire(),
    })
}

/// The mentions of a stored message.
pub fn mentioned(message: &MessageRow) -> Vec<Mentioned> {
    message.mentions.as_deref().and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default()
}

/// Stored content in the form that readers get.
///
/// `raw_cards` gives cards as they were sent. Files and recordings carry name and duration along.
pub fn received(view: &View<'_>, message: &MessageRow, raw_cards: bool) -> Result<String> {
    let msg_type = MsgType::from(message.msg_type.as_str());
    let content = &message.content;
    let file = |key: &str| view.file(key);
    Ok(match msg_type {
        MsgType::Text => match Received::parse(&msg_type, content) {
            Received::Text(mut text) => {
                text.text = text::without_styles(&text.text);
                Received::Text(text).to_wire()
            }
            other => other.to_wire(),
        },
        MsgType::Post => match Content::parse(&msg_type, content) {
            Ok(Content::Post(post)) => Received::Post(post::received(&post, &mentioned(message))).to_wire(),
            _ => content.clone(),
        },
        MsgType::Interactive if !raw_cards => card::received(content),
        MsgType::File => match Received::parse(&msg_type, content) {
            Received::File(mut content) => {
                content.file_name = file(content.file_key.as_str())?.map(|file| file.file_name);
                Received::File(content).to_wire()
            }
            other => other.to_wire(),
        },
        MsgType::Audio => match Received::parse(&msg_type, content) {
            Received::Audio(mut content) => {
                content.duration = file(content.file_key.as_str())?.and_then(|file| file.duration);
                Received::Audio(content).to_wire()
            }
            other => other.to_wire(),
        },
        MsgType::Media => match Received::parse(&msg_type, content) {
            Received::Media(mut content) => {
                if let Some(file) = file(content.file_key.as_str())? {
                    content.duration = file.duration;
                    content.file_name = Some(file.file_name);
                }
                Received::Media(content).to_wire()
            }
            other => other.to_wire(),
        },
        MsgType::System => divider(content).unwrap_or_else(|| content.clone()),
        _ => content.clone(),
    })
}

/// A sent dividing line as the sentence that readers get.
fn divider(content: &str) -> Option<String> {
    let Ok(Content::System(system)) = Content::parse(&MsgType::System, content) else { return None };
    let received = larkspur_api::content::ReceivedSystem {
        template: "{divider_text}".to_owned(),
        divider_text: system.params.divider_text,
        ..larkspur_api::content::ReceivedSystem::default()
    };
    Some(Received::System(received).to_wire())
}

/// Refuses content that is too long for its type, before it is read.
pub fn check_length(msg_type: &MsgType, content: &str) -> Result<()> {
    match Content::max_bytes(msg_type) {
        Some(max) if content.len() > max => Err(message::CONTENT_TOO_LONG.into()),
        _ => Ok(()),
    }
}

/// Reads content as strictly as the documents have it.
pub fn parse(msg_type: &MsgType, content: &str) -> Result<Content> {
    check_length(msg_type, content)?;
    let content =
        Content::parse(msg_type, content).map_err(|error| message::INVALID_PARAM.because(error.0))?;
    if let Content::Interactive(card) = &content {
        card::check(card)?;
    }
    Ok(content)
}

/// What an app calls someone mentioned, and which kind of id that is.
pub fn mention_id(
    view: &View<'_>,
    app: &App,
    apps: &Apps,
    mentioned: &Mentioned,
    asked: Option<&UserIdType>,
) -> Result<(String, String)> {
    if mentioned.bot {
        let bot = apps.get(mentioned.row);
        return Ok(match asked {
            Some(_) => (bot.map(|bot| bot.row.app_id.clone()).unwrap_or_default(), "app_id".to_owned()),
            None => (bot.map(|bot| bot.row.open_id.clone()).unwrap_or_default(), "open_id".to_owned()),
        });
    }
    let id_type = asked.cloned().unwrap_or_default();
    let user = view.user_by_row(mentioned.row)?;
    let id = match user {
        Some(user) => person::name_of(view, app, &id_type, &user)?,
        None => String::new(),
    };
    Ok((id, id_type.as_str().to_owned()))
}
