//! `card.action`: users who press buttons, choose and fill in.

pub mod trigger;
pub mod trigger_v1;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::prelude::*;

/// What a user did to a card.
#[object]
pub struct Action {
    /// What the card's author put into the element's `value`: an object, or a string.
    pub value: Option<Value>,
    /// The kind of element: `button`, `select_static`, …
    pub tag: String,
    /// Where the user is, as in `Asia/Shanghai`. Given by elements that choose a date or a time.
    pub timezone: Option<String>,
    /// The name the card's author gave the element.
    pub name: Option<String>,
    /// What was filled into the form, by the names of its elements: strings, and lists of strings.
    pub form_value: Option<BTreeMap<String, Value>>,
    /// What was typed, outside a form.
    pub input_value: Option<String>,
    /// What was chosen, outside a form: an option's value, a date or a time.
    pub option: Option<String>,
    /// What was chosen, outside a form, where several may be.
    pub options: Option<Vec<String>>,
    /// Whether the box was ticked, outside a form.
    pub checked: Option<bool>,
}

/// A notice that the client shows for a moment.
#[object]
pub struct Toast {
    /// How it looks.
    pub r#type: Option<ToastType>,
    /// What it says.
    pub content: Option<String>,
    /// What it says by language: `zh_cn`, `en_us`, …
    pub i18n: Option<BTreeMap<String, String>>,
}

impl Toast {
    /// A notice in one language.
    pub fn new(toast_type: ToastType, content: impl Into<String>) -> Self {
        Self { r#type: Some(toast_type), content: Some(content.into()), ..Self::default() }
    }
}

/// How a [`Toast`] looks.
#[open_enum]
pub enum ToastType {
    /// Neutral.
    Info = "info",
    /// It worked.
    Success = "success",
    /// It failed.
    Error = "error",
    /// Beware.
    Warning = "warning",
}
