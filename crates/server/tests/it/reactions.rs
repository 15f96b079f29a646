//! `im.v1.message_reaction`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, world::World};

async fn react(home: &Home, message_id: &str, emoji_type: &str) -> Answer {
    let body = json!({"reaction_type": {"emoji_type": emoji_type}});
    home.post(&format!("im/v1/messages/{message_id}/reactions"), body).await
}

async fn unreact(home: &Home, message_id: &str, reaction_id: &str) -> Answer {
    home.call(Method::DELETE, &format!("im/v1/messages/{message_id}/reactions/{reaction_id}"), json!({}))
        .await
}

async fn list(home: &Home, message_id: &str, query: &str) -> Answer {
    home.get(&format!("im/v1/messages/{message_id}/reactions?{query}")).await
}

fn emojis(items: &Value) -> Vec<&str> {
    let items = items.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .map(|item| {
            item["reaction_type"]["emoji_type"].as_str().or(item["emoji_type"].as_str()).expect("an emoji")
        })
        .collect()
}

const UNKNOWN: &str = "400 231003 The message is not found, maybe not exist or deleted.";
const INVALID: &str = "400 231001 reaction type is invalid.";
const DISSOLVED: &str = "400 232009 Your request specifies a chat which has already been dissolved.";

#[tokio::test]
async fn a_reaction_comes_and_goes() {
    let world = World::new().await;
    let main = world.main();
    let message_id = main.text(world.group("open"), "x").await;
    let added = react(main, &message_id, "SMILE").await;
    let reaction_id = added.data("reaction_id");
    assert!(reaction_id.len() == 64, "{reaction_id}");
    let data = &added.body["data"];
    assert_eq!(data["operator"], json!({"operator_id": "cli_00000000000000a1", "operator_type": "app"}));
    assert_eq!(data["reaction_type"], json!({"emoji_type": "SMILE"}));
    assert!(data["action_time"].as_str().expect("text").parse::<i64>().expect("ms") > 1_700_000_000_000);

    // The same once more is the same; another emoji, or another bot, is another.
    assert_eq!(react(main, &message_id, "SMILE").await.data("reaction_id"), reaction_id);
    assert_ne!(react(main, &message_id, "LAUGH").await.data("reaction_id"), reaction_id);
    assert_ne!(react(world.app("shy"), &message_id, "SMILE").await.data("reaction_id"), reaction_id);
    let listed = list(main, &message_id, "").await;
    assert_eq!(emojis(&listed.body["data"]["items"]), ["SMILE", "LAUGH", "SMILE"]);
    assert_eq!(listed.body["data"]["items"][0], *data);
    assert_eq!(listed.body["data"]["has_more"], false);
    assert_eq!(listed.body["data"].get("page_token"), None);

    let removed = unreact(main, &message_id, &reaction_id).await;
    assert_eq!(removed.body["data"], *data);
    let gone = "400 231011 The request has an invalid reaction_id.";
    assert_eq!(unreact(main, &message_id, &reaction_id).await.told(), gone);
    let listed = list(main, &message_id, "").await;
    assert_eq!(emojis(&listed.body["data"]["items"]), ["LAUGH", "SMILE"]);
}

#[tokio::test]
async fn every_emoji_of_the_list_is_taken_and_no_other() {
    let home = World::new().await;
    let (main, open) = (home.main(), home.group("open"));
    let message_id = main.text(open, "x").await;
    let all = larkspur_api::content::emoji::EMOJI_TYPES;
    for emoji_type in all {
        assert_eq!(react(main, &message_id, emoji_type).await.told(), "200 0 success", "{emoji_type}");
    }
    for emoji_type in ["", "smile", "😀", "SMILE "] {
        assert_eq!(react(main, &message_id, emoji_type).await.told(), INVALID, "{emoji_type}");
    }
    let path = format!("im/v1/messages/{message_id}/reactions");
    assert_eq!(main.post(&path, json!({"reaction_type": {}})).await.told(), INVALID);
    let nothing = main.post(&path, json!({})).await;
    assert_eq!(nothing.violations(), "reaction_type: reaction_type is required");
    assert_eq!(main.post(&path, json!({"reaction_type": "SMILE"})).await.told(), "400 9499 Bad Request");

    // 182 of them, page by page.
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let page = list(main, &message_id, &format!("page_size=50&page_token={token}")).await;
        seen.extend(emojis(&page.body["data"]["items"]).iter().map(|&emoji| emoji.to_owned()));
        if page.body["data"]["has_more"] == false {
            break;
        }
        page.data("page_token").clone_into(&mut token);
    }
    assert_eq!(seen, all);
    let default = list(main, &message_id, "page_size=0").await;
    assert_eq!(default.body["data"]["items"].as_array().map(Vec::len), Some(20));
}

