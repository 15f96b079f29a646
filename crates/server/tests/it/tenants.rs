//! `platform.tenant` and `platform.app.delete`: what an administrator sets, from the seed on and over a restart.

use std::sync::Arc;

use larkspur_server::Platform;
use reqwest::Method;
use serde_json::{Value, json};

use crate::Home;

const SEED: &str = r#"
[[tenants]]
name = "T"
tenant_key = "7365"

[tenants.settings]
edit_window = 60
public_chats = false
shielded_users = ["Ada"]

[[tenants.apps]]
name = "first"
app_id = "cli_00000000000000c1"
app_secret = "s"

[[tenants.apps]]
name = "second"
app_id = "cli_00000000000000c2"
app_secret = "s"

[[tenants.users]]
name = "Ada"
user_id = "ada"
"#;

async fn settings(home: &Home) -> Value {
    home.own(Method::GET, "tenants/7365", json!({})).await.body["data"].take()
}

#[tokio::test]
async fn settings_come_from_the_seed_and_outlive_the_platform() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::with(Platform::builder().data(folder.path()).seed(SEED)).await;
    let seeded = settings(&home).await;
    assert_eq!((&seeded["edit_window"], &seeded["public_chats"]), (&json!(60), &json!(false)));
    assert_eq!(seeded["shielded_users"], json!(["ada"]));
    assert_eq!(seeded["restricted_mode"], true);
    let change = json!({"edit_window": -1, "sensitive_words": ["rose"]});
    home.own(Method::PATCH, "tenants/7365", change).await;
    let gone = home.own(Method::DELETE, "apps/cli_00000000000000c2", json!({})).await;
    assert_eq!(gone.body["code"], 0, "{gone:?}");
    let again = home.own(Method::DELETE, "apps/cli_00000000000000c2", json!({})).await;
    assert_eq!(again.body["code"], 99_992_402);
    Arc::into_inner(home.platform).expect("nobody else has it").stop().await;

    let platform = Platform::builder().data(folder.path()).start().await.expect("the platform starts");
    let home = Home::of(platform.into(), "cli_00000000000000c1", "s").await;
    let kept = settings(&home).await;
    assert_eq!((kept.get("edit_window"), &kept["sensitive_words"]), (None, &json!(["rose"])));
    assert_eq!(home.mint("cli_00000000000000c2", "s").await.body["code"], 10014);
    let apps = home.own(Method::GET, "apps", json!({})).await;
    assert_eq!(apps.body["data"]["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn settings_of_nobody_are_refused() {
    let home = Home::with(Platform::builder().seed(SEED)).await;
    let wrong = home.own(Method::GET, "tenants/x", json!({})).await;
    assert_eq!(wrong.violations(), "tenant_key: no such tenant");
    let wrong = home.own(Method::PATCH, "tenants/7365", json!({"shielded_users": ["Bo"]})).await;
    assert!(wrong.violations().starts_with("user: no such user"), "{wrong:?}");
    let error = Platform::builder().seed(SEED.replace("\"Ada\"]", "\"Bo\"]")).start().await.err();
    assert!(error.is_some_and(|error| error.to_string().contains("\"Bo\"")));
}
