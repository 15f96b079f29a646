//! `im.v1.chat_moderation`: who may speak.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, world::World};

const INVALID: &str = "400 232001 Your request contains an invalid request parameter.";

async fn moderate(home: &Home, chat: &str, body: Value) -> Answer {
    home.call(Method::PUT, &format!("im/v1/chats/{chat}/moderation?user_id_type=user_id"), body).await
}

async fn moderation(home: &Home, chat: &str) -> Value {
    home.get(&format!("im/v1/chats/{chat}/moderation?user_id_type=user_id")).await.body["data"].clone()
}

async fn says(home: &Home, user: &str, chat: &str) -> String {
    let body = json!({"user": user, "chat_id": chat, "text": "x"});
    home.own(Method::POST, "act/send", body).await.told()
}

#[tokio::test]
async fn those_on_the_list_speak() {
    let world = World::new().await;
    let (main, shy, open) = (world.main(), world.app("shy"), world.group("open"));
    assert_eq!(moderation(main, open).await["moderation_setting"], "all_members");
    let body =
        json!({"moderation_setting": "moderator_list", "moderator_added_list": ["ada", "nobody", "cy"]});
    assert_eq!(moderate(main, open, body).await.told(), "200 0 success");
    let listed = moderation(main, open).await;
    assert_eq!(listed["moderation_setting"], "moderator_list");
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    let item = &listed["items"][0];
    assert_eq!((&item["user_id_type"], &item["user_id"]), (&json!("user_id"), &json!("ada")));

    let forbidden = "400 230018 These operations are NOT allowed at current group settings.";
    assert_eq!(says(main, "ada", open).await, "200 0 success");
    assert_eq!(says(main, "bo", open).await, forbidden);
    assert_eq!(main.say(open, "text", &json!({"text": "x"})).await.told(), "200 0 success", "the owner");
    assert_eq!(shy.say(open, "text", &json!({"text": "x"})).await.told(), forbidden);

    // The list alone, and leaving the group leaves the list.
    let body = json!({"moderator_added_list": ["bo"], "moderator_removed_list": ["ada"]});
    assert_eq!(moderate(main, open, body).await.told(), "200 0 success");
    assert_eq!(says(main, "ada", open).await, forbidden);
    assert_eq!(says(main, "bo", open).await, "200 0 success");
    main.own(Method::POST, "act/leave", json!({"user": "bo", "chat_id": open})).await;
    assert_eq!(moderation(main, open).await["items"], json!([]));

    // Once everyone may speak, the list is forgotten.
    let body = json!({"moderation_setting": "moderator_list", "moderator_added_list": ["ada"]});
    moderate(main, open, body).await;
    assert_eq!(
        moderate(main, open, json!({"moderation_setting": "all_members"})).await.told(),
        "200 0 success"
    );
    assert_eq!(shy.say(open, "text", &json!({"text": "x"})).await.told(), "200 0 success");
    moderate(main, open, json!({"moderation_setting": "moderator_list"})).await;
    assert_eq!(moderation(main, open).await["items"], json!([]));
    assert_eq!(
        moderate(main, open, json!({"moderation_setting": "only_owner"})).await.told(),
        "200 0 success"
    );
    assert_eq!(says(main, "ada", open).await, forbidden);
}

#[tokio::test]
async fn the_list_is_read_page_by_page() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let body = json!({"moderation_setting": "moderator_list", "moderator_added_list": ["bo", "ada"]});
    moderate(main, open, body).await;
    let path = format!("im/v1/chats/{open}/moderation?user_id_type=user_id&page_size=1");
    let first = main.get(&path).await;
    assert_eq!(first.body["data"]["has_more"], true);
    let second = main.get(&format!("{path}&page_token={}", first.data("page_token"))).await;
    assert_eq!(second.body["data"]["has_more"], false);
    let mut both =
        [&first, &second].map(|page| page.body["data"]["items"][0]["user_id"].as_str().unwrap_or_default());
    both.sort_unstable();
    assert_eq!(both, ["ada", "bo"]);
    assert_eq!(main.get(&format!("{path}&page_token=nonsense")).await.told(), INVALID);
    assert_eq!(
        main.get(&format!("im/v1/chats/{open}/moderation?page_size=101")).await.told(),
        "400 99992402 field validation failed"
    );
}

