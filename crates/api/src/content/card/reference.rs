//! What a card refers to: pictures, recordings and people.

use serde_json::{Map, Value};

use super::count::DATA;

/// What a card refers to, each where it is first named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References<'a> {
    /// Keys of pictures.
    pub images: Vec<&'a str>,
    /// Keys of recordings.
    pub sounds: Vec<&'a str>,
    /// Ids of people that must exist.
    pub people: Vec<&'a str>,
    /// Whether everyone in the chat is mentioned.
    pub everyone: bool,
}

impl<'a> References<'a> {
    pub(super) fn of(card: &'a Value) -> Self {
        let mut found = Self::default();
        found.value(card);
        found
    }

    fn value(&mut self, value: &'a Value) {
        match value {
            Value::Object(object) => self.object(object),
            Value::Array(values) => values.iter().for_each(|value| self.value(value)),
            _ => {}
        }
    }

    fn object(&mut self, object: &'a Map<String, Value>) {
        let text = |name: &str| object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let tag = text("tag").unwrap_or_default();
        // The key in an icon of the library has no effect.
        if tag != "standard_icon" {
            self.images.extend(text("img_key"));
        }
        match tag {
            "markdown" | "lark_md" => self.markdown(text("content").unwrap_or_default()),
            "person" => self.people.extend(text("user_id")),
            "person_list" if object.get("drop_invalid_user_id") != Some(&Value::Bool(true)) => {
                let persons = object.get("persons").and_then(Value::as_array).into_iter().flatten();
                self.people.extend(persons.filter_map(|person| person.get("id")?.as_str()));
            }
            "audio" => self.sounds.extend(text("file_key")),
            _ => {}
        }
        for (name, value) in object {
            if !DATA.contains(&name.as_str()) {
                self.value(value);
            }
        }
    }

    /// `<at id=…></at>`, `<at ids=…,…></at>` and `![alt](image_key)`, but not in code.
    fn markdown(&mut self, markdown: &'a str) {
        for (index, plain) in markdown.split('`').enumerate() {
            if index % 2 == 0 {
                self.mentions(plain);
                self.pictures(plain);
            }
        }
    }

    fn mentions(&mut self, markdown: &'a str) {
        for rest in markdown.split("<at ").skip(1) {
            let attributes = rest.split('>').next().unwrap_or_default();
            for attribute in attributes.split_whitespace() {
                let Some((name, value)) = attribute.split_once('=') else { continue };
                let value = value.trim_matches(['"', '\'', '/']);
                let ids = match name {
                    "id" | "user_id" | "open_id" => std::slice::from_ref(&value).to_vec(),
                    "ids" => value.split(',').collect(),
                    _ => Vec::new(),
                };
                for id in ids {
                    if id == "all" {
                        self.everyone = true;
                    } else if !id.is_empty() {
                        self.people.push(id);
                    }
                }
            }
        }
    }

    fn pictures(&mut self, markdown: &'a str) {
        for rest in markdown.split("![").skip(1) {
            let key = rest.split_once("](").and_then(|(_, rest)| rest.split_once(')')).map(|(key, _)| key);
            // A title may stand behind the key.
            self.images.extend(key.and_then(|key| key.split_whitespace().next()));
        }
    }
}
