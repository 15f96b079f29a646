//! What an app listens to, and where it is told: what its page in a developer console holds.

use larkspur_api::event::{EventMeta, Kind};
use serde::{Deserialize, Serialize};

/// Stands for every event, or every callback.
pub const EVERYTHING: &str = "*";

/// What an app listens to, and where it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subscription {
    /// Types of events, or [`EVERYTHING`].
    pub events: Vec<String>,
    /// How events reach it.
    pub event_mode: Mode,
    /// Where events are posted to, in the mode `webhook`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_url: Option<String>,
    /// Types of callbacks, or [`EVERYTHING`].
    pub callbacks: Vec<String>,
    /// How callbacks reach it.
    pub callback_mode: Mode,
    /// Where callbacks are posted to, in the mode `webhook`. The old card callback goes nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}

/// How an app is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Over a connection that the app opens.
    #[default]
    LongConnection,
    /// With a request to an address of the app.
    Webhook,
}

impl Subscription {
    /// Everything, over a long connection.
    pub fn everything() -> Self {
        let all = || vec![EVERYTHING.to_owned()];
        Self { events: all(), callbacks: all(), ..Self::default() }
    }

    /// Whether the app listens to this.
    pub fn includes(&self, meta: &EventMeta) -> bool {
        let list = match meta.kind {
            Kind::Event => &self.events,
            Kind::Callback => &self.callbacks,
        };
        let listed = |name: &str| list.iter().any(|one| one == name);
        // The old card callback and the new one ask the same question: only by name is the old one meant.
        let old = meta.event_type == "card.action.trigger_v1";
        listed(meta.event_type) || (!old && listed(EVERYTHING)) || meta.auto_subscribed
    }

    /// How this kind of thing reaches the app.
    pub fn mode(&self, kind: Kind) -> Mode {
        match kind {
            Kind::Event => self.event_mode,
            Kind::Callback => self.callback_mode,
        }
    }

    /// Where this kind of thing is posted to.
    pub fn url(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Event => self.request_url.as_deref(),
            Kind::Callback => self.callback_url.as_deref(),
        }
    }
}
