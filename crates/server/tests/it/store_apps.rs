//! Apps of the store: tickets, their tokens, and the tenants that installed them.

use std::{sync::Arc, time::Duration};

use larkspur_domain::ManualClock;
use larkspur_server::Platform;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, until};

const SEED: &str = r#"
[[tenants]]
name = "Maker"
tenant_key = "maker"

[[tenants.apps]]
name = "sold"
app_id = "cli_00000000000000c1"
app_secret = "sold"
app_type = "isv"
installed_in = ["Buyer"]
redirect_uris = ["https://sold.example/done"]

[[tenants.apps]]
name = "own"
app_id = "cli_00000000000000c2"
app_secret = "own"

[[tenants.users]]
name = "Mia"
user_id = "mia"

[[tenants]]
name = "Buyer"
tenant_key = "buyer"

[[tenants.users]]
name = "Ben"
user_id = "ben"

[[tenants.groups]]
name = "bought"
users = ["Ben"]
bots = ["sold"]

[[tenants]]
name = "Stranger"
tenant_key = "stranger"
"#;

const SOLD: (&str, &str) = ("cli_00000000000000c1", "sold");
const OWN: (&str, &str) = ("cli_00000000000000c2", "own");

async fn shop() -> (Arc<ManualClock>, Home) {
    let (clock, builder) = clocked();
    let platform: Platform = builder.rate_limit(false).seed(SEED).start().await.expect("the platform starts");
    let (app_id, app_secret) = (SOLD.0.to_owned(), SOLD.1.to_owned());
    (clock, Home { platform: Arc::new(platform), app_id, app_secret, token: String::new() })
}

async fn auth(home: &Home, path: &str, body: Value) -> Answer {
    home.send(home.request(Method::POST, &format!("auth/v3/{path}")).json(&body)).await
}

async fn of_app(home: &Home, path: &str, (app_id, app_secret): (&str, &str), more: Value) -> Answer {
    let mut body = json!({"app_id": app_id, "app_secret": app_secret});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    auth(home, path, body).await
}

/// The events of the app of one type, the oldest first, as they are delivered.
async fn told(home: &Home, event_type: &str) -> Vec<Value> {
    let mut bodies = Vec::new();
    for one in home.deliveries().await {
        if one["event_type"] == event_type {
            let event_id = one["event_id"].as_str().expect("an id");
            bodies.push(home.delivery(event_id).await["body"].take());
        }
    }
    bodies
}

/// The newest ticket, once there are so many.
async fn ticket(home: &Home, count: usize) -> String {
    let tickets = async || Some(told(home, "app_ticket").await).filter(|tickets| tickets.len() >= count);
    let tickets = until("a ticket comes", tickets).await;
    let event = &tickets[count - 1]["event"];
    assert_eq!((&event["app_id"], &event["type"]), (&json!(SOLD.0), &json!("app_ticket")));
    event["app_ticket"].as_str().expect("a ticket").to_owned()
}

/// The token of the app in a tenant.
async fn tenant_token(home: &Home, tenant_key: &str) -> Answer {
    let app_ticket = ticket(home, 1).await;
    let app = of_app(home, "app_access_token", SOLD, json!({"app_ticket": app_ticket})).await;
    assert_eq!(app.told(), "200 0 ok", "{app:?}");
    assert!(app.body["app_access_token"].as_str().is_some_and(|token| token.starts_with("a-")), "{app:?}");
    let body = json!({"app_access_token": app.body["app_access_token"], "tenant_key": tenant_key});
    auth(home, "tenant_access_token", body).await
}

#[tokio::test]
async fn a_ticket_comes_every_hour_and_when_it_is_asked_for() {
    let (clock, home) = shop().await;
    let first = ticket(&home, 1).await;
    clock.advance(Duration::from_secs(3600));
    let second = ticket(&home, 2).await;
    assert_ne!(first, second);
    assert_eq!(of_app(&home, "app_ticket/resend", SOLD, json!({})).await.told(), "200 0 ok");
    ticket(&home, 3).await;
    let with = async |app_ticket: &str| {
        of_app(&home, "app_access_token", SOLD, json!({"app_ticket": app_ticket})).await.told()
    };
    assert_eq!(with(&first).await, "200 0 ok", "the one before is still good");
    clock.advance(Duration::from_secs(3600));
    assert_eq!(with(&first).await, "200 10012 get app access token fail");
    assert_eq!(with("x").await, "200 10012 get app access token fail");
}

#[tokio::test]
async fn apps_of_both_kinds_keep_to_their_own_endpoints() {
    let (_, home) = shop().await;
    let app_ticket = ticket(&home, 1).await;
    for path in ["tenant_access_token/internal", "app_access_token/internal"] {
        assert_eq!(of_app(&home, path, SOLD, json!({})).await.told(), "200 10005 app id unauthorized");
    }
    assert_eq!(of_app(&home, "app_ticket/resend", OWN, json!({})).await.told(), "200 10016 app resend fail");
    let with = json!({"app_ticket": app_ticket});
    assert_eq!(
        of_app(&home, "app_access_token", OWN, with.clone()).await.told(),
        "200 10012 get app access token fail"
    );
    assert_eq!(
        of_app(&home, "app_access_token", (SOLD.0, "wrong"), with.clone()).await.told(),
        "200 10015 wrong app secret"
    );
    assert_eq!(
        of_app(&home, "app_ticket/resend", ("cli_0000000000000000", "x"), json!({})).await.told(),
        "200 10014 app id not exists"
    );
    assert_eq!(auth(&home, "app_access_token", with).await.told(), "200 10003 invalid param");
    for tenant_key in ["stranger", "nobody"] {
        assert_eq!(tenant_token(&home, tenant_key).await.told(), "200 10013 get tenant access token fail");
    }
    let own = of_app(&home, "app_access_token/internal", OWN, json!({})).await;
    let body = json!({"app_access_token": own.body["app_access_token"], "tenant_key": "maker"});
    assert_eq!(
        auth(&home, "tenant_access_token", body).await.told(),
        "200 10013 get tenant access token fail"
    );
}

