//! What users keep for themselves: nicknames, flags, chats at the top; and whom they find.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, world::World};

const MALFORMED: &str = "400 99992402 field validation failed";

/// An app that acts in a user's name.
struct User<'w> {
    home: &'w Home,
    token: String,
}

impl<'w> User<'w> {
    async fn new(home: &'w Home, user: &str) -> Self {
        let body = json!({"user": user, "app_id": home.app_id});
        let token = home.own(Method::POST, "users/token", body).await.data("access_token");
        Self { home, token }
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        self.home.send(self.home.request(method, path).bearer_auth(&self.token).json(&body)).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.call(Method::GET, path, Value::Null).await;
        assert_eq!(answer.told(), "200 0 success", "{answer:?}");
        answer.body["data"].clone()
    }
}

#[tokio::test]
async fn a_user_has_another_name_in_a_chat() {
    let world = World::new().await;
    let main = world.main();
    let (ada, bo) = (User::new(main, "ada").await, User::new(main, "bo").await);
    let path = |chat: &str| format!("im/v1/chats/{chat}/nickname");
    let open = path(world.group("open"));
    let set =
        async |path: &str, name: &str| ada.call(Method::PUT, path, json!({"nickname": name})).await.told();
    assert_eq!(ada.get(&open).await, json!({"nickname": ""}));
    assert_eq!(set(&open, "小A").await, "200 0 success");
    assert_eq!(ada.get(&open).await, json!({"nickname": "小A"}));
    assert_eq!(bo.get(&open).await, json!({"nickname": ""}), "everyone has their own");
    assert_eq!(ada.call(Method::DELETE, &open, Value::Null).await.told(), "200 0 success");
    assert_eq!(ada.get(&open).await, json!({"nickname": ""}));

    let invalid = "400 232001 Your request contains an invalid request parameter.";
    assert_eq!(set(&open, "").await, invalid);
    assert_eq!(set(&open, &"晓".repeat(101)).await, invalid);
    assert_eq!(set(&open, &"晓".repeat(100)).await, "200 0 success");
    let p2p = main.act("send", json!({"user": "ada", "app_id": main.app_id, "text": "x"})).await;
    let p2p = path(p2p["chat_id"].as_str().expect("a chat"));
    assert_eq!(
        set(&p2p, "x").await,
        "400 232008 Your request specifies a chat whose type is NOT supported currently."
    );
    assert_eq!(
        bo.call(Method::GET, &path(world.group("easy")), Value::Null).await.told(),
        "400 232011 Operator can NOT be out of the chat."
    );
    assert_eq!(
        set(&path("oc_x"), "x").await,
        "400 232006 Your request specifies a chat_id which is invalid."
    );
    assert_eq!(main.get(&open).await.body["code"], 99991663);
}

