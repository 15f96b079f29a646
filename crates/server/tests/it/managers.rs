//! `im.v1.chat_managers`, and what `im.v1.chat_members` tells besides the users.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, world::World};

const DISSOLVED: &str = "400 232009 Your request specifies a chat which has already been dissolved.";
const OUTSIDE: &str = "400 232011 Operator can NOT be out of the chat.";
const UNKNOWN: &str = "400 232006 Your request specifies a chat_id which is invalid.";
const ABROAD: &str = "400 232010 Operator and chat can NOT be in different tenants.";
const NO_BOT: &str = "400 232025 Bot ability is not activated.";
const INVALID: &str = "400 232001 Your request contains an invalid request parameter.";

async fn managers(home: &Home, verb: &str, chat: &str, id_type: &str, ids: &[&str]) -> Answer {
    let path = format!("im/v1/chats/{chat}/managers/{verb}_managers?member_id_type={id_type}");
    home.post(&path, json!({"manager_ids": ids})).await
}

async fn p2p(home: &Home) -> String {
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    home.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id")
}

#[tokio::test]
async fn the_owner_makes_and_unmakes_admins() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let made = managers(main, "add", open, "user_id", &["ada", "nobody", "cy"]).await;
    assert_eq!(made.body["data"], json!({"chat_managers": ["ada"], "chat_bot_managers": []}), "{made:?}");
    let made = managers(main, "add", open, "app_id", &["cli_00000000000000a4", "cli_00000000000000a1"]).await;
    let ada = world.open_id("main", "ada").await;
    let both = json!({"chat_managers": [ada], "chat_bot_managers": ["cli_00000000000000a4"]});
    assert_eq!(made.body["data"], both, "users by open_id where bots are named, and not the owner");
    let got = main.get(&format!("im/v1/chats/{open}?user_id_type=user_id")).await;
    assert_eq!(got.body["data"]["user_manager_id_list"], json!(["ada"]));

    let left = managers(main, "delete", open, "user_id", &["ada", "bo"]).await;
    assert_eq!(
        left.body["data"],
        json!({"chat_managers": [], "chat_bot_managers": ["cli_00000000000000a4"]}),
        "{left:?}"
    );

    let none = "400 232027 There are no valid members in the ID list specified in your request.";
    for verb in ["add", "delete"] {
        let told = async |home: &Home, chat: &str, id_type: &str, ids: &[&str]| {
            managers(home, verb, chat, id_type, ids).await.told()
        };
        assert_eq!(told(main, open, "user_id", &[]).await, none);
        assert_eq!(told(main, open, "user_id", &["nobody"]).await, none);
        assert_eq!(
            told(main, world.group("easy"), "user_id", &["ada"]).await,
            "400 232038 The operator is not chat owner, no permission to complete the request."
        );
        assert_eq!(told(main, world.group("elsewhere"), "user_id", &["ada"]).await, OUTSIDE);
        assert_eq!(told(main, world.group("abroad"), "user_id", &["ada"]).await, ABROAD);
        assert_eq!(told(main, "oc_x", "user_id", &["ada"]).await, UNKNOWN);
        assert_eq!(told(world.app("mute"), open, "user_id", &["ada"]).await, NO_BOT);
        assert_eq!(told(main, &p2p(main).await, "user_id", &["ada"]).await, INVALID);
        assert_eq!(told(main, open, "app_id", &["cli_00000000000000a4"; 6]).await, INVALID);
        assert_eq!(told(main, open, "user_id", &["ada"; 51]).await, "400 99992402 field validation failed");
        assert!(
            told(world.app("shy"), world.group("elsewhere"), "user_id", &["ada"]).await.starts_with("200 0")
        );
    }
    main.call(Method::DELETE, &format!("im/v1/chats/{open}"), json!({})).await;
    assert_eq!(managers(main, "add", open, "user_id", &["ada"]).await.told(), DISSOLVED);
}

#[tokio::test]
async fn admins_are_within_sight_of_the_app() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let chat =
        shy.post("im/v1/chats", json!({"bot_id_list": ["cli_00000000000000a1"]})).await.data("chat_id");
    let path = format!("im/v1/chats/{chat}/members?member_id_type=user_id");
    main.post(&path, json!({"id_list": ["bo"]})).await;
    assert!(
        managers(shy, "add", &chat, "user_id", &["bo"])
            .await
            .told()
            .starts_with("400 232024 Users do not have the visibility of the app")
    );
    assert_eq!(
        managers(shy, "delete", &chat, "user_id", &["bo"]).await.told(),
        "400 232024 The app is unavailable or inactivated by the tenant."
    );
}

