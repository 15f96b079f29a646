//! Events on their way in: which are handled, when, how often, and what the platform is told.

mod dispatcher;
mod long_connection;
mod platform;
mod proxy;
mod tls;
mod webhook;

use std::sync::{Arc, Mutex};

use larkspur::event::{Envelope, Incoming};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// A message in a chat, as it travels.
fn message(event_id: &str, chat_id: &str, text: &str) -> Value {
    let header = json!({
        "event_id": event_id,
        "event_type": "im.message.receive_v1",
        "create_time": "1608725989000",
        "token": "v3ct0r-verification-token",
        "app_id": "cli_9f5343c580712544",
        "tenant_key": "2ca1d211f64f6438",
    });
    let sender = json!({"sender_id": {"open_id": "ou_1"}, "sender_type": "user", "tenant_key": "t"});
    let message = json!({
        "message_id": format!("om_{event_id}"),
        "create_time": "1609073151345",
        "chat_id": chat_id,
        "chat_type": "group",
        "message_type": "text",
        "content": json!({"text": text}).to_string(),
    });
    json!({"schema": "2.0", "header": header, "event": {"sender": sender, "message": message}})
}

/// A button that was pressed, as it travels.
fn pressed(event_id: &str) -> Value {
    let mut body = message(event_id, "oc_1", "");
    body["header"]["event_type"] = "card.action.trigger".into();
    body["event"] = json!({
        "operator": {"open_id": "ou_1"},
        "token": "c-1",
        "action": {"tag": "button", "value": {"key": "value"}},
        "context": {"open_message_id": "om_1", "open_chat_id": "oc_1"},
    });
    body
}

fn envelope(body: Value) -> Envelope {
    match Envelope::from_json(body) {
        Ok(Incoming::Event(envelope)) => envelope,
        other => panic!("not an event: {other:?}"),
    }
}

/// What happened, in order, and a way to wait for it.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<(Mutex<Vec<String>>, Notify)>);

impl Log {
    pub(crate) fn add(&self, what: impl Into<String>) {
        self.0.0.lock().expect("not poisoned").push(what.into());
        self.0.1.notify_waiters();
    }

    fn all(&self) -> Vec<String> {
        self.0.0.lock().expect("not poisoned").clone()
    }

    /// Waits until so much happened.
    pub(crate) async fn reaches(&self, count: usize) -> Vec<String> {
        loop {
            let added = self.0.1.notified();
            tokio::pin!(added);
            added.as_mut().enable();
            let all = self.all();
            if all.len() >= count {
                return all;
            }
            added.await;
        }
    }
}