#[tokio::test]
async fn reactions_are_listed_by_emoji_and_by_page() {
    let world = World::new().await;
    let main = world.main();
    let message_id = main.text(world.group("open"), "x").await;
    for app in ["main", "narrow", "shy"] {
        react(world.app(app), &message_id, "OK").await;
        react(world.app(app), &message_id, "WOW").await;
    }
    let first = list(main, &message_id, "reaction_type=WOW&page_size=2").await;
    assert_eq!(emojis(&first.body["data"]["items"]), ["WOW", "WOW"]);
    let token = first.data("page_token");
    let second = list(main, &message_id, &format!("reaction_type=WOW&page_size=2&page_token={token}")).await;
    assert_eq!(emojis(&second.body["data"]["items"]), ["WOW"]);

    let bad_token = "400 231012 The request has an invalid pageToken.";
    assert_eq!(list(main, &message_id, &format!("page_token={token}")).await.told(), bad_token);
    assert_eq!(list(main, &message_id, "page_token=x").await.told(), bad_token);
    assert_eq!(list(main, &message_id, "reaction_type=x").await.told(), INVALID);
    assert_eq!(list(main, &message_id, "user_id_type=x").await.told(), "400 231014 user_id_type is invalid.");
    let many = list(main, &message_id, "page_size=51").await;
    assert_eq!(
        (many.told().as_str(), many.violations().as_str()),
        ("400 99992402 field validation failed", "page_size: the max value is 50")
    );
}

#[tokio::test]
async fn reactions_are_for_those_in_the_chat() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let elsewhere = shy.text(world.group("elsewhere"), "x").await;
    let theirs = react(shy, &elsewhere, "OK").await.data("reaction_id");
    let forbidden = "400 231002 The operator has no permission to react on the specific message.";
    assert_eq!(react(main, &elsewhere, "OK").await.told(), forbidden);
    assert_eq!(unreact(main, &elsewhere, &theirs).await.told(), forbidden);
    assert_eq!(
        list(main, &elsewhere, "").await.told(),
        "400 231008 The operator has no access to the message."
    );
    // Messages of other tenants do not exist.
    let foreign = world.app("foreign");
    let abroad = foreign.text(world.group("abroad"), "x").await;
    let far = react(foreign, &abroad, "OK").await.data("reaction_id");
    assert_eq!(react(main, &abroad, "OK").await.told(), UNKNOWN);
    assert_eq!(list(main, &abroad, "").await.told(), UNKNOWN);
    assert_eq!(react(main, "om_x", "OK").await.told(), UNKNOWN);

    let here = main.text(world.group("open"), "x").await;
    let other = main.text(world.group("open"), "y").await;
    let mine = react(main, &here, "OK").await.data("reaction_id");
    assert_eq!(
        unreact(shy, &here, &mine).await.told(),
        "400 231007 The operator has no permission to delete this reaction."
    );
    assert_eq!(
        unreact(main, &other, &mine).await.told(),
        "400 231010 The reaction does not belong to the message."
    );
    assert_eq!(unreact(main, &here, &far).await.told(), INVALID);
    let no_bot = "400 230006 Bot ability is not activated.";
    let mute = world.app("mute");
    assert_eq!(react(mute, &here, "OK").await.told(), no_bot);
    assert_eq!(unreact(mute, &here, &mine).await.told(), no_bot);
    assert_eq!(list(mute, &here, "").await.told(), no_bot);
}