#[tokio::test]
async fn an_admin_who_becomes_the_owner_is_an_admin_no_more() {
    let world = World::new().await;
    let (main, shy, open) = (world.main(), world.app("shy"), world.group("open"));
    managers(main, "add", open, "user_id", &["ada", "bo"]).await;
    main.call(Method::PUT, &format!("im/v1/chats/{open}?user_id_type=user_id"), json!({"owner_id": "ada"}))
        .await;
    let path = format!("im/v1/chats/{open}?user_id_type=user_id");
    let seen = async || {
        let data = shy.get(&path).await.body["data"].take();
        (data["owner_id"].clone(), data["user_manager_id_list"].clone())
    };
    assert_eq!(seen().await, (json!("ada"), json!(["bo"])));
    main.act("leave", json!({"user": "ada", "chat_id": open})).await;
    assert_eq!(seen().await, (json!("bo"), json!([])), "nor one who inherits it");
}

#[tokio::test]
async fn a_group_has_ten_admins() {
    crate::shows(&["chat_managers.max_normal_group"]);
    let mut seed = String::from("[[tenants]]\nname = \"T\"\n");
    for number in 0..12 {
        seed.push_str(&format!(
            "[[tenants.apps]]\nname = \"b{number}\"\napp_id = \"cli_{number:016x}\"\napp_secret = \"s\"\n"
        ));
    }
    let platform = larkspur_server::Platform::builder().seed(seed).start().await.expect("starts");
    let home = Home::of(std::sync::Arc::new(platform), "cli_0000000000000000", "s").await;
    let chat = home.post("im/v1/chats", json!({})).await.data("chat_id");
    let ids: Vec<String> = (1..12).map(|number| format!("cli_{number:016x}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for some in ids.chunks(5) {
        let path = format!("im/v1/chats/{chat}/members?member_id_type=app_id");
        assert_eq!(home.post(&path, json!({"id_list": some})).await.told(), "200 0 success");
    }
    for some in ids[..10].chunks(5) {
        assert_eq!(managers(&home, "add", &chat, "app_id", some).await.told(), "200 0 success");
    }
    assert_eq!(
        managers(&home, "add", &chat, "app_id", &ids[10..]).await.told(),
        "400 232040 The chat managers has reached the limit of maximum number."
    );
    assert_eq!(managers(&home, "add", &chat, "app_id", &ids[..1]).await.told(), "200 0 success");
}

#[tokio::test]
async fn a_bot_asks_whether_it_is_in_a_chat() {
    let world = World::new().await;
    let ask =
        async |home: &Home, chat: &str| home.get(&format!("im/v1/chats/{chat}/members/is_in_chat")).await;
    let main = world.main();
    assert_eq!(ask(main, world.group("open")).await.body["data"], json!({"is_in_chat": true}));
    assert_eq!(ask(main, world.group("elsewhere")).await.body["data"], json!({"is_in_chat": false}));
    assert_eq!(ask(main, world.group("abroad")).await.told(), ABROAD);
    assert_eq!(ask(main, "oc_x").await.told(), UNKNOWN);
    assert_eq!(ask(world.app("mute"), world.group("open")).await.told(), NO_BOT);
}

#[tokio::test]
async fn a_bot_joins_public_groups() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let join = async |home: &Home, chat: &str| {
        home.call(Method::PATCH, &format!("im/v1/chats/{chat}/members/me_join"), json!({})).await.told()
    };
    let public =
        main.post("im/v1/chats", json!({"chat_type": "public", "name": "Square"})).await.data("chat_id");
    assert_eq!(join(shy, &public).await, "200 0 success");
    assert_eq!(join(shy, &public).await, "200 0 success");
    assert_eq!(main.get(&format!("im/v1/chats/{public}")).await.data("bot_count"), "2");

    let unsupported = "400 232008 Your request specifies a chat whose type is NOT supported currently.";
    assert_eq!(join(main, world.group("elsewhere")).await, unsupported);
    assert_eq!(join(shy, &p2p(main).await).await, unsupported);
    let body = json!({"chat_type": "public", "name": "Club", "membership_approval": "approval_required"});
    let club = main.post("im/v1/chats", body).await.data("chat_id");
    assert!(join(shy, &club).await.starts_with("400 232075 The public group needs to apply to join"));
    assert_eq!(join(main, world.group("abroad")).await, ABROAD);
    assert_eq!(join(main, "oc_x").await, UNKNOWN);
    assert_eq!(join(world.app("mute"), &public).await, NO_BOT);
    main.call(Method::DELETE, &format!("im/v1/chats/{public}"), json!({})).await;
    assert_eq!(join(shy, &public).await, DISSOLVED);
}

