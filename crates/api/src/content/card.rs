//! `interactive`
//!
//! What a card may be made of is checked here, for whoever sends it and for whoever receives it: [`Card::check`]. Whether
//! the pictures and people that it names are there ([`Card::references`]) only the platform knows.

mod chart;
mod check;
mod component;
mod components;
mod count;
mod fault;
mod place;
mod reference;
mod rules;
mod table;
mod walk;

use larkspur_api_macros::object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::{
    check::{MAX_ELEMENTS, MAX_NESTING},
    fault::Fault,
    reference::References,
    rules::MAX_TABLES,
    walk::is_element_id,
};

/// A card: its JSON, or the name of a template or of a card entity.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/send-feishu-card`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Card(pub Value);

/// What a card is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind<'a> {
    /// JSON of version 1.0.
    Json1,
    /// JSON of version 2.0: `"schema": "2.0"`.
    Json2,
    /// `{"type":"template","data":{"template_id":…}}`
    Template(&'a str),
    /// `{"type":"card","data":{"card_id":…}}`
    Entity(&'a str),
}

impl Card {
    /// What it is made of; `None` if it is not an object.
    pub fn kind(&self) -> Option<CardKind<'_>> {
        let card = self.0.as_object()?;
        let data = |key: &str| card.get("data").and_then(|data| data.get(key)).and_then(Value::as_str);
        Some(match (card.get("type").and_then(Value::as_str), card.get("schema").and_then(Value::as_str)) {
            (Some("template"), _) => CardKind::Template(data("template_id").unwrap_or_default()),
            (Some("card"), _) => CardKind::Entity(data("card_id").unwrap_or_default()),
            (_, Some("2.0")) => CardKind::Json2,
            _ => CardKind::Json1,
        })
    }

    /// Checks what can be seen in the JSON itself: tags, properties, nesting, names and counts.
    pub fn check(&self) -> Result<(), Fault> {
        let broken = || Fault::malformed("");
        match self.kind().ok_or_else(broken)? {
            CardKind::Template(_) | CardKind::Entity(_) => {
                if self.0.get("data").is_some_and(Value::is_object) { Ok(()) } else { Err(broken()) }
            }
            CardKind::Json1 => match self.0.get("schema") {
                None | Some(Value::Null) => check::check(&self.0, walk::Schema::First),
                Some(schema) if schema == "1.0" => check::check(&self.0, walk::Schema::First),
                Some(schema) => Err(Fault::malformed(format!("unknown schema: {schema}"))),
            },
            CardKind::Json2 => check::check(&self.0, walk::Schema::Second),
        }
    }

    /// What it refers to.
    pub fn references(&self) -> References<'_> {
        References::of(&self.0)
    }
}

/// A card as it is read back: simplified to rows of elements.
#[object]
pub struct ReceivedCard {
    /// The title.
    pub title: Option<String>,
    /// Rows of elements, each with a `tag`.
    pub elements: Vec<Vec<Value>>,
}
