//! What callbacks have in common: who asks, from where, and the card of an answer.

use serde_json::{Value, json};

use crate::prelude::*;

/// The user who caused a callback.
#[object]
pub struct Operator {
    /// The user's tenant.
    pub tenant_key: Option<String>,
    /// The user within its tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
    /// The user within this app.
    pub open_id: OpenId,
    /// The user across the apps of this app's developer.
    pub union_id: Option<UnionId>,
}

/// Where the user saw the card or the link.
#[open_enum]
pub enum Host {
    /// In a message.
    ImMessage = "im_message",
    /// At the top of a chat.
    ImTopNotice = "im_top_notice",
}

/// Which message and which link it is about.
#[object]
pub struct Context {
    /// The link, if it is about a link preview.
    pub url: Option<String>,
    /// Names the link preview, if it is about one.
    pub preview_token: Option<String>,
    /// The message.
    pub open_message_id: Option<MessageId>,
    /// The chat.
    pub open_chat_id: Option<ChatId>,
}

/// The card of an answer.
#[object]
pub struct Card {
    /// What `data` is.
    pub r#type: CardType,
    /// The JSON of a card; or `template_id`, `template_version_name` and `template_variable`. A card
    /// of version 2.0 cannot be replaced by one of version 1.0.
    pub data: Value,
}

impl Card {
    /// A card as JSON.
    pub fn raw(card: Value) -> Self {
        Self { r#type: CardType::Raw, data: card, ..Self::default() }
    }

    /// A card made from a template, in its newest version.
    pub fn template(template_id: &str, template_variable: Value) -> Self {
        let data = json!({"template_id": template_id, "template_variable": template_variable});
        Self { r#type: CardType::Template, data, ..Self::default() }
    }
}

/// What the `data` of a [`Card`] is.
#[open_enum]
pub enum CardType {
    /// The JSON of a card.
    Raw = "raw",
    /// The name of a template, and its variables.
    Template = "template",
}
