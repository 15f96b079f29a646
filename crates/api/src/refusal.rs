//! A refusal: the code, and what exactly it complains about.

use serde::{Deserialize, Serialize};

use crate::Code;

/// Why a request was not carried out, as it stands in the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Number, status and message.
    pub code: Code,
    /// What replaces `%v` in the message, or follows `, ext=`.
    pub detail: Option<String>,
    /// The fields that are wrong.
    pub field_violations: Vec<FieldViolation>,
    /// The scopes of which one is needed.
    pub scopes: Vec<String>,
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldViolation {
    /// The field; inside lists and objects `children[*].name`.
    pub field: String,
    /// What it held.
    pub value: String,
    /// What is wrong: `… is required`, `options: […]`, `the max len is …`.
    pub description: String,
}

impl Refusal {
    /// The `msg` of the answer.
    pub fn message(&self) -> String {
        self.code.message(self.detail.as_deref())
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, detail: None, field_violations: Vec::new(), scopes: Vec::new() }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code.number, self.message())
    }
}

impl std::error::Error for Refusal {}

impl Code {
    /// This code with details, as in `230001 …, ext=invalid receive_id`.
    pub fn because(self, detail: impl Into<String>) -> Refusal {
        Refusal { detail: Some(detail.into()), ..self.into() }
    }

    /// This code for one field.
    pub fn field(self, field: &str, value: &str, description: impl Into<String>) -> Refusal {
        let violation = FieldViolation {
            field: field.to_owned(),
            value: value.to_owned(),
            description: description.into(),
        };
        Refusal { field_violations: vec![violation], ..self.into() }
    }
}
