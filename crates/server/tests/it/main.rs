//! The platform over HTTP, as any client meets it.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod acting;
mod application;
mod authorization;
mod batch;
mod behind;
mod bounds;
mod callbacks;
mod card_checks;
mod card_clicks;
mod card_templates;
mod cardkit;
mod cards;
mod chats;
mod contact;
mod coverage;
mod departments;
mod ear;
mod ephemeral;
mod events;
mod follow_ups;
mod forwarding;
mod gate;
mod hooks;
mod images;
mod isolation;
mod ledger;
mod letterbox;
mod long_connection;
mod managers;
mod menus;
mod message_search;
mod messages;
mod moderation;
mod own_lists;
mod pins;
mod reactions;
mod read_users;
mod reading;
mod search;
mod staff;
mod store_apps;
mod tabs;
mod tenants;
mod tokens;
mod top_notice;
mod uploads;
mod urgent;
mod webhooks;
mod world;

use std::{sync::Arc, time::Duration};

use larkspur_domain::ManualClock;
use larkspur_server::{Builder, Platform};
use reqwest::{
    Method,
    header::{AUTHORIZATION, HeaderMap},
    multipart,
};
use serde_json::{Value, json};

/// A platform, and one of its apps with a token.
struct Home {
    platform: Arc<Platform>,
    app_id: String,
    app_secret: String,
    token: String,
}

/// What was answered.
struct Answer {
    /// The id of the endpoint, where the path does not tell it.
    endpoint: Option<&'static str>,
    /// Method and path of the request.
    asked: (String, String),
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
    body: Value,
}

impl Home {
    /// The default workspace.
    async fn new() -> Self {
        Self::with(Platform::builder()).await
    }

    /// The same on a platform of another kind.
    async fn with(builder: Builder) -> Self {
        let platform = builder.start().await.expect("the platform starts");
        let (app_id, app_secret) =
            (platform.workspace().app_id.clone(), platform.workspace().app_secret.clone());
        Self::of(Arc::new(platform), &app_id, &app_secret).await
    }

    async fn of(platform: Arc<Platform>, app_id: &str, app_secret: &str) -> Self {
        let (app_id, app_secret) = (app_id.to_owned(), app_secret.to_owned());
        let mut home = Self { platform, app_id, app_secret, token: String::new() };
        let answer = home.mint(&home.app_id, &home.app_secret).await;
        answer.body["tenant_access_token"].as_str().expect("a token").clone_into(&mut home.token);
        home
    }

    async fn mint(&self, app_id: &str, app_secret: &str) -> Answer {
        let body = json!({"app_id": app_id, "app_secret": app_secret});
        self.send(self.request(Method::POST, "auth/v3/tenant_access_token/internal").json(&body)).await
    }

