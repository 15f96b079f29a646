//! `system`

use std::collections::BTreeMap;

use larkspur_api_macros::object;
use serde_json::Value;

use super::ContentError;

/// A dividing line, the one system message that can be sent: to a user, with a tenant token and the
/// scope `im:message:send_sys_msg`.
#[object]
pub struct System {
    /// Always `divider`.
    pub r#type: String,
    /// What it shows.
    pub params: SystemParams,
    /// Options: `need_rollup` scrolls the older messages away.
    pub options: Option<BTreeMap<String, Value>>,
}

/// What a system message shows.
#[object]
pub struct SystemParams {
    /// The text of the line.
    pub divider_text: Option<DividerText>,
}

/// The text of a dividing line: up to 20 characters, where a Chinese one counts as two.
#[object]
pub struct DividerText {
    /// The text.
    pub text: String,
    /// The text by language: `zh_CN`, `en_US` and so on.
    pub i18n_text: Option<BTreeMap<String, String>>,
}

/// The languages of `i18n_text`, as they are spelled there.
const LANGUAGES: &[&str] = &[
    "en_US", "zh_CN", "zh_HK", "zh_TW", "ja_JP", "id_ID", "vi_VN", "th_TH", "pt_BR", "es_ES", "ko_KR",
    "de_DE", "fr_FR", "it_IT", "ru_RU", "ms_MY",
];

/// How wide a text is: characters beyond Latin count twice.
fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x2E80 { 1 } else { 2 }).sum()
}

const MAX_WIDTH: usize = 20;

impl System {
    /// A dividing line with this text.
    pub fn divider(text: impl Into<String>) -> Self {
        let divider_text = DividerText { text: text.into(), ..DividerText::default() };
        let params = SystemParams { divider_text: Some(divider_text), ..SystemParams::default() };
        Self { r#type: "divider".to_owned(), params, ..Self::default() }
    }

    pub(super) fn parse(value: Value) -> Result<Self, ContentError> {
        let refuse = |ext: &str| Err(ContentError(ext.to_owned()));
        let Ok(system) = serde_json::from_value::<Self>(value) else {
            return refuse("content format of the system type is incorrect");
        };
        if system.r#type != "divider" {
            return refuse("invalid system message type");
        }
        let Some(divider) = &system.params.divider_text else {
            return refuse("divider_text must be set");
        };
        if divider.text.is_empty() {
            return refuse("divider message text cannot be empty");
        }
        if width(&divider.text) > MAX_WIDTH {
            return refuse("divider message text exceeds the specified length");
        }
        for (language, text) in divider.i18n_text.iter().flatten() {
            if !LANGUAGES.contains(&language.as_str()) {
                return refuse("divider message i18n_text contains illegal language types");
            }
            if text.is_empty() {
                return refuse("divider message i18n_text contains empty text");
            }
            if width(text) > MAX_WIDTH {
                return refuse("divider message text in i18n_text exceeds the specified length");
            }
        }
        Ok(system)
    }
}

/// A system message as it is read back: a sentence with gaps, and a field for each gap.
#[object]
pub struct ReceivedSystem {
    /// The sentence: `{from_user} invited {to_chatters} to this chat.`
    pub template: String,
    /// Who did it.
    pub from_user: Vec<String>,
    /// To whom it was done.
    pub to_chatters: Vec<String>,
    /// The text of a dividing line.
    pub divider_text: Option<DividerText>,
}

#[cfg(test)]
mod tests {
    use crate::{content::Content, im::v1::message::MsgType};

    #[test]
    fn each_rule_of_dividers_has_its_refusal() {
        let cases = [
            (r#"{"type":"notice","params":{}}"#, "invalid system message type"),
            (r#"{"type":"divider","params":{}}"#, "divider_text must be set"),
            (
                r#"{"type":"divider","params":{"divider_text":{"text":""}}}"#,
                "divider message text cannot be empty",
            ),
            (
                r#"{"type":"divider","params":{"divider_text":{"text":"一二三四五六七八九十一"}}}"#,
                "divider message text exceeds the specified length",
            ),
            (
                r#"{"type":"divider","params":{"divider_text":{"text":"x","i18n_text":{"zh_cn":"x"}}}}"#,
                "divider message i18n_text contains illegal language types",
            ),
            (
                r#"{"type":"divider","params":{"divider_text":{"text":"x","i18n_text":{"zh_CN":""}}}}"#,
                "divider message i18n_text contains empty text",
            ),
            (
                r#"{"type":"divider","params":{"divider_text":{"text":"x","i18n_text":{"en_US":"twenty-one characters"}}}}"#,
                "divider message text in i18n_text exceeds the specified length",
            ),
        ];
        for (content, ext) in cases {
            assert_eq!(Content::parse(&MsgType::System, content).expect_err(content).0, ext);
        }
    }
}
