//! A workspace in which every rule can be met.

use std::{collections::HashMap, sync::Arc};

use larkspur_server::{Builder, Platform};

use crate::Home;

const SEED: &str = r#"
[[tenants]]
name = "Garden"

[[tenants.apps]]
name = "main"
app_id = "cli_00000000000000a1"
app_secret = "main"

[[tenants.apps]]
name = "narrow"
app_id = "cli_00000000000000a2"
app_secret = "narrow"
scopes = ["im:message", "im:chat:readonly", "contact:contact.base:readonly"]

[[tenants.apps]]
name = "mute"
app_id = "cli_00000000000000a3"
app_secret = "mute"
bot = false

[[tenants.apps]]
name = "shy"
app_id = "cli_00000000000000a4"
app_secret = "shy"
availability = ["Ada"]

[[tenants.apps]]
name = "off"
app_id = "cli_00000000000000a5"
app_secret = "off"
activate_status = 1

[[tenants.users]]
name = "Ada"
user_id = "ada"
email = "ada@garden.example"
mobile = "+8613800000001"

[[tenants.users]]
name = "Bo"
user_id = "bo"
email = "bo@garden.example"

[[tenants.users]]
name = "Cy"
user_id = "cy"
email = "cy@garden.example"
resigned = true

[[tenants.groups]]
name = "open"
users = ["Ada", "Bo"]
bots = ["main", "narrow", "mute", "shy"]

[[tenants.groups]]
name = "moderated"
owner = "Ada"
users = ["Ada"]
bots = ["main"]
settings = { moderation_permission = "only_owner" }

[[tenants.groups]]
name = "guarded"
owner = "Ada"
users = ["Ada"]
bots = ["shy", "main"]
settings = { edit_permission = "only_owner", at_all_permission = "only_owner", add_member_permission = "only_owner", share_card_permission = "not_allowed" }

[[tenants.groups]]
name = "easy"
owner = "Ada"
users = ["Ada"]
bots = ["shy", "main"]

[[tenants.groups]]
name = "sealed"
users = ["Ada"]
bots = ["main"]
settings = { restricted_mode_setting = { status = true, download_has_permission_setting = "not_anyone", message_has_permission_setting = "not_anyone" } }

[[tenants.groups]]
name = "threads"
users = ["Ada"]
bots = ["main"]
settings = { group_message_type = "thread" }

[[tenants.groups]]
name = "elsewhere"
users = ["Ada"]
bots = ["shy"]

[[tenants]]
name = "Other"

[[tenants.apps]]
name = "foreign"
app_id = "cli_00000000000000b1"
app_secret = "foreign"

[[tenants.users]]
name = "Zoe"
user_id = "zoe"
email = "zoe@other.example"

[[tenants.groups]]
name = "abroad"
users = ["Zoe"]
bots = ["foreign"]
"#;

const APPS: [(&str, &str); 6] = [
    ("main", "cli_00000000000000a1"),
    ("narrow", "cli_00000000000000a2"),
    ("mute", "cli_00000000000000a3"),
    ("shy", "cli_00000000000000a4"),
    ("off", "cli_00000000000000a5"),
    ("foreign", "cli_00000000000000b1"),
];

/// The apps of the workspace, and its groups by name.
pub(crate) struct World {
    homes: HashMap<&'static str, Home>,
    groups: HashMap<String, String>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Platform::builder().rate_limit(false)).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let platform = Arc::new(builder.seed(SEED).start().await.expect("the platform starts"));
        let mut world = Self { homes: HashMap::new(), groups: HashMap::new() };
        for (name, app_id) in APPS {
            let home = Home::of(Arc::clone(&platform), app_id, name).await;
            let listed = home.get("im/v1/chats?page_size=100").await;
            for chat in listed.body["data"]["items"].as_array().into_iter().flatten() {
                let text = |name: &str| chat[name].as_str().unwrap_or_default().to_owned();
                world.groups.insert(text("name"), text("chat_id"));
            }
            world.homes.insert(name, home);
        }
        world
    }

    /// The platform, called by one of the apps.
    pub(crate) fn app(&self, name: &str) -> &Home {
        &self.homes[name]
    }

    pub(crate) fn main(&self) -> &Home {
        self.app("main")
    }

    /// The `chat_id` of a group.
    pub(crate) fn group(&self, name: &str) -> &str {
        &self.groups[name]
    }

    /// Stops the platform.
    pub(crate) async fn stop(self) {
        let mut homes = self.homes.into_values();
        let last = homes.next().expect("an app");
        drop(homes);
        last.stop().await;
    }

    /// The `open_id` by which an app knows a user.
    pub(crate) async fn open_id(&self, app: &str, user_id: &str) -> String {
        let answer = self.app(app).get(&format!("contact/v3/users/{user_id}?user_id_type=user_id")).await;
        answer.body["data"]["user"]["open_id"].as_str().expect("an open_id").to_owned()
    }
}
