//! `im.v1.chat_menu_tree` and `im.v1.chat_menu_item`: the menus of a group.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, world::World};

const INVALID: &str = "400 232001 Your request contains an invalid request parameter.";
const ILLEGAL: &str = "400 232078 The chat menu is illegal.";

async fn menus(home: &Home, method: Method, chat: &str, what: &str, body: Value) -> Answer {
    home.call(method, &format!("im/v1/chats/{chat}/{what}"), body).await
}

async fn create(home: &Home, chat: &str, new: Value) -> Answer {
    let body = json!({"menu_tree": {"chat_menu_top_levels": new}});
    menus(home, Method::POST, chat, "menu_tree", body).await
}

fn link(name: &str) -> Value {
    let to = json!({"common_url": "https://larkspur.example"});
    json!({"chat_menu_item": {"action_type": "REDIRECT_LINK", "name": name, "redirect_link": to}})
}

fn parent(name: &str, children: Vec<Value>) -> Value {
    json!({"chat_menu_item": {"action_type": "NONE", "name": name}, "children": children})
}

/// Names and ids.
fn shown(answer: &Answer) -> (Vec<String>, Vec<String>) {
    assert_eq!(answer.told(), "200 0 success", "{answer:?}");
    let all = answer.body["data"]["menu_tree"]["chat_menu_top_levels"].as_array().expect("menus");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (
        all.iter().map(|one| text(&one["chat_menu_item"]["name"])).collect(),
        all.iter().map(|one| text(&one["chat_menu_top_level_id"])).collect(),
    )
}

#[tokio::test]
async fn menus_are_added_changed_sorted_and_taken_away() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let empty = menus(main, Method::GET, open, "menu_tree", Value::Null).await;
    assert_eq!(empty.body["data"], json!({"menu_tree": {"chat_menu_top_levels": []}}));
    let image_key = main.image_key().await;
    let mut pictured = link("a");
    pictured["chat_menu_item"]["image_key"] = json!(image_key);
    pictured["chat_menu_item"]["i18n_names"] = json!({"zh_cn": "甲"});
    shown(&create(main, open, json!([pictured])).await);
    let made = create(main, open, json!([parent("b", vec![link("x"), link("y")])])).await;
    let (names, mut ids) = shown(&made);
    assert_eq!(names, ["a", "b"], "added behind those there are");
    let levels = &made.body["data"]["menu_tree"]["chat_menu_top_levels"];
    assert_eq!(levels[0]["chat_menu_item"]["image_key"], json!(image_key));
    let entry = levels[1]["children"][1]["chat_menu_second_level_id"].as_str().expect("an id");
    let got = menus(main, Method::GET, open, "menu_tree", Value::Null).await;
    assert_eq!(got.body["data"], made.body["data"]);

    ids.reverse();
    let body = json!({"chat_menu_top_level_ids": ids});
    assert_eq!(shown(&menus(main, Method::POST, open, "menu_tree/sort", body).await).0, ["b", "a"]);
    let change = json!({"update_fields": ["NAME", "I18N_NAME"],
        "chat_menu_item": {"name": "z", "image_key": "ignored", "i18n_names": {"en_us": "Z"}}});
    let changed = menus(main, Method::PATCH, open, &format!("menu_items/{entry}"), change).await;
    let item = &changed.body["data"]["chat_menu_item"];
    assert_eq!((&item["name"], &item["action_type"]), (&json!("z"), &json!("REDIRECT_LINK")));
    let change = json!({"update_fields": ["REDIRECT_LINK", "ICON"],
        "chat_menu_item": {"redirect_link": {"pc_url": "http://larkspur.example"}}});
    let changed = menus(main, Method::PATCH, open, &format!("menu_items/{}", ids[1]), change).await;
    assert_eq!(
        changed.body["data"]["chat_menu_item"],
        json!({"action_type": "REDIRECT_LINK", "name": "a", "i18n_names": {"zh_cn": "甲"},
            "redirect_link": {"pc_url": "http://larkspur.example"}})
    );
    let body = json!({"chat_menu_top_level_ids": [ids[1]]});
    assert_eq!(shown(&menus(main, Method::DELETE, open, "menu_tree", body).await).0, ["b"]);
}