#[tokio::test]
async fn moderation_is_the_owners_and_the_makers() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let all = || json!({"moderation_setting": "all_members"});
    assert_eq!(moderate(main, world.group("moderated"), all()).await.told(), "200 0 success", "the maker");
    assert!(moderate(main, world.group("easy"), all()).await.told().starts_with("400 232017 No Permission"),);
    let body = json!({"name": "x", "bot_id_list": ["cli_00000000000000a4"]});
    let chat = main.post("im/v1/chats", body).await.data("chat_id");
    let path = format!("im/v1/chats/{chat}/managers/add_managers?member_id_type=app_id");
    main.post(&path, json!({"manager_ids": ["cli_00000000000000a4"]})).await;
    assert!(moderate(shy, &chat, all()).await.told().starts_with("400 232017"), "an admin");

    let body = json!({"moderation_setting": "moderator_list", "moderator_added_list": ["ada"], "moderator_removed_list": ["ada"]});
    assert_eq!(moderate(main, world.group("open"), body).await.told(), INVALID);
    assert_eq!(moderate(main, world.group("open"), json!({"moderation_setting": "x"})).await.told(), INVALID);
    let path = format!("im/v1/chats/{chat}/moderation?user_id_type=app_id");
    assert_eq!(
        main.call(Method::PUT, &path, all()).await.told(),
        "400 232015 Your request specifies a member_id_type which is NOT supported."
    );
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    for (home, chat, told) in [
        (main, p2p.as_str(), INVALID),
        (main, &chat, "400 232009 Your request specifies a chat which has already been dissolved."),
        (main, world.group("elsewhere"), "400 232011 Operator can NOT be out of the chat."),
        (main, world.group("abroad"), "400 232010 Operator and chat can NOT be in different tenants."),
        (main, "oc_x", "400 232006 Your request specifies a chat_id which is invalid."),
        (world.app("mute"), world.group("open"), "400 232025 Bot ability is not activated."),
    ] {
        assert_eq!(moderate(home, chat, all()).await.told(), told);
        assert_eq!(home.get(&format!("im/v1/chats/{chat}/moderation")).await.told(), told);
    }
}

#[tokio::test]
async fn bots_hear_who_may_speak() {
    let (stage, world) = crate::behind::Stage::new().await;
    let (main, chat) = (world.main(), world.group("moderated").to_owned());
    main.post(&format!("im/v1/chats/{chat}/members?member_id_type=user_id"), json!({"id_list": ["bo"]}))
        .await;
    let body = json!({"moderation_setting": "moderator_list", "moderator_added_list": ["bo"]});
    moderate(main, &chat, body).await;
    moderate(main, &chat, json!({"moderator_removed_list": ["bo", "ada"]})).await;
    moderate(main, &chat, json!({"moderation_setting": "moderator_list"})).await;
    world.stop().await;
    let mut heard = stage.heard("cli_00000000000000a1").await;
    heard.retain(|(event_type, _)| event_type == "im.chat.updated_v1");
    assert_eq!(heard.len(), 2, "{heard:?}");
    let users = |list: &Value| -> Vec<String> {
        let list = list.as_array().expect("a list");
        list.iter().map(|one| one["user_id"]["user_id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let (first, second) = (&heard[0].1, &heard[1].1);
    assert_eq!(first["before_change"], json!({"moderation_permission": "only_owner"}));
    assert_eq!(first["after_change"], json!({"moderation_permission": "moderator_list"}));
    assert_eq!(users(&first["moderator_list"]["added_member_list"]), ["ada", "bo"]);
    assert_eq!(second.get("after_change"), None);
    assert_eq!(
        users(&second["moderator_list"]["added_member_list"]),
        ["ada"],
        "the owner is always among them"
    );
    assert_eq!(users(&second["moderator_list"]["removed_member_list"]), ["bo"]);
}
