//! `app_ticket`

use crate::prelude::*;

/// Brings a store app its ticket, which it needs for an `app_access_token`.
///
/// It comes every hour, and whenever the app asks for it.
#[event(
    event_type = "app_ticket",
    schema = V1,
    scopes = NO_SCOPE,
    apps = Isv,
    auto_subscribed,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/event/app_ticket-events",
    example = r#"{"ts":"1502199207.7171419","uuid":"bc447199585340d1f3728d26b1c0297a","token":"41a9425ea7df4536a7623e38fa321bae","type":"event_callback","event":{"app_id":"cli_xxx","app_ticket":"xxx","type":"app_ticket"}}"#,
)]
pub struct Event {
    /// The app.
    pub app_id: AppId,
    /// The ticket.
    pub app_ticket: String,
    /// `app_ticket`.
    pub r#type: String,
}
