//! Cards: what is refused, and the simplified form that readers get.

use larkspur_api::{
    Refusal,
    code::message,
    content::card::{Card, CardKind, Fault, ReceivedCard},
};
use serde_json::{Map, Value, json};

use super::markdown;
use crate::Result;

/// What stands in the place of a card of version 2.0 when it is read back simplified.
const UPGRADE: &str = "请升级至最新版本客户端，以查看内容";

/// A card refusal: what the card service says stands inside the message.
pub fn refused(fault: &Fault) -> Refusal {
    message::CARD_INVALID.because(fault.to_string())
}

/// Refuses what is no card.
pub fn check(card: &Card) -> Result<()> {
    Ok(card.check().map_err(|fault| refused(&fault))?)
}

/// Whether everyone sees the same card, so that an update is for all of them: `config.update_multi`,
/// which is false by default in version 1.0 and true in version 2.0.
pub fn is_shared(card: &Card) -> bool {
    let said = card.0.pointer("/config/update_multi").and_then(Value::as_bool);
    said.unwrap_or_else(|| card.kind() == Some(CardKind::Json2))
}

/// A stored card as readers get it.
pub fn received(content: &str) -> String {
    let card: Value = serde_json::from_str(content).unwrap_or_default();
    let card = Card(card);
    let received = match card.kind() {
        Some(CardKind::Json1) => simplify(&card.0),
        _ => ReceivedCard { elements: vec![vec![text(UPGRADE)]], ..ReceivedCard::default() },
    };
    serde_json::to_string(&received).unwrap_or_default()
}

fn simplify(card: &Value) -> ReceivedCard {
    let title = card.pointer("/header/title/content").and_then(Value::as_str);
    let mut elements = Vec::new();
    // Cards in several languages keep their elements by language.
    let by_language = card.get("i18n_elements").and_then(|all| all.get("zh_cn").or_else(|| all.get("en_us")));
    let list = card.get("elements").or(by_language).and_then(Value::as_array);
    for element in list.into_iter().flatten() {
        rows(element, &mut elements);
    }
    ReceivedCard { title: title.map(str::to_owned), elements, ..ReceivedCard::default() }
}

fn text(text: &str) -> Value {
    json!({"tag": "text", "text": text})
}

fn string<'a>(element: &'a Value, key: &str) -> &'a str {
    element.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(element: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    element.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Puts an element into rows.
fn rows(element: &Value, out: &mut Vec<Vec<Value>>) {
    match string(element, "tag") {
        "hr" => out.push(vec![json!({"tag": "hr"})]),
        "markdown" => out.extend(marked(string(element, "content"))),
        "div" => {
            let mut row = element.get("text").map(words).unwrap_or_default();
            for field in list(element, "fields") {
                row.extend(field.get("text").map(words).unwrap_or_default());
            }
            row.extend(element.get("extra").and_then(control));
            out.push(row);
        }
        "img" => {
            let mut row = element.get("title").map(words).unwrap_or_default();
            row.push(json!({"tag": "img", "image_key": string(element, "img_key")}));
            out.push(row);
        }
        "note" => {
            let elements: Vec<_> = list(element, "elements").flat_map(note_part).collect();
            out.push(vec![json!({"tag": "note", "elements": elements})]);
        }
        "action" => out.push(list(element, "actions").filter_map(control).collect()),
        "column_set" => {
            for column in list(element, "columns") {
                for element in list(column, "elements") {
                    rows(element, out);
                }
            }
        }
        _ => out.extend(control(element).map(|element| vec![element])),
    }
}

fn note_part(part: &Value) -> Vec<Value> {
    match string(part, "tag") {
        "img" => vec![json!({"tag": "img", "image_key": string(part, "img_key")})],
        _ => words(part),
    }
}

/// A text object: plain, or Markdown on one line.
fn words(object: &Value) -> Vec<Value> {
    let content = string(object, "content");
    match string(object, "tag") {
        "lark_md" => marked(content).into_iter().flatten().collect(),
        _ => vec![text(content)],
    }
}

/// Markdown as rows of elements without styles.
fn marked(content: &str) -> Vec<Vec<Value>> {
    let rows = markdown::nodes(content).into_iter();
    rows.map(|row| {
        row.into_iter()
            .map(|node| {
                let mut value = serde_json::to_value(node).unwrap_or_default();
                if let Some(object) = value.as_object_mut() {
                    object.shift_remove("style");
                }
                value
            })
            .collect()
    })
    .collect()
}

/// Something to click or to choose from.
fn control(element: &Value) -> Option<Value> {
    let label = |object: Option<&Value>| {
        object.map(|object| string(object, "content").to_owned()).unwrap_or_default()
    };
    let options =
        || -> Vec<String> { list(element, "options").map(|option| label(option.get("text"))).collect() };
    let tag = string(element, "tag");
    let mut out = Map::new();
    out.insert("tag".to_owned(), tag.into());
    match tag {
        "button" => {
            out.insert("text".to_owned(), label(element.get("text")).into());
            let kind = element.get("type").and_then(Value::as_str).unwrap_or("default");
            out.insert("type".to_owned(), kind.into());
        }
        "select_static" | "select_person" | "multi_select_static" | "multi_select_person" => {
            out.insert("options".to_owned(), options().into());
            out.insert("placeholder".to_owned(), label(element.get("placeholder")).into());
        }
        "overflow" => {
            out.insert("options".to_owned(), options().into());
        }
        "date_picker" | "picker_time" | "picker_datetime" => {
            out.insert("placeholder".to_owned(), label(element.get("placeholder")).into());
            for key in ["initial_date", "initial_time", "initial_datetime"] {
                if let Some(value) = element.get(key) {
                    out.insert(key.to_owned(), value.clone());
                }
            }
        }
        "img" => return Some(json!({"tag": "img", "image_key": string(element, "img_key")})),
        _ => return None,
    }
    Some(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_reads_back_as_rows() {
        let card = json!({
            "header": {"title": {"tag": "plain_text", "content": "Title"}},
            "elements": [
                {"tag": "div", "text": {"tag": "lark_md", "content": "**Hi** [site](https://x.cn)"},
                 "extra": {"tag": "button", "text": {"tag": "plain_text", "content": "Go"}, "type": "primary"}},
                {"tag": "hr"},
                {"tag": "img", "img_key": "img_1", "title": {"tag": "plain_text", "content": "Picture"}},
                {"tag": "action", "actions": [
                    {"tag": "select_static", "placeholder": {"tag": "plain_text", "content": "Pick"},
                     "options": [{"text": {"tag": "plain_text", "content": "A"}, "value": "a"}]}
                ]},
                {"tag": "note", "elements": [{"tag": "plain_text", "content": "Note"}]}
            ]
        });
        let read: Value = serde_json::from_str(&received(&card.to_string())).expect("JSON");
        assert_eq!(
            read,
            json!({"title": "Title", "elements": [
                [{"tag": "text", "text": "Hi"}, {"tag": "text", "text": " "},
                 {"tag": "a", "text": "site", "href": "https://x.cn"},
                 {"tag": "button", "text": "Go", "type": "primary"}],
                [{"tag": "hr"}],
                [{"tag": "text", "text": "Picture"}, {"tag": "img", "image_key": "img_1"}],
                [{"tag": "select_static", "options": ["A"], "placeholder": "Pick"}],
                [{"tag": "note", "elements": [{"tag": "text", "text": "Note"}]}]
            ]})
        );
    }

    #[test]
    fn a_card_of_version_2_reads_back_as_a_notice() {
        assert!(received(r#"{"schema":"2.0","body":{"elements":[]}}"#).contains(UPGRADE));
    }
}
