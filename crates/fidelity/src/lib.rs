//! The fidelity ledger: every documented code and limit of every endpoint, and whether the platform does it.
//!
//! Nobody writes that a row is tested. Tests [observe] the refusals that they assert, and `cargo fidelity` makes
//! the ledger of what was observed, of the catalogue and of the reasons in `reasons/`.

mod observe;

use serde::{Deserialize, Serialize};

pub use observe::{observe, observe_bound, observe_limit, observe_of};

/// The committed ledger.
pub const LEDGER: &str = include_str!("../ledger.json");

/// The rows of an endpoint, or of a feature that is none.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `im.v1.message.create`, or a feature such as `event`.
    pub id: String,
    /// Whether it belongs to the messages, groups, pictures and files that bots are made of.
    #[serde(default)]
    pub core: bool,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Something that the documents say.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "(String, String, State, String)")]
pub struct Row {
    /// A code, `230001`; one inside another, `230099/200570`; a limit, `image.upload.max_size`; a limit of a
    /// field, `uuid max_len`.
    pub key: String,
    /// What the documents say of it.
    pub text: String,
    /// What the platform does.
    pub state: State,
    /// The test that shows it, the reason why not, or both.
    pub why: String,
}

impl From<(String, String, State, String)> for Row {
    fn from((key, text, state, why): (String, String, State, String)) -> Self {
        Self { key, text, state, why }
    }
}

/// What kind of thing a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code of the error table.
    Code,
    /// A code that stands in the text of another.
    SubCode,
    /// A limit.
    Limit,
}

impl Row {
    /// What it is about.
    pub fn kind(&self) -> Kind {
        match self.key.split_once('/') {
            Some(_) => Kind::SubCode,
            None if self.key.bytes().all(|byte| byte.is_ascii_digit()) => Kind::Code,
            None => Kind::Limit,
        }
    }
}

/// What the platform does of a row.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum State {
    /// It does it, and a test shows it.
    #[serde(rename = "tested")]
    Tested,
    /// It does part of it. A test shows that part, and a reason says what is left out.
    #[serde(rename = "partial")]
    Partial,
    /// It does not, for a reason.
    #[serde(rename = "not emulated")]
    NotEmulated,
    /// Nobody has looked yet.
    #[serde(rename = "open")]
    Open,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tested, Self::Partial, Self::NotEmulated, Self::Open];

    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::Partial => "partial",
            Self::NotEmulated => "not emulated",
            Self::Open => "open",
        }
    }
}

/// Reads the committed ledger.
pub fn ledger() -> serde_json::Result<Vec<Entry>> {
    serde_json::from_str(LEDGER)
}
