//! `card.action.trigger`

use serde_json::Value;

use super::{Action, Toast, ToastType};
use crate::{
    event::callback::{Card, Context, Host, Operator},
    prelude::*,
};

/// A user did something to a card: pressed a button, chose, filled in a form.
///
/// The answer shows a notice, replaces the card, or leaves all as it is. It must not redirect.
#[event(
    event_type = "card.action.trigger",
    schema = V2,
    scopes = NO_SCOPE,
    long_connection,
    doc = "/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication",
    answer = Answer,
    example = r#"{"schema":"2.0","header":{"event_id":"f7984f25108f8137722bb63c*****","token":"066zT6pS4QCbgj5Do145GfDbbag*****","create_time":"1603977298000000","event_type":"card.action.trigger","tenant_key":"2df73991750*****","app_id":"cli_a5fb0ae6a4******"},"event":{"operator":{"tenant_key":"2df73991750*****","user_id":"867*****","open_id":"ou_3c14f3a59eaf2825dbe25359f15*****","union_id":"on_cad4860e7af114fb4ff6c5d496d*****"},"token":"c-295ee57216a5dc9de90fefd0aadb4b1d7d******","action":{"value":{"key":"value"},"tag":"button","timezone":"Asia/Shanghai","form_value":{"field name1":["selectDemo1","selectDemo2"],"field name2":"value2","DatePicker_bpqdq5puvn4":"2024-04-01 +0800","DateTimePicker_ihz2d7a74i":"2024-04-29 07:07 +0800","Input_lf4fmxwfrd9":"1234","PersonSelect_2ejys7ype7m":"ou_3c14f3a59eaf2825dbe25359f15*****","Select_a2d5b7l3zd":"1","TimePicker_7ecsf6xkqsq":"00:00 +0800"},"name":"Button_lvkepfu3"},"host":"im_message","delivery_type":"url_preview","context":{"url":"xxx","preview_token":"xxx","open_message_id":"om_574d639e4a44e4dd646eaf628e2*****","open_chat_id":"oc_e4d2605ca917e695f54f11aaf56*****"}}}"#,
)]
pub struct Event {
    /// The user.
    pub operator: Operator,
    /// Lets the card be changed later: twice at most, within 30 min.
    pub token: String,
    /// What the user did.
    pub action: Action,
    /// Where the user saw the card.
    pub host: Option<Host>,
    /// How the card came there. Given for the cards of link previews only.
    pub delivery_type: Option<DeliveryType>,
    /// Which message it is about.
    pub context: Option<Context>,
}

/// How a card came to where the user saw it.
#[open_enum]
pub enum DeliveryType {
    /// As the preview of a link.
    UrlPreview = "url_preview",
}

/// What becomes of the card.
#[object]
pub struct Answer {
    /// A notice to show.
    pub toast: Option<Toast>,
    /// The card that takes its place.
    pub card: Option<Card>,
}

impl Answer {
    /// A notice in one language.
    pub fn toast(toast_type: ToastType, content: impl Into<String>) -> Self {
        Self { toast: Some(Toast::new(toast_type, content)), ..Self::default() }
    }

    /// Another card, as JSON.
    pub fn card(card: Value) -> Self {
        Self { card: Some(Card::raw(card)), ..Self::default() }
    }
}