#[tokio::test]
async fn a_full_group_is_not_joined() {
    let mut seed = String::from("[[tenants]]\nname = \"T\"\n");
    for number in 0..17 {
        seed.push_str(&format!(
            "[[tenants.apps]]\nname = \"b{number}\"\napp_id = \"cli_{number:016x}\"\napp_secret = \"s\"\n"
        ));
    }
    seed.push_str("[[tenants.groups]]\nname = \"full\"\nsettings = { chat_type = \"public\" }\nbots = [");
    (0..15).for_each(|number| seed.push_str(&format!("\"b{number}\",")));
    seed.push_str("]\n");
    let platform = larkspur_server::Platform::builder().seed(seed).start().await.expect("starts");
    let chat = platform.workspace().chat_id.clone();
    let home = Home::of(std::sync::Arc::new(platform), "cli_0000000000000010", "s").await;
    assert_eq!(
        home.call(Method::PATCH, &format!("im/v1/chats/{chat}/members/me_join"), json!({})).await.told(),
        "400 232013 You have reached the limit of maximum number of members a chat can have."
    );
    let inside = home.get(&format!("im/v1/chats/{chat}/members/is_in_chat")).await;
    assert_eq!(inside.body["data"]["is_in_chat"], false);
}

#[tokio::test]
async fn users_and_bots_are_listed_together() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let list = async |query: &str| main.get(&format!("im/v1/chats/{open}/members/list?{query}")).await;
    let names = |answer: &Answer, kind: &str| -> Vec<Value> {
        let members = answer.body["data"][kind].as_array().expect("a list");
        members.iter().map(|one| one["name"].clone()).collect()
    };
    let all = list("member_id_type=user_id").await;
    assert_eq!(names(&all, "users"), ["Ada", "Bo"]);
    assert_eq!(names(&all, "bots"), ["main", "narrow", "mute", "shy"]);
    let data = &all.body["data"];
    assert_eq!(
        (&data["user_total"], &data["bot_total"], &data["has_more"]),
        (&json!(2), &json!(4), &json!(false))
    );
    assert_eq!(data["users"][0]["member_id"], "ada");
    assert_eq!(data["bots"][0]["app_id"], "cli_00000000000000a1");

    let (mut users, mut bots, mut token) = (Vec::new(), Vec::new(), String::new());
    loop {
        let page = list(&format!("page_size=4&page_token={token}")).await;
        users.extend(names(&page, "users"));
        bots.extend(names(&page, "bots"));
        if page.body["data"]["has_more"] == false {
            break;
        }
        page.data("page_token").clone_into(&mut token);
    }
    assert_eq!((users.len(), bots.len()), (2, 4));

    let only = list("member_types=bot").await;
    assert_eq!((names(&only, "users").len(), names(&only, "bots").len()), (0, 4));
    assert_eq!(only.body["data"].get("user_total"), None);
    let only = list("member_types=user&page_size=1").await;
    assert_eq!((names(&only, "users").len(), names(&only, "bots").len()), (1, 0));
    assert_eq!(list("member_types=user,bot").await.body["data"], list("").await.body["data"]);

    assert_eq!(list("member_types=robot").await.told(), INVALID);
    assert_eq!(list("page_token=nonsense").await.told(), INVALID);
    assert_eq!(list("page_size=101").await.told(), "400 99992402 field validation failed");
}

#[tokio::test]
async fn bots_are_listed_by_themselves() {
    let world = World::new().await;
    let main = world.main();
    let listed = main.get(&format!("im/v1/chats/{}/members/bots", world.group("open"))).await;
    let items = listed.body["data"]["items"].as_array().expect("a list");
    let names: Vec<_> = items.iter().map(|bot| bot["bot_name"].clone()).collect();
    assert_eq!(names, ["main", "narrow", "mute", "shy"]);
    assert!(items[0]["bot_id"].as_str().is_some_and(|id| id.starts_with("ou_")), "{listed:?}");
}

#[tokio::test]
async fn lists_of_members_are_for_members() {
    let world = World::new().await;
    let main = world.main();
    let gone = main.post("im/v1/chats", json!({})).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{gone}"), json!({})).await;
    for what in ["list", "bots"] {
        let told = async |home: &Home, chat: &str| {
            home.get(&format!("im/v1/chats/{chat}/members/{what}")).await.told()
        };
        assert_eq!(told(main, world.group("elsewhere")).await, OUTSIDE);
        assert_eq!(told(main, world.group("abroad")).await, ABROAD);
        assert_eq!(told(main, "oc_x").await, UNKNOWN);
        assert_eq!(told(main, &gone).await, DISSOLVED);
        assert_eq!(told(world.app("mute"), world.group("open")).await, NO_BOT);
    }
}
