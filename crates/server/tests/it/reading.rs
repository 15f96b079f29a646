//! `im.v1.message`: getting and listing; `im.v1.message_resource`.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Home, clocked, world::World};

const INVALID: &str = "400 230001 Your request contains an invalid request parameter, ext=";

async fn list(home: &Home, query: &str) -> crate::Answer {
    home.get(&format!("im/v1/messages?container_id_type=chat&{query}")).await
}

fn texts(answer: &crate::Answer) -> Vec<String> {
    assert_eq!(answer.told(), "200 0 success");
    let items = answer.body["data"]["items"].as_array().cloned().unwrap_or_default();
    let text = |item: &Value| {
        let content: Value =
            serde_json::from_str(item["body"]["content"].as_str().unwrap_or_default()).unwrap_or_default();
        content["text"].as_str().unwrap_or_default().to_owned()
    };
    items.iter().map(text).collect()
}

#[tokio::test]
async fn pages_follow_each_other_in_both_orders() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    for number in 0..25 {
        main.text(open, &number.to_string()).await;
    }
    for order in ["ByCreateTimeAsc", "ByCreateTimeDesc"] {
        let mut seen = Vec::new();
        let mut token = String::new();
        loop {
            let answer =
                list(main, &format!("container_id={open}&page_size=10&sort_type={order}&page_token={token}"))
                    .await;
            seen.extend(texts(&answer));
            if answer.body["data"]["has_more"] == false {
                break;
            }
            answer.data("page_token").clone_into(&mut token);
        }
        let mut wanted: Vec<_> = (0..25).map(|number: i32| number.to_string()).collect();
        if order == "ByCreateTimeDesc" {
            wanted.reverse();
        }
        assert_eq!(seen, wanted);
    }
}

#[tokio::test]
async fn a_page_token_belongs_to_its_request() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    for _ in 0..3 {
        main.text(open, "x").await;
    }
    let token = list(main, &format!("container_id={open}&page_size=1")).await.data("page_token");
    let other =
        list(main, &format!("container_id={open}&page_size=1&sort_type=ByCreateTimeDesc&page_token={token}"))
            .await;
    assert_eq!(other.told(), format!("{INVALID}the request parameters have changed, page_token is invalid"));
    let nonsense = list(main, &format!("container_id={open}&page_token=nonsense")).await;
    assert_eq!(nonsense.told(), format!("{INVALID}invalid page_token"));
}

#[tokio::test]
async fn messages_are_found_by_time() {
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let (main, open) = (world.main(), world.group("open"));
    for number in 0..4 {
        main.text(open, &number.to_string()).await;
        clock.advance(Duration::from_secs(10));
    }
    let start = 1_800_000_000;
    let between = format!("container_id={open}&start_time={}&end_time={}", start + 10, start + 20);
    assert_eq!(texts(&list(main, &between).await), ["1", "2"]);
    let backwards = format!("container_id={open}&start_time=20&end_time=10");
    assert_eq!(
        list(main, &backwards).await.told(),
        format!("{INVALID}The end_time is earlier than the start_time")
    );
}

#[tokio::test]
async fn containers_that_cannot_be_listed_are_refused() {
    let world = World::new().await;
    let main = world.main();
    let told = async |chat: &str| list(main, &format!("container_id={chat}")).await.told();
    assert_eq!(told("oc_nothing").await, format!("{INVALID}invalid container_id"));
    assert_eq!(told(world.group("abroad")).await, format!("{INVALID}invalid container_id"));
    assert_eq!(told(world.group("elsewhere")).await, "400 230002 The bot can not be outside the group.");
    assert_eq!(told(world.group("sealed")).await, "400 231203 The chat type is not supported.");
    let thread = main.get("im/v1/messages?container_id_type=thread&container_id=omt_x&start_time=1").await;
    assert_eq!(thread.told(), format!("{INVALID}invalid start_time"));
}

#[tokio::test]
async fn a_recalled_message_says_so() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = main.text(open, "secret").await;
    main.call(Method::DELETE, &format!("im/v1/messages/{message_id}"), json!({})).await;
    let listed = list(main, &format!("container_id={open}")).await;
    let item = &listed.body["data"]["items"][0];
    assert_eq!(
        (&item["deleted"], &item["body"]["content"]),
        (&json!(true), &json!("This message was recalled"))
    );
    let got = main.get(&format!("im/v1/messages/{message_id}")).await;
    assert_eq!(got.body["data"]["items"][0]["deleted"], true);
    assert!(!got.body.to_string().contains("secret"));
}

