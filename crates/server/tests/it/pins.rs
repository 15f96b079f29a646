//! `im.v1.pin`, and users who pin.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, world::World};

async fn pin(home: &Home, message_id: &str) -> Answer {
    home.post("im/v1/pins", json!({"message_id": message_id})).await
}

async fn unpin(home: &Home, message_id: &str) -> Answer {
    home.call(Method::DELETE, &format!("im/v1/pins/{message_id}"), json!({})).await
}

async fn list(home: &Home, chat_id: &str, query: &str) -> Answer {
    home.get(&format!("im/v1/pins?chat_id={chat_id}{query}")).await
}

fn pinned(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.told(), "200 0 success", "{answer:?}");
    let items = answer.body["data"]["items"].as_array().expect("a list");
    items.iter().map(|item| item["message_id"].as_str().expect("an id")).collect()
}

const OUTSIDE: &str = "400 230002 The bot can not be outside the group.";
const NO_BOT: &str = "400 230006 Bot ability is not activated.";
const DISSOLVED: &str = "400 232009 Your request specifies a chat which has already been dissolved.";

#[tokio::test]
async fn a_pin_comes_and_goes() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = main.text(open, "x").await;
    let made = pin(main, &message_id).await;
    let one = json!({
        "message_id": message_id, "chat_id": open, "operator_id": "cli_00000000000000a1",
        "operator_id_type": "app_id", "create_time": "1800000000000",
    });
    assert_eq!(made.body["data"], json!({"pin": one}), "{made:?}");
    // Whoever pins it again gets the pin that is there.
    clock.advance(Duration::from_secs(1));
    assert_eq!(pin(world.app("shy"), &message_id).await.body["data"]["pin"], one);
    assert_eq!(list(main, open, "").await.body["data"], json!({"items": [one], "has_more": false}));

    assert_eq!(unpin(main, &message_id).await.body["data"], json!({}));
    assert_eq!(unpin(main, &message_id).await.told(), "200 0 success");
    assert!(pinned(&list(main, open, "").await).is_empty());
}

#[tokio::test]
async fn users_pin_too() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = main.text(open, "x").await;
    let act = async |verb: &str, user: &str| {
        let url = format!("{}/_larkspur/v1/act/{verb}", main.platform.base_url());
        let body = json!({"user": user, "message_id": message_id});
        main.send(reqwest::Client::new().post(url).json(&body)).await
    };
    assert_eq!(act("pin", "Ada").await.told(), "200 0 success");
    let listed = list(main, open, "").await;
    let one = &listed.body["data"]["items"][0];
    let ada = world.open_id("main", "ada").await;
    assert_eq!((&one["operator_id"], &one["operator_id_type"]), (&json!(ada), &json!("open_id")));
    assert_eq!(act("unpin", "Bo").await.told(), "200 0 success");
    assert!(pinned(&list(main, open, "").await).is_empty());
    assert_eq!(act("pin", "Cy").await.told(), OUTSIDE);
}

#[tokio::test]
async fn pins_are_listed_by_time_and_by_page() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let mut ids = Vec::new();
    for _ in 0..5 {
        let message_id = main.text(open, "x").await;
        pin(main, &message_id).await;
        ids.insert(0, message_id);
        clock.advance(Duration::from_millis(10));
    }
    assert_eq!(pinned(&list(main, open, "").await), ids);
    let first = list(main, open, "&page_size=2").await;
    assert_eq!(
        (pinned(&first), &first.body["data"]["has_more"]),
        (vec![ids[0].as_str(), &ids[1]], &json!(true))
    );
    let token = first.data("page_token");
    let second = list(main, open, &format!("&page_size=2&page_token={token}")).await;
    assert_eq!(pinned(&second), ids[2..4]);
    let token = second.data("page_token");
    let last = list(main, open, &format!("&page_size=2&page_token={token}")).await;
    assert_eq!((pinned(&last), last.body["data"].get("page_token")), (vec![ids[4].as_str()], None));
    let some = list(main, open, "&start_time=1800000000010&end_time=1800000000030").await;
    assert_eq!(pinned(&some), ids[1..4]);
    let other = list(main, open, &format!("&end_time=1800000000030&page_token={token}")).await;
    let invalid = "400 230001 Your request contains an invalid request parameter, ext=";
    assert_eq!(other.told(), format!("{invalid}the request parameters have changed, page_token is invalid"));
    assert_eq!(list(main, open, "&page_token=x").await.told(), format!("{invalid}invalid page_token"));
    let backwards = list(main, open, "&start_time=2&end_time=2").await;
    assert_eq!(backwards.told(), format!("{invalid}The end_time is earlier than the start_time"));
    for (query, violations) in [
        ("&page_size=0", "page_size: the min value is 1"),
        ("&page_size=51", "page_size: the max value is 50"),
    ] {
        assert_eq!(list(main, open, query).await.violations(), violations);
    }
    assert_eq!(main.get("im/v1/pins").await.violations(), "chat_id: chat_id is required");

    // Of what was recalled there is no pin any more.
    main.call(Method::DELETE, &format!("im/v1/messages/{}", ids[0]), json!({})).await;
    assert_eq!(pinned(&list(main, open, "").await), ids[1..]);
    assert_eq!(unpin(main, &ids[0]).await.told(), "200 0 success");
    assert_eq!(pin(main, &ids[0]).await.told(), "400 230011 The message is recalled.");
}