#[tokio::test]
async fn a_user_flags_messages() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let (ada, bo) = (User::new(main, "ada").await, User::new(main, "bo").await);
    let (first, second) = (main.text(open, "first").await, main.text(open, "second").await);
    let flag = |id: &str, item: &str, flag: &str| json!({"flag_items": [{"item_id": id, "item_type": item, "flag_type": flag}]});
    let create = async |body: Value| ada.call(Method::POST, "im/v1/flags", body).await.told();
    for body in
        [flag(&first, "0", "2"), flag(&second, "11", "1"), flag(&first, "4", "1"), flag(&first, "0", "2")]
    {
        assert_eq!(create(body).await, "200 0 success");
        clock.advance(Duration::from_secs(1));
    }
    let listed = ada.get("im/v1/flags?page_token=").await;
    assert_eq!(
        listed["flag_items"],
        json!([
            {"item_id": first, "item_type": 0, "flag_type": 2, "create_time": "1800000000000", "update_time": "1800000000000"},
            {"item_id": second, "item_type": 11, "flag_type": 1, "create_time": "1800000001000", "update_time": "1800000001000"},
            {"item_id": first, "item_type": 4, "flag_type": 1, "create_time": "1800000002000", "update_time": "1800000002000"}
        ])
    );
    assert_eq!(listed["messages"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["messages"][0]["body"]["content"], r#"{"text":"first"}"#);
    assert_eq!(listed["delete_flag_items"], json!([]));

    let cancel = async |body: Value| ada.call(Method::POST, "im/v1/flags/cancel", body).await.told();
    assert_eq!(cancel(flag(&first, "0", "2")).await, "200 0 success");
    assert_eq!(cancel(flag(&second, "0", "2")).await, "200 0 success", "it was not there");
    let (mut kept, mut gone, mut token) = (0, 0, String::new());
    loop {
        let page = ada.get(&format!("im/v1/flags?page_size=1&page_token={token}")).await;
        kept += page["flag_items"].as_array().map_or(0, Vec::len);
        gone += page["delete_flag_items"].as_array().map_or(0, Vec::len);
        assert_eq!(page["messages"], json!([]));
        if page["has_more"] == false {
            break;
        }
        page["page_token"].as_str().expect("a token").clone_into(&mut token);
    }
    assert_eq!((kept, gone), (2, 1));
    assert_eq!(bo.get("im/v1/flags").await["flag_items"], json!([]));

    for (item, place) in [("0", "1"), ("4", "2"), ("11", "2"), ("5", "1"), ("0", "3")] {
        assert_eq!(create(flag(&first, item, place)).await, MALFORMED, "{item} {place}");
    }
    let easy = main.text(world.group("easy"), "x").await;
    let unseen = bo.call(Method::POST, "im/v1/flags", flag(&easy, "0", "2")).await;
    assert_eq!(unseen.told(), format!("400 99992354 these ids not existed: [{easy}]"));
    assert_eq!(create(flag("om_x", "0", "2")).await, "400 99992354 these ids not existed: [om_x]");
    for query in ["page_size=0", "page_size=51", "page_token=x"] {
        assert_eq!(
            ada.call(Method::GET, &format!("im/v1/flags?{query}"), Value::Null).await.told(),
            MALFORMED
        );
    }
}

#[tokio::test]
async fn a_user_keeps_chats_at_the_top() {
    let world = World::new().await;
    let main = world.main();
    let ada = User::new(main, "ada").await;
    let shortcuts = |names: &[&str]| -> Vec<Value> {
        names.iter().map(|name| json!({"feed_card_id": world.group(name), "type": 1})).collect()
    };
    let post = async |what: &str, body: Value| {
        ada.call(Method::POST, &format!("im/v2/feed_shortcuts{what}"), body).await
    };
    let listed = async || ada.get("im/v2/feed_shortcuts").await["shortcuts"].clone();
    let none = json!({"failed_shortcuts": []});
    let made = post("", json!({"shortcuts": shortcuts(&["open", "easy"])})).await;
    assert_eq!(made.body["data"], none);
    post("", json!({"shortcuts": shortcuts(&["sealed"]), "is_header": false})).await;
    assert_eq!(listed().await, json!(shortcuts(&["open", "easy", "sealed"])));
    post("", json!({"shortcuts": shortcuts(&["sealed"])})).await;
    assert_eq!(listed().await, json!(shortcuts(&["sealed", "open", "easy"])));
    assert_eq!(
        post("/remove", json!({"shortcuts": shortcuts(&["open", "threads"])})).await.body["data"],
        none
    );
    assert_eq!(listed().await, json!(shortcuts(&["sealed", "easy"])));

    let bo = User::new(main, "bo").await;
    let wrong = json!([
        {"feed_card_id": world.group("easy"), "type": 1},
        {"feed_card_id": "oc_x", "type": 1},
        {"feed_card_id": world.group("abroad"), "type": 1},
        {"feed_card_id": world.group("open"), "type": 2},
        {"feed_card_id": world.group("open"), "type": 1}
    ]);
    let made =
        bo.call(Method::POST, "im/v2/feed_shortcuts", json!({"shortcuts": wrong, "is_header": false})).await;
    let failed = made.body["data"]["failed_shortcuts"].as_array().expect("a list");
    let reasons: Vec<_> = failed.iter().map(|one| one["reason"].clone()).collect();
    assert_eq!(json!(reasons), json!([1, 2, 2, 4]));
    assert_eq!(bo.get("im/v2/feed_shortcuts").await["shortcuts"], json!(shortcuts(&["open"])));
    let many = json!({"shortcuts": vec![json!({"feed_card_id": "oc_x", "type": 1}); 11]});
    assert_eq!(post("", many).await.told(), MALFORMED);
    let wrong = ada.call(Method::GET, "im/v2/feed_shortcuts?page_token=x", Value::Null).await;
    assert_eq!(wrong.told(), MALFORMED);
}

#[tokio::test]
async fn a_user_finds_people_and_bots() {
    let world = World::new().await;
    let ada = User::new(world.main(), "ada").await;
    let people = async |query: &str| ada.get(&format!("search/v1/user?{query}")).await;
    let found = people("query=BO").await;
    assert_eq!(found["users"].as_array().map(Vec::len), Some(1));
    let bo = &found["users"][0];
    assert_eq!(
        (&bo["name"], &bo["user_id"], &bo["department_ids"]),
        (&json!("Bo"), &json!("bo"), &json!(["0"]))
    );
    assert_eq!(bo["open_id"], world.open_id("main", "bo").await);
    assert_eq!(people("query=cy").await["users"], json!([]), "someone who left");
    assert_eq!(people("query=zoe").await["users"], json!([]), "someone else's");
    let refused = async |query: &str| {
        ada.call(Method::GET, &format!("search/v1/user?{query}"), Value::Null).await.told()
    };
    for wrong in ["", "query=a&page_size=0", "query=a&page_size=201", "query=a&page_token=x"] {
        assert_eq!(refused(wrong).await, MALFORMED, "{wrong}");
    }

    let bots = async |body: Value| ada.call(Method::POST, "bot/v4/bot/search?page_size=1", body).await;
    let names = |answer: &Answer| -> Vec<Value> {
        answer.body["data"]["items"]
            .as_array()
            .expect("bots")
            .iter()
            .map(|one| one["display_info"].clone())
            .collect()
    };
    let first = bots(json!({})).await;
    assert_eq!((names(&first), &first.body["data"]["has_more"]), (vec![json!("main")], &json!(true)));
    let next = format!("bot/v4/bot/search?page_size=9&page_token={}", first.data("page_token"));
    let rest = ada.call(Method::POST, &next, json!({})).await;
    assert_eq!(names(&rest), ["narrow", "shy"], "without those that are off or no bots");
    assert_eq!(names(&bots(json!({"query": "SHY"})).await), ["shy"]);
    assert_eq!(names(&bots(json!({"filter": {"chat_ids": [world.group("elsewhere")]}})).await), ["shy"]);
    assert_eq!(names(&bots(json!({"filter": {"has_chatter": true}})).await), [Value::Null; 0]);
    world.main().act("send", json!({"user": "ada", "app_id": world.main().app_id, "text": "x"})).await;
    let met = bots(json!({"filter": {"has_chatter": true}})).await;
    assert_eq!(names(&met), ["main"]);
    assert!(
        met.body["data"]["items"][0]["meta_data"]["chat_id"].as_str().is_some_and(|id| id.starts_with("oc_"))
    );
    assert_eq!(ada.call(Method::POST, &next, json!({"query": "x"})).await.told(), MALFORMED);
}