#[tokio::test]
async fn some_messages_take_no_reactions() {
    let world = World::new().await;
    let main = world.main();
    let message_id = main.text(world.group("open"), "x").await;
    let reaction_id = react(main, &message_id, "OK").await.data("reaction_id");
    main.call(Method::DELETE, &format!("im/v1/messages/{message_id}"), json!({})).await;
    assert_eq!(react(main, &message_id, "OK").await.told(), UNKNOWN);
    assert_eq!(unreact(main, &message_id, &reaction_id).await.told(), UNKNOWN);
    assert_eq!(list(main, &message_id, "").await.told(), UNKNOWN);

    let divider = json!({"type": "divider", "params": {"divider_text": {"text": "x"}}});
    let user = world.open_id("main", "ada").await;
    let body = json!({"receive_id": user, "msg_type": "system", "content": divider.to_string()});
    let line = main.post("im/v1/messages?receive_id_type=open_id", body).await.data("message_id");
    assert_eq!(
        react(main, &line, "OK").await.told(),
        "400 231017 This operation is not supported for this message type."
    );

    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let message_id = main.text(&chat, "x").await;
    let reaction_id = react(main, &message_id, "OK").await.data("reaction_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    assert_eq!(react(main, &message_id, "OK").await.told(), DISSOLVED);
    assert_eq!(unreact(main, &message_id, &reaction_id).await.told(), DISSOLVED);
    assert_eq!(
        list(main, &message_id, "").await.told(),
        "400 231008 The operator has no access to the message."
    );
}

async fn query(home: &Home, body: Value) -> Answer {
    home.post("im/v1/messages/reactions/batch_query", body).await
}

#[tokio::test]
async fn reactions_of_many_messages_come_at_once() {
    let world = World::new().await;
    let main = world.main();
    let full = main.text(world.group("open"), "x").await;
    let empty = main.text(world.group("open"), "y").await;
    let recalled = main.text(world.group("open"), "z").await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    let elsewhere = world.app("shy").text(world.group("elsewhere"), "x").await;
    for app in ["main", "shy"] {
        react(world.app(app), &full, "OK").await;
        react(world.app(app), &full, "WOW").await;
    }
    react(main, &full, "SMILE").await;

    let ids = [&full, &empty, &recalled, &elsewhere, &"om_x".to_owned()];
    let mut queries: Vec<_> = ids.iter().map(|id| json!({"message_id": id})).collect();
    queries.push(json!({}));
    queries.push(json!({"message_id": full, "page_token": "x"}));
    let answer = query(main, json!({"queries": queries, "page_size_per_message": 3})).await;
    let data = &answer.body["data"];
    let details = &data["success_msg_reaction_details"];
    assert_eq!((&details[0]["message_id"], &details[0]["has_more"]), (&json!(full), &json!(true)));
    assert_eq!(emojis(&details[0]["message_reaction_items"]), ["OK", "WOW", "OK"]);
    assert_eq!(
        details[0]["message_reaction_items"][2]["operator"],
        json!({"operator_id": "cli_00000000000000a4", "operator_type": "app"})
    );
    assert_eq!(details[1], json!({"message_id": empty, "has_more": false, "message_reaction_items": []}));
    assert_eq!(
        data["success_msg_reaction_counts"],
        json!([
            {"message_id": full, "reaction_count": [
                {"reaction_type": "OK", "count": "2"},
                {"reaction_type": "WOW", "count": "2"},
                {"reaction_type": "SMILE", "count": "1"},
            ]},
            {"message_id": empty, "reaction_count": []},
        ])
    );
    assert_eq!(
        data["fail_msg_reaction_details"],
        json!([
            {"message_id": recalled, "fail_reason": "invalid"},
            {"message_id": elsewhere, "fail_reason": "no_permission"},
            {"message_id": "om_x", "fail_reason": "invalid"},
            {"message_id": "", "fail_reason": "invalid"},
            {"message_id": full, "fail_reason": "invalid_page_token"},
        ])
    );

    let token = details[0]["page_token"].as_str().expect("a token");
    let body = json!({"queries": [{"message_id": full, "page_token": token}], "page_size_per_message": 3});
    let rest = query(main, body).await;
    let details = &rest.body["data"]["success_msg_reaction_details"][0];
    assert_eq!(emojis(&details["message_reaction_items"]), ["WOW", "SMILE"]);
    assert_eq!(details["has_more"], false);

    let body = json!({"queries": [{"message_id": full}], "reaction_type": "WOW"});
    let some = query(main, body).await;
    let data = &some.body["data"];
    assert_eq!(emojis(&data["success_msg_reaction_details"][0]["message_reaction_items"]), ["WOW", "WOW"]);
    assert_eq!(data["success_msg_reaction_counts"][0]["reaction_count"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn queries_that_are_wrong_are_refused() {
    let world = World::new().await;
    let main = world.main();
    let one = json!({"message_id": "om_x"});
    let cases = [
        (json!({}), "queries: queries is required"),
        (json!({"queries": []}), "queries: the min len is 1"),
        (json!({"queries": vec![one.clone(); 21]}), "queries: the max len is 20"),
        (json!({"queries": [one], "page_size_per_message": 0}), "page_size_per_message: the min value is 1"),
        (
            json!({"queries": [one], "page_size_per_message": 11}),
            "page_size_per_message: the max value is 10",
        ),
    ];
    for (body, violations) in cases {
        let answer = query(main, body.clone()).await;
        assert_eq!(answer.told(), "400 99992402 field validation failed", "{body}");
        assert_eq!(answer.violations(), violations);
    }
    assert_eq!(
        query(main, json!({"queries": [one], "reaction_type": "x"})).await.told(),
        "400 230001 Your request contains an invalid request parameter, ext=invalid reaction_type"
    );
    assert_eq!(
        query(world.app("mute"), json!({"queries": [one]})).await.told(),
        "400 230006 Bot ability is not activated."
    );
    let narrow = react(world.app("narrow"), "om_x", "OK").await;
    assert_eq!(narrow.told(), UNKNOWN, "im:message is enough to react");
    let unread = list(world.app("narrow"), "om_x", "").await;
    assert!(unread.told().starts_with("400 99991672 Access denied."), "{unread:?}");
}

#[tokio::test]
async fn the_bots_of_the_chat_hear_of_reactions() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let message_id = main.text(world.group("open"), "x").await;
    let reaction_id = react(main, &message_id, "OK").await.data("reaction_id");
    react(main, &message_id, "OK").await;
    unreact(main, &message_id, &reaction_id).await;
    world.stop().await;
    let heard = stage.heard("cli_00000000000000a4").await;
    let types: Vec<_> = heard.iter().map(|(event_type, _)| event_type.as_str()).collect();
    assert_eq!(types, ["im.message.reaction.created_v1", "im.message.reaction.deleted_v1"]);
    let created = &heard[0].1;
    assert_eq!(
        (&created["message_id"], &created["app_id"]),
        (&json!(message_id), &json!("cli_00000000000000a1"))
    );
    assert_eq!(created["reaction_type"], json!({"emoji_type": "OK"}));
    assert_eq!(stage.heard("cli_00000000000000b1").await, []);
}