#[tokio::test]
async fn pins_are_for_those_in_the_chat() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let elsewhere = shy.text(world.group("elsewhere"), "x").await;
    let abroad = world.app("foreign").text(world.group("abroad"), "x").await;
    let here = main.text(world.group("open"), "x").await;
    let cases = [
        (main, &elsewhere, OUTSIDE.to_owned()),
        (main, &abroad, format!("400 99992354 these ids not existed: [{abroad}]")),
        (world.app("mute"), &here, NO_BOT.to_owned()),
    ];
    for (home, message_id, told) in cases {
        assert_eq!(pin(home, message_id).await.told(), told);
        assert_eq!(unpin(home, message_id).await.told(), told);
    }
    assert_eq!(list(main, world.group("elsewhere"), "").await.told(), OUTSIDE);
    assert_eq!(list(world.app("mute"), world.group("open"), "").await.told(), NO_BOT);
    let invalid = "400 230001 Your request contains an invalid request parameter, ext=invalid chat_id";
    assert_eq!(list(main, world.group("abroad"), "").await.told(), invalid);
    assert_eq!(list(main, "oc_x", "").await.told(), invalid);
    let unscoped = list(world.app("narrow"), world.group("elsewhere"), "").await;
    assert_eq!(unscoped.told(), OUTSIDE, "im:message is enough");

    let ada = world.open_id("main", "ada").await;
    let divider = json!({"type": "divider", "params": {"divider_text": {"text": "x"}}});
    let body = json!({"receive_id": ada, "msg_type": "system", "content": divider.to_string()});
    let line = main.post("im/v1/messages?receive_id_type=open_id", body).await.data("message_id");
    let unsupported = "400 230054 This operation is not supported for this message type.";
    assert_eq!(pin(main, &line).await.told(), unsupported);
}

#[tokio::test]
async fn a_group_may_leave_pins_to_its_owner() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let body =
        json!({"name": "x", "bot_id_list": ["cli_00000000000000a4"], "pin_manage_setting": "only_owner"});
    let chat = main.post("im/v1/chats", body).await.data("chat_id");
    let message_id = shy.text(&chat, "x").await;
    let forbidden = "400 230046 No Permission to Pin/Unpin messages in the chat.";
    assert_eq!(pin(shy, &message_id).await.told(), forbidden);
    assert_eq!(unpin(shy, &message_id).await.told(), forbidden);
    assert_eq!(pin(main, &message_id).await.told(), "200 0 success");
    assert_eq!(pinned(&list(shy, &chat, "").await), [message_id.as_str()]);

    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), Value::Null).await;
    assert_eq!(pin(main, &message_id).await.told(), DISSOLVED);
    assert_eq!(unpin(main, &message_id).await.told(), DISSOLVED);
    assert_eq!(list(main, &chat, "").await.told(), OUTSIDE);
}

#[tokio::test]
async fn one_message_is_pinned_five_times_a_second() {
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let main = world.main();
    let message_id = main.text(world.group("open"), "x").await;
    for _ in 0..2 {
        pin(main, &message_id).await;
        unpin(main, &message_id).await;
    }
    assert_eq!(pin(main, &message_id).await.told(), "200 0 success");
    let too_often = "400 230047 Pin/Unpin message trigger message_id limit.";
    assert_eq!(unpin(main, &message_id).await.told(), too_often);
    clock.advance(Duration::from_secs(1));
    assert_eq!(unpin(main, &message_id).await.told(), "200 0 success");
}