#[tokio::test]
async fn a_tenant_that_installed_the_app_is_one_of_its_own() {
    let (_, home) = shop().await;
    let buyer = tenant_token(&home, "buyer").await.body["tenant_access_token"].take();
    let maker = tenant_token(&home, "maker").await.body["tenant_access_token"].take();
    let as_app = async |token: &Value, path: &str| {
        home.send(home.request(Method::GET, path).bearer_auth(token.as_str().expect("a token"))).await
    };
    let chats = as_app(&buyer, "im/v1/chats").await;
    let chat_id = chats.body["data"]["items"][0]["chat_id"].as_str().expect("a chat").to_owned();
    assert_eq!(as_app(&maker, "im/v1/chats").await.body["data"]["items"], json!([]));
    assert_ne!(as_app(&maker, &format!("im/v1/chats/{chat_id}")).await.body["code"], 0);
    assert_eq!(as_app(&buyer, "contact/v3/users/ben?user_id_type=user_id").await.body["code"], 0);
    assert_ne!(as_app(&buyer, "contact/v3/users/mia?user_id_type=user_id").await.body["code"], 0);

    home.act("send", json!({"user": "Ben", "chat_id": chat_id, "text": "hello", "mentions": ["sold"]})).await;
    let heard = told(&home, "im.message.receive_v1").await;
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["header"]["tenant_key"], "buyer");
    assert_eq!(heard[0]["header"]["app_id"], SOLD.0);
    assert_eq!(home.ledger().await[0], 2, "the ticket and the message");
}

#[tokio::test]
async fn users_of_every_tenant_log_in() {
    let (_, home) = shop().await;
    let url = format!(
        "{}/open-apis/authen/v1/authorize?client_id={}&response_type=code&redirect_uri=https%3A%2F%2Fsold.example%2Fdone",
        home.platform.base_url(),
        SOLD.0
    );
    for (user, tenant_key) in [("mia", "maker"), ("ben", "buyer")] {
        let to = home.act("authorize", json!({"user": user, "url": url})).await;
        let to = to["redirect_to"].as_str().expect("an address").to_owned();
        let code = to.strip_prefix("https://sold.example/done?code=").expect("a code");
        let body = json!({"grant_type": "authorization_code", "client_id": SOLD.0, "client_secret": SOLD.1, "code": code});
        let tokens = home.send(home.request(Method::POST, "authen/v2/oauth/token").json(&body)).await.body;
        let token = tokens["access_token"].as_str().expect("a token");
        let info = home.send(home.request(Method::GET, "authen/v1/user_info").bearer_auth(token)).await;
        assert_eq!(info.data("tenant_key"), tenant_key);
    }
}

#[tokio::test]
async fn an_app_is_made_while_the_platform_runs() {
    let (_, home) = shop().await;
    let made = home
        .own(Method::POST, "apps", json!({"name": "late", "app_type": "isv", "installed_in": ["buyer"]}))
        .await;
    assert_eq!(made.told(), "200 0 success", "{made:?}");
    let late = Home {
        platform: Arc::clone(&home.platform),
        app_id: made.body["data"]["app"]["app_id"].as_str().expect("an id").to_owned(),
        app_secret: made.data("app_secret"),
        token: String::new(),
    };
    let tickets = async || Some(told(&late, "app_ticket").await).filter(|tickets| !tickets.is_empty());
    until("the new app gets its ticket", tickets).await;

    let custom = home.own(Method::POST, "apps", json!({"name": "plain"})).await;
    let custom = Home::of(
        Arc::clone(&home.platform),
        custom.body["data"]["app"]["app_id"].as_str().expect("an id"),
        &custom.data("app_secret"),
    )
    .await;
    assert_eq!(custom.get("bot/v3/info").await.told(), "200 0 ok");
    let own = Home::of(Arc::clone(&home.platform), OWN.0, OWN.1).await;
    let seen = told(&own, "application.application.created_v6").await;
    assert_eq!((seen.len(), &seen[0]["event"]["name"]), (1, &json!("plain")));

    for wrong in [
        json!({"name": "x", "tenant_key": "nowhere"}),
        json!({"name": "x", "installed_in": ["buyer"]}),
        json!({"name": "x", "app_type": "isv", "installed_in": ["nowhere"]}),
        json!({"name": "x", "app_type": "other"}),
        json!({"name": ""}),
    ] {
        assert_eq!(home.own(Method::POST, "apps", wrong).await.body["code"], 99992402);
    }
}

#[tokio::test]
async fn a_store_app_hears_who_may_use_it_now() {
    let (_, home) = shop().await;
    home.set(json!({"availability": []})).await;
    home.set(json!({"availability": ["mia"]})).await;
    home.set(json!({"availability": ["mia"]})).await;
    let seen = told(&home, "application.application.visibility.added_v6").await;
    assert_eq!(seen.len(), 1);
    let union_id = seen[0]["event"]["users"][0]["user_id"]["union_id"].as_str().expect("an id");
    assert!(union_id.starts_with("on_"));
}