    /// A request without a token.
    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/open-apis/{path}", self.platform.base_url());
        reqwest::Client::new().request(method, url)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let (client, request) = request.build_split();
        let request = request.expect("a request");
        let asked = (request.method().to_string(), request.url().path().to_owned());
        let response = client.execute(request).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { endpoint: None, asked, status, headers, bytes, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).bearer_auth(&self.token)).await
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(self.request(method, path).bearer_auth(&self.token).json(&body)).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    /// A call of the platform's own.
    async fn own(&self, method: Method, path: &str, body: Value) -> Answer {
        let url = format!("{}/_larkspur/v1/{path}", self.platform.base_url());
        self.send(reqwest::Client::new().request(method, url).json(&body)).await
    }

    /// What a user does, and what comes of it.
    async fn act(&self, verb: &str, body: Value) -> Value {
        let answer = self.own(Method::POST, &format!("act/{verb}"), body).await;
        assert_eq!(answer.told(), "200 0 success", "{answer:?}");
        answer.body["data"].clone()
    }

    /// Sends an example of an event to the app, in a lane of its own, and gives its id.
    async fn trigger(&self, event: Value) -> String {
        let body = json!({"event_type": "application.bot.menu_v6", "event": event});
        let path = format!("apps/{}/trigger", self.app_id);
        self.own(Method::POST, &path, body).await.data("event_id")
    }

    /// Changes the app.
    async fn set(&self, change: Value) -> Answer {
        self.own(Method::PATCH, &format!("apps/{}", self.app_id), change).await
    }

    /// The newest events of the app and what became of them, the oldest first.
    async fn deliveries(&self) -> Vec<Value> {
        let listed = self.listed().await;
        listed["items"].as_array().expect("a list").iter().rev().cloned().collect()
    }

    /// What the app was owed and what became of it: created, delivered, pending and expired.
    async fn ledger(&self) -> [i64; 4] {
        let ledger = &self.listed().await["ledger"];
        ["created", "delivered", "pending", "expired"].map(|name| ledger[name].as_i64().expect("a number"))
    }

    async fn listed(&self) -> Value {
        let path = format!("deliveries?page_size=100&app_id={}", self.app_id);
        self.own(Method::GET, &path, Value::Null).await.body["data"].take()
    }

    /// An event with its body and every attempt.
    async fn delivery(&self, event_id: &str) -> Value {
        let shown = self.own(Method::GET, &format!("deliveries/{event_id}"), Value::Null).await;
        assert_eq!(shown.told(), "200 0 success", "{shown:?}");
        shown.body["data"].clone()
    }

    /// What became of the attempts to send an event.
    async fn outcomes(&self, event_id: &str) -> Vec<String> {
        let shown = self.delivery(event_id).await;
        let attempts = shown["attempts"].as_array().expect("a list");
        attempts.iter().map(|one| one["outcome"].as_str().expect("a word").to_owned()).collect()
    }

    /// An event, once it has come as far as this.
    async fn once(&self, event_id: &str, state: &str) -> Value {
        let shown = async || Some(self.delivery(event_id).await).filter(|shown| shown["state"] == state);
        until(&format!("{event_id} is {state}"), shown).await
    }

    async fn upload(&self, path: &str, form: multipart::Form) -> Answer {
        self.send(self.request(Method::POST, path).bearer_auth(&self.token).multipart(form)).await
    }

    async fn upload_image(&self, image_type: &str, bytes: impl Into<Vec<u8>>) -> Answer {
        let part = multipart::Part::bytes(bytes.into()).file_name("picture");
        let form = multipart::Form::new().text("image_type", image_type.to_owned()).part("image", part);
        self.upload("im/v1/images", form).await
    }

    async fn upload_file(&self, file_type: &str, file_name: &str, bytes: &[u8]) -> Answer {
        let part = multipart::Part::bytes(bytes.to_vec()).file_name("ignored");
        let form = multipart::Form::new()
            .text("file_type", file_type.to_owned())
            .text("file_name", file_name.to_owned())
            .part("file", part);
        self.upload("im/v1/files", form).await
    }

    /// The key of a small picture.
    async fn image_key(&self) -> String {
        self.upload_image("message", images::png(3, 2)).await.data("image_key")
    }

    /// Sends content to a chat.
    async fn say(&self, chat_id: &str, msg_type: &str, content: &Value) -> Answer {
        let body = json!({"receive_id": chat_id, "msg_type": msg_type, "content": content.to_string()});
        self.post("im/v1/messages?receive_id_type=chat_id", body).await
    }

    /// Sends a text to a chat, and gives its `message_id`.
    async fn text(&self, chat_id: &str, text: &str) -> String {
        self.say(chat_id, "text", &json!({"text": text})).await.data("message_id")
    }

    fn chat_id(&self) -> &str {
        &self.platform.workspace().chat_id
    }

    async fn stop(self) {
        Arc::into_inner(self.platform).expect("the only one").stop().await;
    }
}

impl Answer {
    /// A text under `data`.
    fn data(&self, name: &str) -> String {
        assert_eq!(self.told(), "200 0 success", "{self:?}");
        self.body["data"][name].as_str().unwrap_or_else(|| panic!("{name} in {self:?}")).to_owned()
    }

    /// Status, code and message on one line. What is compared with it goes into the fidelity ledger.
    fn told(&self) -> String {
        let msg = self.body["msg"].as_str().unwrap_or_default();
        if let (Some(code), Some(test)) = (self.body["code"].as_i64(), running()) {
            larkspur_fidelity::observe(&test, &self.asked.0, &self.asked.1, code, msg);
        }
        format!("{} {} {msg}", self.status, self.body["code"])
    }

    /// The fields that are wrong, and why.
    fn violations(&self) -> String {
        let violations = self.body["error"]["field_violations"].as_array().cloned().unwrap_or_default();
        let lines: Vec<_> = violations
            .iter()
            .map(|one| {
                format!(
                    "{}: {}",
                    one["field"].as_str().unwrap_or_default(),
                    one["description"].as_str().unwrap_or_default()
                )
            })
            .collect();
        lines.join("; ")
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?} {}", self.status, self.headers, self.body)
    }
}

/// The test on this thread, as the fidelity ledger names it.
fn running() -> Option<String> {
    let thread = std::thread::current();
    thread.name().filter(|name| name.contains("::")).map(|name| format!("server {name}"))
}

/// Says that the test on this thread shows documented limits, by their ids in the catalogue.
fn shows(limits: &[&str]) {
    let test = running().expect("a test");
    limits.iter().for_each(|limit| larkspur_fidelity::observe_limit(&test, limit));
}

/// Asks until there is an answer.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    // Far more than it takes, so that a test that fails says so.
    for _ in 0..1000 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to pass that {what}")
}

/// A clock at a fixed time, and a platform that goes by it.
fn clocked() -> (Arc<ManualClock>, Builder) {
    let clock = Arc::new(ManualClock::at(1_800_000_000_000));
    let builder = Platform::builder().clock(clock.clone());
    (clock, builder)
}

fn bearer(token: &str) -> (reqwest::header::HeaderName, String) {
    (AUTHORIZATION, format!("Bearer {token}"))
}
