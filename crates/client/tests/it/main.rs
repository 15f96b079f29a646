//! The client against the real platform, in this process.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod bots;
mod faults;
mod faulty_server;
mod logins;
mod messages;
mod receive;

use larkspur::{Client, Platform};

/// A platform and a client of its first app.
struct Home {
    platform: Platform,
    client: Client,
}

impl Home {
    async fn new() -> Self {
        let platform = Platform::start().await.expect("the platform starts");
        let client = client(&platform).build().expect("the client builds");
        Self { platform, client }
    }

    fn chat_id(&self) -> &str {
        &self.platform.workspace().chat_id
    }
}

fn client(platform: &Platform) -> larkspur::ClientBuilder {
    let workspace = platform.workspace();
    Client::builder(&workspace.app_id, &workspace.app_secret).base_url(platform.base_url())
}
