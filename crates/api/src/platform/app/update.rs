//! `PATCH /_larkspur/v1/apps/:app_id`

use super::{App, Mode};
use crate::prelude::*;

/// Changes an app: what it listens to, where it is told, what it may do.
///
/// An address is checked as the developer console does it: it must echo a challenge within a second.
#[endpoint(
    id = "platform.app.update",
    method = PATCH,
    path = "/_larkspur/v1/apps/:app_id",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "app update",
    response = App,
    write,
    errors = [
        code::client::NO_ADDRESS,
        code::client::LATE,
        code::client::NOT_CONNECTED,
        code::client::NOT_RESOLVED,
        code::client::STATUS,
        code::client::MALFORMED,
    ],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718","events":["im.message.receive_v1"]}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
    /// Types of events to listen to; `*` stands for all.
    #[body]
    pub events: Option<Vec<String>>,
    /// How events reach it.
    #[body]
    pub event_mode: Option<Mode>,
    /// Where events are posted to. An empty one takes it away.
    #[body]
    pub request_url: Option<String>,
    /// Types of callbacks to listen to; `*` stands for all but the old card callback.
    #[body]
    pub callbacks: Option<Vec<String>>,
    /// How callbacks reach it.
    #[body]
    pub callback_mode: Option<Mode>,
    /// Where callbacks are posted to. An empty one takes it away.
    #[body]
    pub callback_url: Option<String>,
    /// The key that events are encrypted with. An empty one takes it away.
    #[body]
    pub encrypt_key: Option<String>,
    /// The token that events carry.
    #[body(min_len = 1)]
    pub verification_token: Option<String>,
    /// The scopes it has.
    #[body]
    pub scopes: Option<Vec<String>>,
    /// Whether the bot ability is on.
    #[body]
    pub bot: Option<bool>,
    /// Whether the tenant uses it: 2 if so, otherwise 0 (stopped) or 1 (installed, no version published).
    #[body(min = 0, max = 2)]
    pub activate_status: Option<i64>,
    /// The users it is available to, by any of their names; `*` stands for everyone.
    #[body]
    pub availability: Option<Vec<String>>,
    /// Where the authorize page may send users back to. With an empty list: any address of this machine.
    #[body]
    pub redirect_uris: Option<Vec<String>>,
}
