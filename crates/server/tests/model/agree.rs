//! Whether an answer is what the model says.
//!
//! The model writes `$m7` where the wire has an id. The first time a name comes up it is bound to the id that is there;
//! from then on it has to be that one.

use std::collections::HashMap;

use serde_json::Value;

/// The ids of what was made, by their names in the script, and the other way round.
#[derive(Default)]
pub(crate) struct Names {
    ids: HashMap<String, String>,
    names: HashMap<String, String>,
}

impl Names {
    /// The id behind a name.
    pub(crate) fn id(&self, name: &str) -> &str {
        self.ids.get(name).map_or("unbound", String::as_str)
    }

    pub(crate) fn bind(&mut self, name: &str, id: &str) {
        self.ids.insert(name.to_owned(), id.to_owned());
        self.names.insert(id.to_owned(), name.to_owned());
    }

    /// An answer with names in the place of ids, for people to read.
    pub(crate) fn readable(&self, answer: &Value) -> Value {
        match answer {
            Value::String(id) => match self.names.get(id) {
                Some(name) => format!("${name}").into(),
                None => answer.clone(),
            },
            Value::Array(items) => items.iter().map(|item| self.readable(item)).collect(),
            Value::Object(fields) => fields
                .iter()
                .filter(|(name, _)| *name != "error")
                .map(|(name, value)| (name.clone(), self.readable(value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            other => other.clone(),
        }
    }
}

/// Compares what the model knows of an answer with the answer. Fields it does not name are not looked at; one that
/// it says is null must be null or missing. Gives the place where they differ.
pub(crate) fn agree(names: &mut Names, expected: &Value, answer: &Value) -> Result<(), String> {
    match (expected, answer) {
        (Value::Object(fields), Value::Object(answered)) => {
            for (name, expected) in fields {
                let value = answered.get(name).unwrap_or(&Value::Null);
                agree(names, expected, value).map_err(|place| format!("{name}.{place}"))?;
            }
            Ok(())
        }
        (Value::Array(items), Value::Array(answered)) if items.len() == answered.len() => {
            for (at, (expected, value)) in items.iter().zip(answered).enumerate() {
                agree(names, expected, value).map_err(|place| format!("{at}.{place}"))?;
            }
            Ok(())
        }
        (Value::String(expected), Value::String(id)) if expected.starts_with('$') => {
            let name = &expected[1..];
            match (names.ids.get(name), names.names.get(id)) {
                (Some(known), _) if known == id => Ok(()),
                (None, None) if !id.is_empty() => {
                    names.bind(name, id);
                    Ok(())
                }
                (_, Some(other)) => Err(format!(" is ${other}, not {expected}")),
                _ => Err(format!(" is {id:?}, not {expected}")),
            }
        }
        _ if expected == answer => Ok(()),
        _ => Err(format!(" is {}, not {expected}", names.readable(answer))),
    }
}
