//! Where something stands in a card, as the card service names it.

use std::fmt;

use serde_json::Value;

/// `ROOT -> body -> elements -> [1](tag: div)`
#[derive(Debug, Default)]
pub(super) struct Place(Vec<String>);

impl Place {
    pub(super) fn root() -> Self {
        Self::default()
    }

    pub(super) fn enter(&mut self, property: &str) {
        self.0.push(property.to_owned());
    }

    /// Enters an element of a list, or one that stands by itself and gets its name later.
    pub(super) fn enter_element(&mut self, index: Option<usize>, element: &Value) {
        let tag = element.get("tag").and_then(Value::as_str).unwrap_or_default();
        let index = index.map(|index| format!("[{index}]")).unwrap_or_default();
        self.0.push(format!("{index}(tag: {tag})"));
    }

    /// Puts a name before the last step: `text(tag: plain_text)`.
    pub(super) fn name_last(&mut self, property: &str) {
        if let Some(last) = self.0.last_mut() {
            last.insert_str(0, property);
        }
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    /// The same as the rules of version 1.0 name it: they know no body.
    pub(super) fn without_body(&self) -> String {
        let steps = self.0.iter().skip(usize::from(self.0.first().is_some_and(|first| first == "body")));
        write(steps)
    }
}

fn write<'a>(steps: impl Iterator<Item = &'a String>) -> String {
    steps.fold("ROOT".to_owned(), |path, step| path + " -> " + step)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write(self.0.iter()))
    }
}
