//! `text`

use larkspur_api_macros::object;
use serde_json::Value;

/// Plain text.
///
/// Sent, it may hold `<at user_id="ou_…">name</at>`, `<at user_id="all"></at>`, `<b>`, `<i>`, `<u>`,
/// `<s>` and `[text](url)`. Received, a mention stands as `@_user_1` and styles are gone.
#[object]
pub struct Text {
    /// The text.
    pub text: String,
}

impl Text {
    /// This text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(super) fn parse(value: &Value) -> Option<Self> {
        value.get("text")?.as_str()?;
        serde_json::from_value(value.clone()).ok()
    }
}

/// The markup that mentions a user in a text or in Markdown; `all` mentions everyone.
pub fn mention(user_id: &str, name: &str) -> String {
    format!(r#"<at user_id="{user_id}">{name}</at>"#)
}
