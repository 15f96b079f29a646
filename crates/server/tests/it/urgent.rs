//! `im.v1.message.urgent_app`, `urgent_sms`, `urgent_phone`.

use reqwest::Method;
use serde_json::json;

use crate::{Answer, Home, behind::Stage, world::World};

async fn urge(home: &Home, means: &str, message_id: &str, user_ids: &[&str]) -> Answer {
    let path = format!("im/v1/messages/{message_id}/urgent_{means}?user_id_type=user_id");
    home.call(Method::PATCH, &path, json!({"user_id_list": user_ids})).await
}

const MEANS: [&str; 3] = ["app", "sms", "phone"];
const FORBIDDEN: &str = "400 230052 Can not urgent this message.";

#[tokio::test]
async fn members_are_urged_and_others_named() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let message_id = main.text(world.group("open"), "x").await;
    for means in MEANS {
        for _ in 0..2 {
            let urged = urge(main, means, &message_id, &["ada", "cy", "nobody"]).await;
            assert_eq!(urged.body["data"], json!({"invalid_user_id_list": ["cy", "nobody"]}), "{urged:?}");
        }
    }
    let none = "400 230001 Your request contains an invalid request parameter, ext=invalid user_id_list";
    assert_eq!(urge(main, "app", &message_id, &["cy"]).await.told(), none);
    assert_eq!(urge(main, "app", &message_id, &[]).await.told(), none);
    let path = format!("im/v1/messages/{message_id}/urgent_app");
    let wrong = main.call(Method::PATCH, &path, json!({"user_id_list": vec!["ada"; 201]})).await;
    assert_eq!(
        wrong.violations(),
        "user_id_type: user_id_type is required; user_id_list: the max len is 200"
    );
    world.stop().await;
    // It is kept, for whoever looks.
    let kept = stage
        .read(move |view| {
            let message = view.message(&message_id)?.expect("the message");
            Ok(view.urgents(message.id)?)
        })
        .await;
    assert_eq!(kept.iter().map(|one| one.means.as_str()).collect::<Vec<_>>(), MEANS);
}

#[tokio::test]
async fn not_every_message_is_urgent() {
    let world = World::new().await;
    let (main, shy, open) = (world.main(), world.app("shy"), world.group("open"));
    let message_id = main.text(open, "x").await;
    let recalled = main.text(open, "x").await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    let theirs = shy.text(open, "x").await;
    let elsewhere = shy.text(world.group("elsewhere"), "x").await;
    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let gone = main.text(&chat, "x").await;
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    let ada = world.open_id("main", "ada").await;
    let body = json!({
        "name": "x", "urgent_setting": "only_owner", "user_id_list": [ada], "bot_id_list": ["cli_00000000000000a4"],
    });
    let strict = main.post("im/v1/chats", body).await.data("chat_id");
    let by_owner = main.text(&strict, "x").await;
    let by_member = shy.text(&strict, "x").await;
    let cases = [
        (main, &recalled, "400 230110 Action unavailable as the message has been deleted."),
        (main, &theirs, "400 230012 Bot is NOT the sender of the message."),
        (main, &elsewhere, "400 230002 The bot can not be outside the group."),
        (main, &gone, "400 232009 Your request specifies a chat which has already been dissolved."),
        (main, &"om_x".to_owned(), "400 99992354 these ids not existed: [om_x]"),
        (world.app("mute"), &message_id, "400 230006 Bot ability is not activated."),
        (main, &by_owner, "200 0 success"),
        (shy, &by_member, FORBIDDEN),
    ];
    for (home, message_id, told) in cases {
        for means in MEANS {
            assert_eq!(urge(home, means, message_id, &["ada"]).await.told(), told);
        }
    }
    let unavailable = urge(shy, "app", &theirs, &["ada", "bo"]).await;
    assert_eq!(unavailable.told(), "400 230013 Bot has NO availability to this user.");
    let unscoped = urge(world.app("narrow"), "app", &message_id, &["ada"]).await;
    assert!(unscoped.told().starts_with("400 99991672 Access denied."), "{unscoped:?}");
}

#[tokio::test]
async fn two_hundred_urgent_messages_may_be_unread() {
    crate::shows(&["urgent.max_unread_per_user"]);
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let mut last = String::new();
    for _ in 0..200 {
        last = main.text(open, "x").await;
        assert_eq!(urge(main, "app", &last, &["ada"]).await.told(), "200 0 success");
    }
    let more = main.text(open, "x").await;
    let full = "400 230023 The user has too many unread urgent messages.";
    assert_eq!(urge(main, "sms", &more, &["bo", "ada"]).await.told(), full);
    // By other means the same message again; and another once one is gone or read.
    assert_eq!(urge(main, "phone", &last, &["ada"]).await.told(), "200 0 success");
    main.call(Method::DELETE, &format!("im/v1/messages/{last}"), json!({})).await;
    assert_eq!(urge(main, "app", &more, &["ada"]).await.told(), "200 0 success");
    let another = main.text(open, "x").await;
    assert_eq!(urge(main, "app", &another, &["ada"]).await.told(), full);
    let url = format!("{}/_larkspur/v1/act/read", main.platform.base_url());
    let body = json!({"user": "Ada", "chat_id": open});
    main.send(reqwest::Client::new().post(url).json(&body)).await;
    assert_eq!(urge(main, "app", &another, &["ada"]).await.told(), "200 0 success");
}
