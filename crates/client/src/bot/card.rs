//! Cards on which someone did something.

use larkspur_api::{
    content::Content,
    event::card::action::trigger,
    id::{ChatId, MessageId, OpenId},
    im::v1::message::Message,
};
use serde_json::Value;

use super::Context;
use crate::error::Error;

/// A card on which a user did something: pressed a button, chose, sent a form.
pub type CardContext = Context<trigger::Event>;

impl Context<trigger::Event> {
    /// Who did it.
    pub fn operator(&self) -> &OpenId {
        &self.event.operator.open_id
    }

    /// The message with the card.
    pub fn message_id(&self) -> Option<&MessageId> {
        self.event.context.as_ref()?.open_message_id.as_ref()
    }

    /// The chat the card stands in.
    pub fn chat_id(&self) -> Option<&ChatId> {
        self.event.context.as_ref()?.open_chat_id.as_ref()
    }

    /// What the card's author put into the element's `value` under this key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.event.action.value.as_ref()?.get(key)
    }

    /// What was filled into the element of a form that has this name: a text, or a list of texts.
    pub fn form(&self, name: &str) -> Option<&Value> {
        self.event.action.form_value.as_ref()?.get(name)
    }

    /// The same, if it is a text.
    pub fn form_text(&self, name: &str) -> Option<&str> {
        self.form(name)?.as_str()
    }

    /// Sends a message to the chat the card stands in.
    pub async fn send(&self, content: &Content) -> Result<Message, Error> {
        let chat_id = self.chat_id().ok_or_else(|| Error::Config("the card stands in no chat".to_owned()))?;
        self.send_to(chat_id, content).await
    }

    /// Whether it is about the element that goes by this name: by its `name`, by a `value` that is this text, or by a
    /// key of its `value`.
    pub(super) fn is_about(&self, name: &str) -> bool {
        let action = &self.event.action;
        let by_value = match &action.value {
            Some(Value::String(value)) => value == name,
            Some(Value::Object(value)) => value.contains_key(name),
            _ => false,
        };
        by_value || action.name.as_deref() == Some(name)
    }
}
