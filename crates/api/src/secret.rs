//! Secrets: what lets in whoever knows it, and must not reach a log.
//!
//! `Debug` of requests, answers, events and their envelopes says that they are there and not what they are.

use std::{
    any::Any,
    fmt::{Debug, Formatter, Result},
};

use serde_json::Value;

/// Stands for a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hidden;

impl Debug for Hidden {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("(hidden)")
    }
}

/// Whether a field of this name holds a secret. `code` does in requests of logins, where it is a text.
pub fn is_secret(name: &str) -> bool {
    match name {
        "page_token" => false,
        "token" | "secret" | "code" | "code_verifier" | "device_code" | "encrypt_key" | "ticket"
        | "app_ticket" | "preview_tokens" => true,
        _ => name.ends_with("_token") || name.ends_with("_secret"),
    }
}

/// JSON, as `Debug` shows it: texts and lists by these names are hidden, wherever they stand.
pub struct Shown<'a>(pub &'a Value);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            Value::Object(fields) => {
                let mut map = f.debug_map();
                for (name, value) in fields {
                    match value {
                        Value::String(_) | Value::Array(_) if is_secret(name) => map.entry(name, &Hidden),
                        _ => map.entry(name, &Shown(value)),
                    };
                }
                map.finish()
            }
            Value::Array(values) => f.debug_list().entries(values.iter().map(Shown)).finish(),
            other => Debug::fmt(other, f),
        }
    }
}

/// A field's value, as `Debug` shows it.
pub fn shown<'a, T: Debug + Any>(name: &str, value: &'a T) -> &'a dyn Debug {
    let is_number = (value as &dyn Any).is::<i64>();
    if is_secret(name) && !is_number { &Hidden } else { value }
}
