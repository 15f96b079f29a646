//! What is wrong with a card.

use std::fmt;

/// Why a card cannot be made, as the card service says it behind `ext=` in `230099`.
///
/// Source: the sub-codes of `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// The code of the card service.
    pub code: i64,
    /// Where in the card: `ROOT -> elements -> [2](tag: chart)`.
    pub path: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What it is wrong with.
    pub value: Option<String>,
}

impl Fault {
    /// Something about the card as a whole.
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, path: None, message: message.into(), value: None }
    }

    /// The JSON is none of a card.
    pub fn malformed(value: impl Into<String>) -> Self {
        let fault = Self::new(200_621, "parse card json err, please check whether the card json is correct");
        Self { value: Some(value.into()).filter(|value| !value.is_empty()), ..fault }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// The same about a value.
    #[must_use]
    pub fn of(self, value: impl Into<String>) -> Self {
        Self { value: Some(value.into()), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrCode: {}", self.code)?;
        if let Some(path) = &self.path {
            write!(f, "; ErrPath: {path}")?;
        }
        write!(f, "; ErrMsg: {}", self.message)?;
        match &self.value {
            Some(value) => write!(f, "; ErrorValue: {value}"),
            None => Ok(()),
        }
    }
}
