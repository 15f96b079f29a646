//! Ids, each a type of its own, so that one cannot be passed where another belongs.
//!
//! They hold whatever the wire holds: older prefixes (`img_v2_`, `file_v2_`) and forms not seen
//! yet stay usable. [`FromStr`](std::str::FromStr) is the strict reading, for input that a person wrote.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Kind, Shape};

/// A text that is not an id of the kind wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {kind}: expected `{prefix}…`")]
pub struct ParseIdError {
    text: String,
    kind: &'static str,
    prefix: &'static str,
}

fn is_id_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($kind:literal, $prefix:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// What every such id starts with; empty where any text may be one.
            pub const PREFIX: &'static str = $prefix;

            /// The id on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let rest = text.strip_prefix($prefix).filter(|rest| !rest.is_empty() && rest.len() <= 128);
                match rest {
                    Some(rest) if rest.chars().all(is_id_character) => Ok(Self(text.to_owned())),
                    _ => Err(ParseIdError { text: text.to_owned(), kind: $kind, prefix: $prefix }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Shape for $name {
            const KIND: Kind = Kind::Text;
        }
    )*};
}

ids! {
    /// A message: `om_` and 32 hex digits.
    MessageId("message_id", "om_");
    /// A chat, group or one-to-one: `oc_` and 32 hex digits.
    ChatId("chat_id", "oc_");
    /// A thread: `omt_` and 12 or more hex digits.
    ThreadId("thread_id", "omt_");
    /// A user or bot as one app sees it: `ou_` and 32 hex digits.
    OpenId("open_id", "ou_");
    /// A user as all apps of a developer see it: `on_` and 32 hex digits.
    UnionId("union_id", "on_");
    /// A user within its tenant, as the tenant named it.
    UserId("user_id", "");
    /// An app: `cli_` and 16 hex digits.
    AppId("app_id", "cli_");
    /// An uploaded image: `img_v3_…`; older ones start with `img_v2_` or `img_`.
    ImageKey("image_key", "img_");
    /// An uploaded file: `file_v3_…`; older ones start with `file_v2_` or `file_`.
    FileKey("file_key", "file_");
}