#[tokio::test]
async fn mget_gives_what_can_be_read() {
    let world = World::new().await;
    let main = world.main();
    let first = main.text(world.group("open"), "1").await;
    let theirs = world.app("shy").text(world.group("elsewhere"), "x").await;
    let second = main.text(world.group("open"), "2").await;
    let answer = main
        .get(&format!("im/v1/messages/mget?message_ids={second}&message_ids={theirs}&message_ids={first}"))
        .await;
    assert_eq!(texts(&answer), ["2", "1"]);
    let many = vec!["message_ids=om_x"; 51].join("&");
    assert_eq!(main.get(&format!("im/v1/messages/mget?{many}")).await.status, 400);
}

#[tokio::test]
async fn names_of_senders_come_when_asked_for() {
    let home = Home::new().await;
    home.text(home.chat_id(), "x").await;
    let plain = list(&home, &format!("container_id={}", home.chat_id())).await;
    let sender = &plain.body["data"]["items"][0]["sender"];
    assert_eq!(
        (&sender["id"], &sender["id_type"], &sender["sender_type"]),
        (&json!(home.platform.workspace().app_id), &json!("app_id"), &json!("app"))
    );
    assert_eq!(sender.get("sender_name"), None);
    let named = list(&home, &format!("container_id={}&with_sender_name=true", home.chat_id())).await;
    assert_eq!(named.body["data"]["items"][0]["sender"]["sender_name"], "Larkspur Bot");
}

#[tokio::test]
async fn what_stands_in_a_message_is_downloaded_by_members() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let bytes = crate::images::png(9, 9);
    let key = main.upload_image("message", bytes.clone()).await.data("image_key");
    let post = json!({"zh_cn": {"title": "", "content": [[{"tag": "img", "image_key": key}]]}});
    for (msg_type, content) in [("image", json!({"image_key": key})), ("post", post)] {
        let message_id = main.say(open, msg_type, &content).await.data("message_id");
        let path = |key: &str, kind: &str| format!("im/v1/messages/{message_id}/resources/{key}?type={kind}");
        let got = world.app("shy").get(&path(&key, "image")).await;
        assert_eq!(got.bytes, bytes, "{msg_type}");
        let not_in = "400 234003 File not in message.";
        assert_eq!(main.get(&path("img_v3_other", "image")).await.told(), not_in);
        assert_eq!(main.get(&path(&key, "file")).await.told(), not_in);
        assert_eq!(world.app("foreign").get(&path(&key, "image")).await.status, 400);
    }
    let theirs = world.app("shy");
    let elsewhere = world.group("elsewhere");
    let key = theirs.image_key().await;
    let message_id = theirs.say(elsewhere, "image", &json!({"image_key": key})).await.data("message_id");
    let path = format!("im/v1/messages/{message_id}/resources/{key}?type=image");
    assert_eq!(main.get(&path).await.told(), "400 234004 App not in chat.");
    theirs.call(Method::DELETE, &format!("im/v1/messages/{message_id}"), json!({})).await;
    assert_eq!(
        theirs.get(&path).await.told(),
        "400 230110 Action unavailable as the message has been deleted."
    );
}

#[tokio::test]
async fn a_sealed_chat_lets_nothing_out() {
    let world = World::new().await;
    let (main, sealed) = (world.main(), world.group("sealed"));
    let key = main.image_key().await;
    let message_id = main.say(sealed, "image", &json!({"image_key": key})).await.data("message_id");
    let path = format!("im/v1/messages/{message_id}/resources/{key}?type=image");
    assert_eq!(
        main.get(&path).await.told(),
        "400 234038 Do not allow downloading of message resources in restricted mode."
    );
    let card = json!({"elements": [{"tag": "hr"}]});
    let card = main.say(world.group("open"), "interactive", &card).await.data("message_id");
    let path = format!("im/v1/messages/{card}/resources/{key}?type=image");
    assert_eq!(main.get(&path).await.told(), "400 234043 Unsupported message type.");
}
