//! What an app answers when it is asked about a card.

use larkspur_api::{code::client, content::card::Card};
use serde_json::{Map, Value};

use crate::Result;

/// What an answer asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The notice that the user is to see.
    pub toast: Option<String>,
    /// The card that is to take the place of the old one.
    pub card: Option<Card>,
}

impl Wanted {
    /// Reads the answer to `card.action.trigger`, or to `card.action.trigger_v1` if `old`: there the card is the
    /// answer itself.
    pub fn read(answer: &Map<String, Value>, old: bool) -> Result<Self> {
        let toast = answer.get("toast").map(|toast| {
            let i18n = toast.get("i18n").and_then(|all| all.get("zh_cn").or_else(|| all.get("en_us")));
            let content = toast.get("content").or(i18n).and_then(Value::as_str);
            content.unwrap_or_default().to_owned()
        });
        let card = match answer.get("card") {
            _ if old => ["elements", "i18n_elements"]
                .iter()
                .any(|key| answer.contains_key(*key))
                .then(|| Value::Object(answer.clone())),
            None => None,
            Some(card) => match (card.get("type").and_then(Value::as_str), card.get("data")) {
                (Some("raw"), Some(data)) => Some(data.clone()),
                (Some("template"), _) => Some(card.clone()),
                _ => return Err(client::CARD_INVALID.because("card has type and data").into()),
            },
        };
        Ok(Self { toast, card: card.map(Card) })
    }
}

#[cfg(test)]
mod tests {
    use larkspur_api::event::card::action::{ToastType, trigger};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::content::card;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "raw|template|info|text|[ -~]{0,9}".prop_map(Value::from),
        ];
        let key =
            "toast|card|type|data|content|i18n|zh_cn|en_us|elements|i18n_elements|tag|header|[a-z]{1,4}";
        leaf.prop_recursive(4, 32, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((key, inner), 0..5)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_answer_panics(answer in any_json(), old in any::<bool>()) {
            let Value::Object(answer) = answer else { return Ok(()) };
            if let Ok(wanted) = Wanted::read(&answer, old) {
                prop_assert_eq!(wanted.toast.is_some(), answer.contains_key("toast"));
                if let Some(one) = wanted.card {
                    let _ = card::check(&one);
                }
            }
        }

        #[test]
        fn what_the_contract_writes_is_read(content in "[ -~]{0,20}", data in any_json()) {
            let mut answer = trigger::Answer::card(data.clone());
            answer.toast = trigger::Answer::toast(ToastType::Info, content.clone()).toast;
            let Value::Object(answer) = json!(answer) else { panic!("an object") };
            let wanted = Wanted::read(&answer, false).expect("an answer");
            prop_assert_eq!(wanted, Wanted { toast: Some(content), card: Some(Card(data)) });
        }
    }
}
