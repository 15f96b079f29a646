//! What can go wrong, kept apart by what the caller can do about it.

use std::{path::PathBuf, time::Duration};

use larkspur_api::{
    Code, code,
    refusal::{FieldViolation, Refusal},
    wire::EncodeError,
};
use serde_json::Value;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The platform refused it.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// It was refused before anything was sent.
    #[error("{0}")]
    Invalid(Refusal),
    /// It cannot be put on the wire.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The platform was not reached, or its answer was not.
    #[error("{url}: {message}")]
    Network {
        /// What was asked for, without the query.
        url: String,
        /// What happened.
        message: String,
        /// Whether the platform may have done it.
        outcome: Outcome,
    },
    /// The answer is none of this platform's.
    #[error("{url} answered {status} with something that is not of this platform: {excerpt}")]
    NotThePlatform {
        /// What was asked for, without the query.
        url: String,
        /// The HTTP status.
        status: u16,
        /// How the body begins.
        excerpt: String,
        /// The log id, if there is one.
        log_id: Option<String>,
    },
    /// The user whose token is needed is not logged in, or no longer.
    #[error("{why}")]
    LoggedOut {
        /// The user.
        open_id: String,
        /// What the login was for, separated by spaces.
        scope: String,
        /// What became of it.
        why: String,
    },
    /// The user did not grant what the call needs: nothing was sent.
    #[error("the user did not grant {}", .missing.join(if *.any { " or " } else { ", " }))]
    MissingScope {
        /// The scopes that are missing.
        missing: Vec<&'static str>,
        /// Whether one of them is enough.
        any: bool,
    },
    /// The endpoint takes no token of this kind of caller: nothing was sent.
    #[error("{endpoint} cannot be called as {}", if *.user { "a user" } else { "the bot" })]
    WrongIdentity {
        /// Its id.
        endpoint: &'static str,
        /// Whether the caller is a user.
        user: bool,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The client cannot be built from this.
    #[error("{0}")]
    Config(String),
}

/// Whether something was done, when the answer did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was done: the request was never sent whole.
    NotDone,
    /// Nobody knows.
    Unknown,
}

/// A refusal, as the platform gave it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{code}: {msg}")]
pub struct ApiError {
    /// The `code`.
    pub code: i64,
    /// The `msg`.
    pub msg: String,
    /// The HTTP status.
    pub status: u16,
    /// Names the call to the platform's support.
    pub log_id: Option<String>,
    /// The fields that are wrong.
    pub field_violations: Vec<FieldViolation>,
    /// The scopes of which one is missing.
    pub scopes: Vec<String>,
    /// How long to wait before trying again.
    pub retry_after: Option<Duration>,
    /// The header `Date`: the platform's clock when it answered.
    pub date: Option<String>,
    /// The answer as it came.
    pub body: Value,
}

impl ApiError {
    /// Reads a refusal out of an answer.
    pub(crate) fn read(
        status: u16,
        log_id: Option<String>,
        retry_after: Option<Duration>,
        body: Value,
    ) -> Self {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let error = body.get("error");
        let list = |key: &str| error.and_then(|error| error.get(key)).and_then(Value::as_array);
        let field_violations = list("field_violations")
            .map(|list| list.iter().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect());
        let scopes = list("permission_violations")
            .map(|list| list.iter().map(|one| text(one.get("subject"))).collect());
        let in_body = error.and_then(|error| error.get("log_id").or_else(|| error.get("logid")));
        Self {
            code: body.get("code").and_then(Value::as_i64).unwrap_or_default(),
            msg: text(body.get("msg").or_else(|| body.get("error_description"))),
            status,
            log_id: log_id.or_else(|| in_body.and_then(Value::as_str).map(str::to_owned)),
            field_violations: field_violations.unwrap_or_default(),
            scopes: scopes.unwrap_or_default(),
            retry_after,
            date: None,
            body,
        }
    }

    /// What the contract knows of this code; of several meanings the one that the message tells.
    pub fn known(&self) -> Option<Code> {
        let mut meanings = code::all().filter(|code| code.number == self.code);
        let told = meanings.clone().find(|code| {
            let fixed = code.msg.split("%v").next().unwrap_or_default().trim_end_matches('.');
            self.msg.starts_with(fixed)
        });
        told.or_else(|| meanings.next())
    }

    /// What to do next.
    pub fn hint(&self) -> Option<&'static str> {
        self.known().map(|code| code.hint)
    }

    /// Whether the same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.status >= 500 || self.known().is_some_and(|code| code.retryable)
    }

    /// The word of an OAuth endpoint: `authorization_pending`, `invalid_grant`.
    pub fn word(&self) -> Option<&str> {
        self.body.get("error")?.as_str()
    }

    /// Whether a new token may help.
    pub(crate) fn is_token_invalid(&self) -> bool {
        matches!(self.code, 99_991_663 | 99_991_664 | 99_991_668 | 99_991_671 | 99_991_677)
    }

    /// Whether a user's token was refused: the login endpoints have a refusal of their own.
    pub(crate) fn is_user_token_invalid(&self) -> bool {
        self.is_token_invalid() || self.code == code::authen::USER_TOKEN_INVALID.number
    }
}

impl Error {
    /// Whether the same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => error.is_retryable(),
            Self::Network { .. } => true,
            Self::NotThePlatform { status, .. } => *status >= 500,
            Self::Invalid(_)
            | Self::Encode(_)
            | Self::LoggedOut { .. }
            | Self::MissingScope { .. }
            | Self::WrongIdentity { .. }
            | Self::File { .. }
            | Self::Config(_) => false,
        }
    }

    /// Names the call to the platform's support.
    pub fn log_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.log_id.as_deref(),
            Self::NotThePlatform { log_id, .. } => log_id.as_deref(),
            _ => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Invalid(refusal)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reused_code_is_told_apart_by_its_message() {
        let read = |msg: &str| ApiError::read(400, None, None, json!({"code": 230_071, "msg": msg}));
        let sender = read("The operator is not the sender of the message.");
        assert_eq!(sender.known(), Some(code::message::NOT_THE_SENDER));
        let thread = read("The group to which the message belongs does not support reply in thread.");
        assert_eq!(thread.known(), Some(code::message::THREAD_UNSUPPORTED));
    }

    #[test]
    fn both_spellings_of_the_log_id_are_read() {
        let read =
            |key: &str| ApiError::read(400, None, None, json!({"code": 1, "error": {key: "L"}})).log_id;
        assert_eq!(read("log_id"), Some("L".to_owned()));
        assert_eq!(read("logid"), Some("L".to_owned()));
    }
}