#[tokio::test]
async fn not_everything_is_a_menu() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let told = async |new: Value| create(main, open, json!([new])).await.told();
    let with = |name: &str, value: Value| {
        let mut menu = link("x");
        menu["chat_menu_item"][name] = value;
        menu
    };
    assert_eq!(told(with("name", json!(""))).await, INVALID);
    assert_eq!(told(with("name", json!("x".repeat(121)))).await, INVALID);
    assert_eq!(told(with("i18n_names", json!({"en_us": ""}))).await, INVALID);
    assert_eq!(told(with("image_key", json!("img_v3_x"))).await, INVALID);
    let theirs = world.app("shy").image_key().await;
    assert!(
        told(with("image_key", json!(theirs))).await.starts_with("400 232056 The operator is not the image")
    );
    assert_eq!(told(with("redirect_link", json!({"web_url": "ftp://x"}))).await, ILLEGAL);
    assert_eq!(told(with("redirect_link", json!({}))).await, ILLEGAL);
    let mut leading = link("x");
    leading["children"] = json!([link("y")]);
    assert_eq!(told(leading).await, ILLEGAL, "a menu with entries leads nowhere");
    assert_eq!(
        told(json!({"chat_menu_item": {"action_type": "NONE", "name": "x"}, "children": [{}]})).await,
        ILLEGAL
    );
    let malformed = "400 99992402 field validation failed";
    assert_eq!(told(with("action_type", json!("x"))).await, malformed);
    assert_eq!(told(parent("x", vec![link("y"); 6])).await, malformed);
    assert_eq!(create(main, open, json!(vec![link("x"); 4])).await.told(), malformed);

    let made = create(main, open, json!([link("1"), parent("2", vec![link("y")])])).await;
    let ids = shown(&made).1;
    assert_eq!(
        create(main, open, json!([link("3"), link("4")])).await.told(),
        "400 232070 The number of chat_menu_top_level has reached the limit."
    );
    let call =
        async |method: Method, what: &str, body: Value| menus(main, method, open, what, body).await.told();
    let of = |ids: &[String]| json!({"chat_menu_top_level_ids": ids});
    assert_eq!(call(Method::DELETE, "menu_tree", json!({"chat_menu_top_level_ids": ["1"]})).await, INVALID);
    let sort_invalid = "400 232072 Sort chat_menu_top_level's param is invalid.";
    assert_eq!(call(Method::POST, "menu_tree/sort", of(&ids[1..])).await, sort_invalid);
    assert_eq!(
        call(Method::POST, "menu_tree/sort", of(&[ids[0].clone(), ids[0].clone()])).await,
        sort_invalid
    );
    let patch = async |id: &str, field: &str, item: Value| {
        let body = json!({"update_fields": [field], "chat_menu_item": item});
        call(Method::PATCH, &format!("menu_items/{id}"), body).await
    };
    assert_eq!(patch("1", "NAME", json!({"name": "x"})).await, INVALID);
    assert_eq!(patch(&ids[0], "NAME", json!({})).await, INVALID);
    assert_eq!(patch(&ids[0], "REDIRECT_LINK", json!({})).await, ILLEGAL);
    let icon = json!({"image_key": main.image_key().await});
    assert_eq!(patch(&ids[1], "ICON", icon).await, ILLEGAL, "a menu with entries has no icon");
    assert_eq!(patch(&ids[0], "x", json!({})).await, malformed);
}

#[tokio::test]
async fn menus_are_for_groups_and_their_members() {
    let world = World::new().await;
    let main = world.main();
    let gone = main.post("im/v1/chats", json!({})).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{gone}"), json!({})).await;
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id");
    let none = json!({"chat_menu_top_level_ids": []});
    for (method, what, body) in [
        (Method::POST, "menu_tree", json!({"menu_tree": {"chat_menu_top_levels": []}})),
        (Method::DELETE, "menu_tree", none.clone()),
        (Method::GET, "menu_tree", Value::Null),
        (Method::POST, "menu_tree/sort", none.clone()),
        (Method::PATCH, "menu_items/1", json!({"update_fields": [], "chat_menu_item": {}})),
    ] {
        for (home, chat, told) in [
            (
                main,
                gone.as_str(),
                "400 232009 Your request specifies a chat which has already been dissolved.",
            ),
            (main, &p2p, "400 232008 Your request specifies a chat whose type is NOT supported currently."),
            (main, world.group("elsewhere"), "400 232011 Operator can NOT be out of the chat."),
            (main, world.group("abroad"), "400 232010 Operator and chat can NOT be in different tenants."),
            (main, "oc_x", "400 232006 Your request specifies a chat_id which is invalid."),
            (world.app("mute"), world.group("open"), "400 232025 Bot ability is not activated."),
        ] {
            assert_eq!(menus(home, method.clone(), chat, what, body.clone()).await.told(), told, "{what}");
        }
    }
}
