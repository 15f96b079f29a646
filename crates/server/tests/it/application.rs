//! What the platform tells of itself: apps, scopes, tenants, addresses.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn an_app_asks_about_itself_and_others() {
    let world = World::new().await;
    let main = world.main();
    let get = async |app_id: &str| {
        main.get(&format!("application/v6/applications/{app_id}?lang=zh_cn&user_id_type=user_id")).await
    };
    let me = get("me").await;
    let app = &me.body["data"]["app"];
    assert_eq!((&app["app_id"], &app["app_name"]), (&json!("cli_00000000000000a1"), &json!("main")));
    assert_eq!(
        (&app["status"], &app["scene_type"], &app["creator_id"]),
        (&json!(1), &json!(0), &json!("ada"))
    );
    assert_eq!(app["owner"], json!({"type": 2, "owner_id": "ada"}));
    let scopes = app["scopes"].as_array().expect("a list");
    let of = |name: &str| {
        scopes.iter().find(|one| one["scope"] == name).expect("the scope")["token_types"].clone()
    };
    assert_eq!(of("im:chat"), json!(["tenant", "user"]));
    assert_eq!(of("event:ip_list"), json!(["tenant"]));
    assert_eq!(get("cli_00000000000000a1").await.body["data"], me.body["data"]);
    assert_eq!(get("cli_00000000000000a5").await.body["data"]["app"]["status"], 0);

    assert_eq!(get("x").await.told(), "400 210503 invalid app_id");
    assert_eq!(get("cli_00000000000000b1").await.told(), "400 210504 no such app in tenant");
    assert_eq!(get("cli_ffffffffffffffff").await.told(), "400 210506 no such app");
    assert_eq!(
        main.get("application/v6/applications/me").await.told(),
        "400 99992402 field validation failed"
    );
    assert!(
        world
            .app("narrow")
            .get("application/v6/applications/me?lang=zh_cn")
            .await
            .told()
            .starts_with("400 99991672 Access denied")
    );
}

#[tokio::test]
async fn an_app_without_the_scope_knows_itself_only() {
    let seed = r#"
[[tenants]]
name = "T"

[[tenants.apps]]
name = "plain"
app_id = "cli_00000000000000c1"
app_secret = "s"
scopes = ["application:application:self_manage", "tenant:tenant:readonly"]

[[tenants.apps]]
name = "other"
app_id = "cli_00000000000000c2"
app_secret = "s"
"#;
    let platform = larkspur_server::Platform::builder().seed(seed).start().await.expect("starts");
    let home = crate::Home::of(std::sync::Arc::new(platform), "cli_00000000000000c1", "s").await;
    let get =
        async |app_id: &str| home.get(&format!("application/v6/applications/{app_id}?lang=en_us")).await;
    assert_eq!(get("me").await.told(), "200 0 success");
    assert_eq!(get("cli_00000000000000c2").await.told(), "400 210508 insufficient permission level");
    let scopes = home.get("application/v6/scopes").await;
    let granted = |name: &str| json!({"scope_name": name, "grant_status": 1, "scope_type": "tenant"});
    assert_eq!(
        scopes.body["data"]["scopes"],
        json!([granted("application:application:self_manage"), granted("tenant:tenant:readonly")])
    );
    let tenant = home.get("tenant/v2/tenant/query").await;
    assert_eq!(tenant.body["data"]["tenant"].get("domain"), None, "that has a scope of its own");
}

#[tokio::test]
async fn the_tenant_has_a_name() {
    let world = World::new().await;
    let tenant = world.main().get("tenant/v2/tenant/query").await.body["data"]["tenant"].clone();
    assert_eq!((&tenant["name"], &tenant["tenant_tag"]), (&json!("Garden"), &json!(0)));
    assert_eq!(tenant["display_id"], "F000000001");
    assert!(tenant["domain"].as_str().is_some_and(|domain| domain.starts_with("127.0.0.1:")), "{tenant}");
    let other = world.app("foreign").get("tenant/v2/tenant/query").await;
    assert_eq!(other.body["data"]["tenant"]["name"], "Other");
}

#[tokio::test]
async fn events_come_from_this_machine() {
    let world = World::new().await;
    let list = async |query: &str| world.main().get(&format!("event/v1/outbound_ip?{query}")).await;
    assert_eq!(list("").await.body["data"], json!({"ip_list": ["127.0.0.1"], "has_more": false}));
    assert_eq!(list("page_size=51").await.told(), "400 1810001 param is invalid");
    assert_eq!(list("page_token=x").await.told(), "400 1810001 param is invalid");
}

#[tokio::test]
async fn pages_get_a_ticket() {
    let world = World::new().await;
    let got = world.main().post("jssdk/ticket/get", json!({})).await;
    let ticket = got.data("ticket");
    assert_eq!((ticket.len(), &got.body["data"]["expire_in"]), (40, &json!(7200)));
    assert_ne!(world.main().post("jssdk/ticket/get", json!({})).await.data("ticket"), ticket);
}
