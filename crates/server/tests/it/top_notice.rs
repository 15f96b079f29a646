//! `im.v1.chat_top_notice`: what stands at the top of a group.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Home, behind::Stage, world::World};

const INVALID: &str = "400 232001 Your request contains an invalid request parameter.";

async fn put(home: &Home, chat: &str, notices: Value) -> String {
    let path = format!("im/v1/chats/{chat}/top_notice/put_top_notice");
    home.post(&path, json!({"chat_top_notice": notices})).await.told()
}

async fn delete(home: &Home, chat: &str) -> String {
    home.post(&format!("im/v1/chats/{chat}/top_notice/delete_top_notice"), json!({})).await.told()
}

#[tokio::test]
async fn a_message_or_the_announcement_stands_at_the_top() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let (open, easy, sealed) =
        (world.group("open").to_owned(), world.group("easy").to_owned(), world.group("sealed").to_owned());
    let message_id = main.text(&open, "read this").await;
    let message = json!({"action_type": "1", "message_id": message_id});
    assert_eq!(put(main, &open, json!([{"action_type": "2"}, message])).await, "200 0 success");
    assert_eq!(put(main, &easy, json!([{}])).await, "200 0 success");
    assert_eq!(put(main, &sealed, json!([{}])).await, "200 0 success");
    assert_eq!(delete(main, &sealed).await, "200 0 success");
    assert_eq!(delete(main, &sealed).await, "200 0 success");
    world.stop().await;
    let (wanted, found) = stage
        .read(move |view| {
            let mut found = Vec::new();
            for chat in [open, easy, sealed] {
                let chat = view.chat_by_chat_id(&chat)?.expect("the chat");
                found.push(view.top_notice(chat.id)?.map(|notice| notice.message));
            }
            Ok((view.message(&message_id)?.expect("the message").id, found))
        })
        .await;
    assert_eq!(found, [Some(Some(wanted)), Some(None), None]);
}

#[tokio::test]
async fn not_everything_stands_at_the_top() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let elsewhere = main.text(world.group("easy"), "x").await;
    let recalled = main.text(open, "x").await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    for notices in [
        json!([]),
        json!([{"action_type": "1"}]),
        json!([{"action_type": "1", "message_id": "om_x"}]),
        json!([{"action_type": "1", "message_id": elsewhere}]),
        json!([{"action_type": "1", "message_id": recalled}]),
    ] {
        assert_eq!(put(main, open, notices.clone()).await, INVALID, "{notices}");
    }
    assert_eq!(put(main, open, json!([{"action_type": "3"}])).await, "400 99992402 field validation failed");
    let missing = main.post(&format!("im/v1/chats/{open}/top_notice/put_top_notice"), json!({})).await;
    assert_eq!(missing.told(), "400 99992402 field validation failed");
}

#[tokio::test]
async fn the_top_is_for_members_who_may() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let body = json!({"pin_manage_setting": "only_owner", "bot_id_list": ["cli_00000000000000a4"]});
    let strict = main.post("im/v1/chats", body).await.data("chat_id");
    assert_eq!(put(main, &strict, json!([{}])).await, "200 0 success");
    let gone = main.post("im/v1/chats", json!({})).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{gone}"), json!({})).await;
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id");
    for (home, chat, told) in [
        (
            shy,
            strict.as_str(),
            "400 232014 The token used in the request does NOT have the permissions necessary to complete the request.",
        ),
        (main, &p2p, INVALID),
        (main, &gone, "400 232009 Your request specifies a chat which has already been dissolved."),
        (main, world.group("elsewhere"), "400 232011 Operator can NOT be out of the chat."),
        (main, world.group("abroad"), "400 232010 Operator and chat can NOT be in different tenants."),
        (world.app("mute"), world.group("open"), "400 232025 Bot ability is not activated."),
    ] {
        assert_eq!(put(home, chat, json!([{}])).await, told);
        assert_eq!(delete(home, chat).await, told);
    }
}
