//! Where the check of a card stands, and what it has seen.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{component::lists, fault::Fault, place::Place};

/// What a text of version 2.0 has.
const TEXT: &str = "tag element_id content i18n_content i18n text_size text_color text_align lines";

pub(super) type Checked = Result<(), Fault>;

/// Which version a card is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schema {
    First,
    Second,
}

/// A check that is under way.
pub(super) struct Walk<'a> {
    pub(super) schema: Schema,
    pub(super) place: Place,
    ids: HashSet<&'a str>,
    names: HashSet<&'a str>,
    pub(super) sounds: HashSet<&'a str>,
    pub(super) tables: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(schema: Schema) -> Self {
        Self {
            schema,
            place: Place::root(),
            ids: HashSet::new(),
            names: HashSet::new(),
            sounds: HashSet::new(),
            tables: 0,
        }
    }

    pub(super) fn second(&self) -> bool {
        self.schema == Schema::Second
    }

    /// What the card service says of a rule that is broken.
    pub(super) fn broken(&self, message: impl Into<String>) -> Fault {
        Fault::new(11_310, message).at(self.place.without_body())
    }

    pub(super) fn unexpected(&self, expected: &str, property: &str, found: &Value) -> Fault {
        Fault::malformed(format!("expected {expected} for {property}, but: {found}, path: {}", self.place))
    }

    /// In version 2.0 a property that is not there is refused; version 1.0 ignores it.
    pub(super) fn only(&self, object: &Map<String, Value>, known: impl Fn(&str) -> bool) -> Checked {
        match object.keys().find(|name| !known(name)) {
            Some(name) if self.second() => {
                Err(Fault::malformed(format!("unknown property, property: {name}, path: {}", self.place)))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn object<'v>(
        &self,
        property: &str,
        value: &'v Value,
    ) -> Result<&'v Map<String, Value>, Fault> {
        value.as_object().ok_or_else(|| self.unexpected("object", property, value))
    }

    pub(super) fn list<'v>(&self, property: &str, value: &'v Value) -> Result<&'v [Value], Fault> {
        value.as_array().map(Vec::as_slice).ok_or_else(|| self.unexpected("array", property, value))
    }

    /// A text, or an icon beside one, is an object with a tag of its own.
    pub(super) fn text(&mut self, property: &str, value: &'a Value) -> Checked {
        let text = self.object(property, value)?;
        let tag = text.get("tag").and_then(Value::as_str);
        if let Some(tag) = tag.filter(|tag| !["plain_text", "lark_md", "markdown", "text"].contains(tag)) {
            return Err(Fault::new(11_310, "unsupported type of block").of(tag));
        }
        self.place.enter_element(None, value);
        self.place.name_last(property);
        self.only(text, |name| lists(TEXT, name))?;
        if let Some(content) = present(text, "content").filter(|content| !content.is_string()) {
            return Err(self.unexpected("string", "content", content));
        }
        self.id(text)?;
        self.place.leave();
        Ok(())
    }

    pub(super) fn options(&mut self, property: &str, value: &'a Value) -> Checked {
        self.list(property, value)?;
        for option in value.as_array().into_iter().flatten() {
            self.object(property, option)?;
            if let Some(text) = option.get("text").filter(|text| !text.is_null()) {
                self.text("text", text)?;
            }
        }
        Ok(())
    }

    /// In version 2.0 whatever has a tag may have an id.
    pub(super) fn id(&mut self, object: &'a Map<String, Value>) -> Checked {
        let Some(id) = present(object, "element_id").filter(|_| self.second()) else { return Ok(()) };
        let id = id.as_str().ok_or_else(|| self.unexpected("string", "element_id", id))?;
        if id.is_empty() {
            return Ok(());
        }
        if !is_element_id(id) {
            return Err(Fault::new(300_301, "elementID format error").of(id));
        }
        if !self.ids.insert(id) {
            return Err(Fault::new(300_301, "Duplicate element_id in card component.").of(id));
        }
        Ok(())
    }

    pub(super) fn name(&mut self, element: &'a Map<String, Value>) -> Checked {
        let name = element.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
        match name {
            Some(name) if !self.names.insert(name) => Err(self.broken(format!("name({name}) duplicate"))),
            _ => Ok(()),
        }
    }

    /// In another language everything may be there again.
    pub(super) fn begin_language(&mut self) {
        self.names.clear();
        self.tables = 0;
    }
}

/// A property that is there; null stands for none.
pub(super) fn present<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// Letters, digits and underscores, at most 20 of them, a letter first.
pub fn is_element_id(id: &str) -> bool {
    id.len() <= 20
        && id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
