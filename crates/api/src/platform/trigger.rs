//! `POST /_larkspur/v1/apps/:app_id/trigger`

use std::collections::BTreeMap;

use serde_json::Value;

use crate::prelude::*;

/// Sends the documented example of an event to the receivers of an app, whether it subscribed to it or not.
///
/// Ids of the example stand for nothing on this platform, but for those that `event` replaces. A callback is asked, and its answer
/// comes back.
#[endpoint(
    id = "platform.trigger",
    method = POST,
    path = "/_larkspur/v1/apps/:app_id/trigger",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "trigger",
    response = Response,
    write,
    errors = [
        code::client::NO_ADDRESS,
        code::client::LATE,
        code::client::NOT_CONNECTED,
        code::client::NOT_RESOLVED,
        code::client::STATUS,
        code::client::MALFORMED,
    ],
    example = r#"{"app_id":"cli_a1b2c3d4e5f60718","event_type":"im.message.receive_v1"}"#,
)]
pub struct Request {
    /// The app.
    #[path]
    pub app_id: AppId,
    /// The event or callback: `im.message.receive_v1`.
    #[body]
    pub event_type: String,
    /// Fields of `event` to replace, as a JSON object; objects are merged.
    #[body]
    pub event: Option<BTreeMap<String, Value>>,
}

/// What was sent.
#[object]
pub struct Response {
    /// The event.
    pub event_id: String,
    /// What a callback was answered with.
    pub answer: Option<Value>,
}
