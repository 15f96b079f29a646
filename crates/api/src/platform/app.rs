//! `platform.app`: what a developer console does.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod update;

use crate::prelude::*;

/// An app, as its developer sees it.
#[object]
pub struct App {
    /// The app.
    pub app_id: AppId,
    /// The name.
    pub name: String,
    /// The tenant it belongs to.
    pub tenant_key: String,
    /// The bot, within the app.
    pub open_id: OpenId,
    /// Whether the bot ability is on.
    pub bot: bool,
    /// Whether the tenant uses it: 2 if so.
    pub activate_status: i64,
    /// The scopes it has.
    pub scopes: Vec<String>,
    /// The users it is available to, by `open_id`; without it, everyone.
    pub availability: Option<Vec<OpenId>>,
    /// Types of events it listens to.
    pub events: Vec<String>,
    /// How events reach it.
    pub event_mode: Mode,
    /// Where events are posted to.
    pub request_url: Option<String>,
    /// Types of callbacks it listens to.
    pub callbacks: Vec<String>,
    /// How callbacks reach it.
    pub callback_mode: Mode,
    /// Where callbacks are posted to.
    pub callback_url: Option<String>,
    /// The key that events are encrypted with; empty if they are not.
    pub encrypt_key: String,
    /// The token that events carry.
    pub verification_token: String,
    /// Where the authorize page may send users back to; left out if to any address of this machine.
    pub redirect_uris: Option<Vec<String>>,
}

/// How an app is told.
#[open_enum]
pub enum Mode {
    /// Over a connection that the app opens.
    LongConnection = "long_connection",
    /// With a request to an address of the app.
    Webhook = "webhook",
}
