//! The platform over HTTP, as any client meets it.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod application;
mod behind;
mod cards;
mod chats;
mod contact;
mod coverage;
mod follow_ups;
mod gate;
mod hooks;
mod images;
mod managers;
mod messages;
mod moderation;
mod reactions;
mod read_users;
mod reading;
mod search;
mod staff;
mod tabs;
mod tokens;
mod top_notice;
mod uploads;
mod world;

use std::sync::Arc;

use larkspur_domain::ManualClock;
use larkspur_server::{Builder, Platform};
use reqwest::{
    Method,
    header::{AUTHORIZATION, HeaderMap},
    multipart,
};
use serde_json::{Value, json};

/// A platform, and a token of one of its apps.
struct Home {
    platform: Arc<Platform>,
    token: String,
}

/// What was answered.
struct Answer {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
    body: Value,
}

impl Home {
    /// The default workspace.
    async fn new() -> Self {
        let platform = Platform::start().await.expect("the platform starts");
        let (app_id, app_secret) =
            (platform.workspace().app_id.clone(), platform.workspace().app_secret.clone());
        Self::of(Arc::new(platform), &app_id, &app_secret).await
    }

    async fn of(platform: Arc<Platform>, app_id: &str, app_secret: &str) -> Self {
        let mut home = Self { platform, token: String::new() };
        let answer = home.mint(app_id, app_secret).await;
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
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { status, headers, bytes, body }
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

    /// Status, code and message on one line.
    fn told(&self) -> String {
        let msg = self.body["msg"].as_str().unwrap_or_default();
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

/// A clock at a fixed time, and a platform that goes by it.
fn clocked() -> (Arc<ManualClock>, Builder) {
    let clock = Arc::new(ManualClock::at(1_800_000_000_000));
    let builder = Platform::builder().clock(clock.clone());
    (clock, builder)
}

fn bearer(token: &str) -> (reqwest::header::HeaderName, String) {
    (AUTHORIZATION, format!("Bearer {token}"))
}
