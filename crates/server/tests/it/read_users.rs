//! `im.v1.message.read_users`.

use std::time::Duration;

use larkspur_domain::message::read_mark::mark_read;
use reqwest::Method;
use serde_json::json;

use crate::{Answer, Home, behind::Stage, clocked, world::World};

async fn readers(home: &Home, message_id: &str, query: &str) -> Answer {
    home.get(&format!("im/v1/messages/{message_id}/read_users?{query}")).await
}

#[tokio::test]
async fn nobody_has_read_it() {
    crate::shows(&["message.read_users.window"]);
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = main.text(open, "x").await;
    let nobody = readers(main, &message_id, "user_id_type=open_id").await;
    assert_eq!(nobody.told(), "200 0 success");
    assert_eq!(nobody.body["data"], json!({"items": [], "has_more": false}));

    let recalled = main.text(open, "x").await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    let elsewhere = world.app("shy").text(world.group("elsewhere"), "x").await;
    let abroad = world.app("foreign").text(world.group("abroad"), "x").await;
    let cases = [
        ("shy", &message_id, "400 230012 Bot is NOT the sender of the message.".to_owned()),
        ("mute", &message_id, "400 230006 Bot ability is not activated.".to_owned()),
        ("main", &elsewhere, "400 230002 The bot can not be outside the group.".to_owned()),
        ("main", &recalled, "400 230110 Action unavailable as the message has been deleted.".to_owned()),
        ("main", &abroad, format!("400 99992354 these ids not existed: [{abroad}]")),
    ];
    for (app, message_id, told) in cases {
        assert_eq!(readers(world.app(app), message_id, "user_id_type=open_id").await.told(), told);
    }
    let wrong = readers(main, &message_id, "user_id_type=open_id&page_token=x").await;
    let invalid = "400 230001 Your request contains an invalid request parameter, ext=invalid page_token";
    assert_eq!(wrong.told(), invalid);
    for (query, violations) in [
        ("", "user_id_type: user_id_type is required"),
        ("user_id_type=x", "user_id_type: options: [open_id,union_id,user_id]"),
        ("user_id_type=open_id&page_size=0", "page_size: the min value is 1"),
        ("user_id_type=open_id&page_size=101", "page_size: the max value is 100"),
    ] {
        assert_eq!(readers(main, &message_id, query).await.violations(), violations);
    }
    let unscoped = readers(world.app("narrow"), &message_id, "user_id_type=user_id").await;
    assert!(unscoped.told().starts_with("400 99991672 Access denied."), "{unscoped:?}");

    clock.advance(Duration::from_secs(7 * 24 * 60 * 60));
    let main = Home::of(main.platform.clone(), "cli_00000000000000a1", "main").await;
    assert_eq!(readers(&main, &message_id, "user_id_type=open_id").await.told(), "200 0 success");
    clock.advance(Duration::from_millis(1));
    assert_eq!(
        readers(&main, &message_id, "user_id_type=open_id").await.told(),
        "400 230033 Get the reading status must be done within 7 days after the message is sent."
    );
}

#[tokio::test]
async fn readers_are_listed_in_the_order_they_read() {
    let (stage, world) = Stage::new().await;
    let message_id = world.main().text(world.group("open"), "x").await;
    let ada = world.open_id("main", "ada").await;
    world.stop().await;
    stage.clock.advance(Duration::from_secs(1));
    let read = |user_id: &'static str| {
        let message_id = message_id.clone();
        stage.change(move |tx, context| {
            let message = tx.message(&message_id)?.expect("the message");
            let app = tx.app_by_app_id("cli_00000000000000a1")?.expect("the app");
            let user = tx.user_by_user_id(&app.tenant_key, user_id)?.expect("the user").id;
            mark_read(tx, context, user, &message)
        })
    };
    assert!(read("bo").await);
    stage.clock.advance(Duration::from_secs(1));
    assert!(read("ada").await);
    // The first time counts, and someone outside the chat reads nothing.
    assert!(!read("bo").await);
    assert!(!read("cy").await);

    let main = stage.start("cli_00000000000000a1", "main").await;
    let first = readers(&main, &message_id, "user_id_type=user_id&page_size=1").await;
    let one = &first.body["data"]["items"][0];
    assert_eq!((&one["user_id"], &one["user_id_type"]), (&json!("bo"), &json!("user_id")));
    assert_eq!(one["timestamp"], "1800000001000");
    let token = first.data("page_token");
    let rest = readers(&main, &message_id, &format!("user_id_type=open_id&page_token={token}")).await;
    assert_eq!(rest.body["data"]["items"][0]["user_id"], ada);
    assert_eq!((&rest.body["data"]["has_more"], rest.body["data"].get("page_token")), (&json!(false), None));
}
