//! `im.v1.chat_tab`: the tabs at the top of a chat.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, images, shows, world::World};

const INVALID: &str = "400 232001 Your request contains an invalid request parameter.";

async fn tabs(home: &Home, method: Method, chat: &str, what: &str, body: Value) -> Answer {
    home.call(method, &format!("im/v1/chats/{chat}/chat_tabs{what}"), body).await
}

async fn create(home: &Home, chat: &str, new: Value) -> Answer {
    tabs(home, Method::POST, chat, "", json!({"chat_tabs": new})).await
}

fn url(name: &str) -> Value {
    json!({"tab_name": name, "tab_type": "url", "tab_content": {"url": "https://larkspur.example"}})
}

/// Names and ids, without the tab of the messages.
fn shown(answer: &Answer) -> (Vec<String>, Vec<String>) {
    let all = answer.body["data"]["chat_tabs"].as_array().unwrap_or_else(|| panic!("tabs in {answer:?}"));
    assert_eq!(all[0]["tab_type"], "message");
    let texts = |from: usize, key: &str| {
        all.iter().skip(from).map(|tab| tab[key].as_str().unwrap_or_default().to_owned()).collect()
    };
    (texts(1, "tab_name"), texts(0, "tab_id"))
}

#[tokio::test]
async fn tabs_are_added_changed_sorted_and_taken_away() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let icon_key = main.image_key().await;
    let doc = json!({"tab_name": "b", "tab_type": "doc", "tab_content": {"doc": "https://larkspur.example/d", "url": "x"},
        "tab_config": {"icon_key": "ignored"}});
    let icon = json!({"tab_name": "a", "tab_type": "url", "tab_content": {"url": "http://larkspur.example"},
        "tab_config": {"icon_key": icon_key, "is_built_in": true}});
    let made = create(main, open, json!([icon, doc, url("c")])).await;
    let (names, mut ids) = shown(&made);
    assert_eq!(names, ["a", "b", "c"]);
    let all = &made.body["data"]["chat_tabs"];
    assert_eq!(all[1]["tab_config"], json!({"icon_key": icon_key, "is_built_in": true}));
    assert_eq!(all[2]["tab_content"], json!({"doc": "https://larkspur.example/d"}));
    let listed = tabs(main, Method::GET, open, "/list_tabs", json!({})).await;
    assert_eq!(listed.body["data"], made.body["data"]);

    ids.reverse();
    let sorted = tabs(main, Method::POST, open, "/sort_tabs", json!({"tab_ids": ids})).await;
    assert_eq!(shown(&sorted).0, ["c", "b", "a"], "the messages stay first");
    let mut change = url("d");
    change["tab_id"] = json!(ids[1]);
    let changed = tabs(main, Method::POST, open, "/update_tabs", json!({"chat_tabs": [change]})).await;
    assert_eq!(shown(&changed).0, ["c", "d", "a"]);
    let left = tabs(main, Method::DELETE, open, "/delete_tabs", json!({"tab_ids": [ids[0], ids[2]]})).await;
    assert_eq!(shown(&left).0, ["d"]);
}

#[tokio::test]
async fn not_everything_is_a_tab() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let told = async |new: Value| create(main, open, json!([new])).await.told();
    let illegal = "400 232048 The chat tab content is illegal.";
    assert_eq!(told(json!({"tab_type": "pin"})).await, INVALID);
    assert_eq!(told(json!({"tab_type": "url"})).await, illegal);
    assert_eq!(told(json!({"tab_type": "doc", "tab_content": {"doc": "ftp://x"}})).await, illegal);
    assert_eq!(told(url(&"x".repeat(61))).await, "400 232047 The length of the tab name reaches the limit.");
    let with_icon = |key: &str| {
        let mut tab = url("x");
        tab["tab_config"] = json!({"icon_key": key});
        tab
    };
    assert_eq!(told(with_icon("img_v3_x")).await, INVALID);
    let avatar = main.upload_image("avatar", images::png(8, 8)).await.data("image_key");
    assert_eq!(told(with_icon(&avatar)).await, INVALID);
    let theirs = world.app("shy").image_key().await;
    assert!(told(with_icon(&theirs)).await.starts_with("400 232056 The operator is not the image's owner"));

    let made = create(main, open, json!(vec![url("x"); 20])).await;
    let ids = shown(&made).1;
    assert_eq!(told(url("y")).await, "400 232046 The number of chat tabs has reached the limit.");
    assert_eq!(
        create(main, open, json!(vec![url("x"); 21])).await.told(),
        "400 99992402 field validation failed"
    );

    let call =
        async |method: Method, what: &str, body: Value| tabs(main, method, open, what, body).await.told();
    let delete = async |id: &str| call(Method::DELETE, "/delete_tabs", json!({"tab_ids": [id]})).await;
    assert_eq!(delete("1").await, INVALID);
    assert_eq!(delete(&ids[0]).await, "400 232049 Operate chat tab unsupported chat type.");
    let update = async |id: &str, mut tab: Value| {
        tab["tab_id"] = json!(id);
        call(Method::POST, "/update_tabs", json!({"chat_tabs": [tab]})).await
    };
    let not_updatable = "400 232049 The chat tab content is illegal.";
    assert_eq!(update("1", url("x")).await, INVALID);
    assert_eq!(update(&ids[0], url("x")).await, not_updatable);
    assert_eq!(update(&ids[1], json!({"tab_type": "pin"})).await, not_updatable);
    assert_eq!(update(&ids[1], json!({"tab_type": "url"})).await, illegal);
    assert_eq!(
        update(&ids[1], url(&"x".repeat(61))).await,
        "400 232047 The length of the tab name reaches the limit."
    );
    assert!(
        update(&ids[1], with_icon(&theirs)).await.starts_with("400 232056 The operator is not the image's")
    );
    shows(&["chat_tab.max_custom", "chat_tab.name_max", "chat_tab.types_via_api"]);
    assert_eq!(call(Method::POST, "/sort_tabs", json!({"tab_ids": ids[1..]})).await, INVALID);
    let twice: Vec<_> = ids.iter().chain(ids.first()).collect();
    assert_eq!(call(Method::POST, "/sort_tabs", json!({"tab_ids": twice})).await, INVALID);
}

#[tokio::test]
async fn tabs_are_for_members() {
    let world = World::new().await;
    let main = world.main();
    let gone = main.post("im/v1/chats", json!({})).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{gone}"), json!({})).await;
    let outside = "400 232011 Operator can NOT be out of the chat.";
    for (method, what, body) in [
        (Method::POST, "", json!({"chat_tabs": []})),
        (Method::DELETE, "/delete_tabs", json!({"tab_ids": []})),
        (Method::GET, "/list_tabs", json!({})),
        (Method::POST, "/sort_tabs", json!({})),
        (Method::POST, "/update_tabs", json!({})),
    ] {
        let dissolved = "400 232009 Your request specifies a chat which has already been dissolved.";
        for (home, chat, told) in [
            (main, gone.as_str(), if what == "/list_tabs" { outside } else { dissolved }),
            (main, world.group("elsewhere"), outside),
            (main, world.group("abroad"), "400 232010 Operator and chat can NOT be in different tenants."),
            (main, "oc_x", "400 232006 Your request specifies a chat_id which is invalid."),
            (world.app("mute"), world.group("open"), "400 232025 Bot ability is not activated."),
        ] {
            assert_eq!(tabs(home, method.clone(), chat, what, body.clone()).await.told(), told, "{what}");
        }
    }
}
