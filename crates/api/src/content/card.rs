//! `interactive`

use larkspur_api_macros::object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

    /// Every `img_key` in it, at whatever depth.
    pub fn image_keys(&self) -> Vec<&str> {
        fn collect<'a>(value: &'a Value, keys: &mut Vec<&'a str>) {
            match value {
                Value::Object(object) => {
                    for (name, value) in object {
                        match value.as_str() {
                            Some(key) if name == "img_key" => keys.push(key),
                            _ => collect(value, keys),
                        }
                    }
                }
                Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
                _ => {}
            }
        }
        let mut keys = Vec::new();
        collect(&self.0, &mut keys);
        keys
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
