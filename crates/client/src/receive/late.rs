//! Answers to callbacks whose handler was not ready in time.

use std::{fmt, sync::Arc, time::Duration};

use larkspur_api::event::card::action::trigger;
use serde_json::Value;

use super::{BoxFuture, HandlerResult};

/// How long after the answer a card is updated. An update that comes with the answer or before it fails, or is
/// undone at once, says the page of the endpoint.
const PAUSE: Duration = Duration::from_millis(300);

/// The card that a handler returned after its callback was answered.
///
/// It is put in place with `POST /open-apis/interactive/v1/card/update`, within 30 min of the callback.
#[derive(Clone, PartialEq)]
pub struct LateCard {
    /// The callback's token: `c-…`.
    pub token: String,
    /// The card: its JSON, or `{"type": "template", "data": {…}}`.
    pub card: Value,
}

/// Without the token.
impl fmt::Debug for LateCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LateCard").field("card", &self.card).finish_non_exhaustive()
    }
}

/// What is done with late cards.
pub(crate) type Hook = Arc<dyn Fn(LateCard) -> BoxFuture<'static, HandlerResult> + Send + Sync>;

impl LateCard {
    /// The card in a late answer to `card.action.trigger`, if there is one.
    pub(crate) fn in_answer(token: String, answer: Value) -> Option<Self> {
        let answer: trigger::Answer = serde_json::from_value(answer).ok()?;
        let card = answer.card?;
        let card = match card.r#type.as_str() {
            "raw" => card.data,
            _ => serde_json::to_value(card).ok()?,
        };
        Some(Self { token, card })
    }

    pub(crate) async fn put_in_place(self, hook: &Hook) -> HandlerResult {
        tokio::time::sleep(PAUSE).await;
        hook(self).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cards_are_found_in_both_forms() {
        let card = |answer: Value| LateCard::in_answer("c-1".to_owned(), answer).map(|late| late.card);
        let raw = json!({"schema": "2.0"});
        assert_eq!(card(json!({"card": {"type": "raw", "data": raw}})), Some(raw));
        let template = json!({"type": "template", "data": {"template_id": "t"}});
        assert_eq!(card(json!({"card": template})), Some(template));
        assert_eq!(card(json!({"toast": {"content": "done"}})), None);
        assert_eq!(card(json!({})), None);
    }
}
