//! `auth.v3`: tokens, and how long they last.

use std::time::Duration;

use larkspur_server::Platform;
use reqwest::Method;
use serde_json::json;

use crate::{Home, clocked};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_token_is_kept_until_half_an_hour_before_its_end() {
    crate::shows(&["token.tenant.ttl", "token.tenant.renew_below"]);
    let (clock, builder) = clocked();
    let platform = std::sync::Arc::new(builder.start().await.expect("starts"));
    let (id, secret) = (platform.workspace().app_id.clone(), platform.workspace().app_secret.clone());
    let home = Home::of(platform, &id, &secret).await;
    let first = home.mint(&id, &secret).await;
    assert_eq!(first.told(), "200 0 ok");
    assert_eq!(first.body["expire"], 7200);
    assert_eq!(first.body["tenant_access_token"], home.token);

    clock.advance(80 * MINUTE);
    let same = home.mint(&id, &secret).await;
    assert_eq!(same.body["tenant_access_token"], home.token);
    assert_eq!(same.body["expire"], 2400);

    clock.advance(11 * MINUTE);
    let new = home.mint(&id, &secret).await;
    assert_ne!(new.body["tenant_access_token"], home.token);
    assert_eq!(new.body["expire"], 7200);
    // Until its end the old one holds as well.
    assert_eq!(home.get("bot/v3/info").await.told(), "200 0 ok");
    clock.advance(30 * MINUTE);
    assert_eq!(
        home.get("bot/v3/info").await.told(),
        "400 99991663 Invalid access token for authorization. Please make a request with token attached"
    );
}

#[tokio::test]
async fn a_token_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = || Platform::builder().data(folder.path()).start();
    let platform = std::sync::Arc::new(start().await.expect("starts"));
    let (id, secret) = (platform.workspace().app_id.clone(), platform.workspace().app_secret.clone());
    let home = Home::of(platform, &id, &secret).await;
    let token = home.token.clone();
    home.stop().await;

    let platform = std::sync::Arc::new(start().await.expect("starts again"));
    assert_eq!(platform.workspace().app_id, id);
    let home = Home { platform, app_id: id.clone(), app_secret: secret.clone(), token: token.clone() };
    assert_eq!(home.get("bot/v3/info").await.told(), "200 0 ok");
    assert_eq!(home.mint(&id, &secret).await.body["tenant_access_token"], token);
}

#[tokio::test]
async fn wrong_credentials_are_refused_with_status_200() {
    let home = Home::new().await;
    let id = home.platform.workspace().app_id.clone();
    assert_eq!(home.mint(&id, "wrong").await.told(), "200 10015 wrong app secret");
    assert_eq!(home.mint("cli_ffffffffffffffff", "x").await.told(), "200 10014 app id not exists");
    assert_eq!(home.mint("nonsense", "x").await.told(), "200 10003 invalid param");
    let path = "auth/v3/tenant_access_token/internal";
    let empty = home.send(home.request(Method::POST, path).json(&json!({}))).await;
    assert_eq!(empty.told(), "200 10003 invalid param");
}

#[tokio::test]
async fn both_kinds_of_token_come_with_the_app_token() {
    let home = Home::new().await;
    let workspace = home.platform.workspace();
    let body = json!({"app_id": workspace.app_id, "app_secret": workspace.app_secret});
    let answer = home.send(home.request(Method::POST, "auth/v3/app_access_token/internal").json(&body)).await;
    assert_eq!(answer.told(), "200 0 ok");
    assert_eq!(answer.body["tenant_access_token"], home.token);
    assert_eq!(answer.body["app_access_token"], home.token);
    assert!(home.token.starts_with("t-"));
}
