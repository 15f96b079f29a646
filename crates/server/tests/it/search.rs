//! Finding groups, links into them, and what only users ask.

use std::sync::Arc;

use larkspur_api::im::v1::{
    chat::batch_query,
    chat_p2p,
    chat_user_setting::{self, batch_update::ChatSetting},
};
use larkspur_domain::{App, Caller, chat};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, world::World};

const INVALID: &str = "400 232001 Your request contains an invalid request parameter.";
const NO_BOT: &str = "400 232025 Bot ability is not activated.";

fn names(answer: &Answer) -> Vec<String> {
    let items = answer.body["data"]["items"].as_array().unwrap_or_else(|| panic!("items in {answer:?}"));
    let name = |item: &Value| item["name"].as_str().or(item["display_info"].as_str()).map(str::to_owned);
    items.iter().filter_map(name).collect()
}

#[tokio::test]
async fn groups_are_found_by_name_and_member() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let search = async |home: &Home, query: &str| home.get(&format!("im/v1/chats/search?{query}")).await;
    let body = json!({"chat_type": "public", "name": "Town Square", "i18n_names": {"en_us": "Agora"}, "user_id_list": ["bo"]});
    main.post("im/v1/chats?user_id_type=user_id", body).await;

    assert_eq!(names(&search(main, "query=OPEN").await), ["open"]);
    assert_eq!(names(&search(main, "query=agora").await), ["Town Square"]);
    assert_eq!(names(&search(main, "query=bo").await), ["open", "Town Square"], "by a member");
    assert_eq!(names(&search(shy, "query=square").await), ["Town Square"], "public");
    assert_eq!(names(&search(shy, "query=bo").await), ["open"], "who is in it is not told");
    assert_eq!(names(&search(main, "query=elsewhere").await), [""; 0], "private");
    assert_eq!(names(&search(main, "").await), [""; 0]);
    assert_eq!(names(&search(main, &format!("query={}", "x".repeat(65))).await), [""; 0]);
    let item = &search(main, "query=moderated&user_id_type=user_id").await.body["data"]["items"][0];
    assert_eq!((&item["owner_id"], &item["chat_status"]), (&json!("ada"), &json!("normal")));

    let (mut found, mut token) = (Vec::new(), String::new());
    loop {
        let page = search(main, &format!("query=ada&page_size=4&page_token={token}")).await;
        found.extend(names(&page));
        if page.body["data"]["has_more"] == false {
            break;
        }
        page.data("page_token").clone_into(&mut token);
    }
    assert_eq!(found, ["open", "moderated", "guarded", "easy", "sealed", "threads"]);
    assert_eq!(search(main, "query=x&page_token=nonsense").await.told(), INVALID);
    assert_eq!(search(main, "query=x&page_size=101").await.told(), "400 99992402 field validation failed");
    assert_eq!(search(world.app("mute"), "query=x").await.told(), NO_BOT);
}

#[tokio::test]
async fn groups_are_found_by_what_they_are() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let search = async |home: &Home, body: Value| {
        home.post("im/v2/chats/search?user_id_type=user_id&page_size=3", body).await
    };
    main.post("im/v1/chats", json!({"chat_type": "public", "name": "Square"})).await;
    let kind = |kind: &str| json!({"filter": {"search_types": [kind]}});
    assert_eq!(names(&search(main, kind("public_joined")).await), ["Square"]);
    assert_eq!(names(&search(shy, kind("public_not_joined")).await), ["Square"]);
    assert_eq!(names(&search(main, kind("external")).await), [""; 0]);
    assert_eq!(names(&search(main, json!({"filter": {"member_ids": ["ada", "bo"]}})).await), ["open"]);
    assert_eq!(names(&search(main, json!({"filter": {"chat_modes": ["thread"]}})).await), ["threads"]);
    assert_eq!(
        names(&search(shy, json!({"filter": {"is_manager": true}})).await),
        ["guarded", "easy", "elsewhere"][2..]
    );
    assert_eq!(names(&search(main, json!({"query": "bo"})).await), ["open"]);
    let body = json!({"query": "bo", "filter": {"disable_search_by_user": true}});
    assert_eq!(names(&search(main, body).await), [""; 0]);
    main.text(world.group("sealed"), "x").await;
    for (sorter, first) in [("create_time_desc", "Square"), ("member_count_desc", "open")] {
        assert_eq!(names(&search(main, json!({"sorter": sorter})).await)[0], first);
    }
    assert_eq!(names(&search(main, json!({"sorter": "update_time_desc"})).await).len(), 3);
    let page = search(main, json!({"filter": {"search_types": ["private"]}})).await;
    assert_eq!((&page.body["data"]["total"], &page.body["data"]["has_more"]), (&json!(6), &json!(true)));
    let next =
        format!("im/v2/chats/search?user_id_type=user_id&page_size=3&page_token={}", page.data("page_token"));
    let last = main.post(&next, json!({"filter": {"search_types": ["private"]}})).await;
    assert_eq!(names(&last), ["easy", "sealed", "threads"]);
    let invalid = "400 99992402 field validation failed";
    assert_eq!(main.post(&next, json!({})).await.told(), invalid, "the token of another request");
    assert_eq!(search(main, json!({"query": "x".repeat(65)})).await.told(), invalid);
    assert_eq!(search(main, json!({"sorter": "x"})).await.told(), invalid);
    assert_eq!(
        search(main, json!({"filter": {"member_ids": ["nobody"]}})).await.told(),
        "400 99992360 Your request contains not existed id."
    );
    assert_eq!(search(world.app("mute"), json!({})).await.told(), NO_BOT);
}

#[tokio::test]
async fn a_group_has_a_link() {
    let world = World::new().await;
    let main = world.main();
    let link = async |home: &Home, chat: &str, body: Value| {
        home.post(&format!("im/v1/chats/{chat}/link"), body).await
    };
    let week = link(main, world.group("open"), json!({})).await;
    assert!(week.data("share_link").contains("/client/chat/chatter/add_by_link?link_token="), "{week:?}");
    let year = link(main, world.group("open"), json!({"validity_period": "year"})).await;
    let ends = |answer: &Answer| answer.data("expire_time").parse::<i64>().expect("seconds");
    assert!((ends(&year) - ends(&week) - 358 * 24 * 60 * 60).abs() < 60);
    let ever = link(main, world.group("open"), json!({"validity_period": "permanently"})).await;
    assert_eq!(ever.body["data"]["is_permanent"], true);

    let gone = main.post("im/v1/chats", json!({})).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{gone}"), json!({})).await;
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id");
    for (home, chat, told) in [
        (main, p2p.as_str(), "400 232062 P2P chat cannot be share link."),
        (
            main,
            world.group("guarded"),
            "400 232064 The operator is not a group owner or administrator, no permission to share chat link.",
        ),
        (main, &gone, "400 232009 Your request specifies a chat which has already been dissolved."),
        (main, world.group("elsewhere"), "400 232011 Operator can NOT be out of the chat."),
        (main, world.group("abroad"), "400 232010 Operator and chat can NOT be in different tenants."),
        (main, "oc_x", "400 232006 Your request specifies a chat_id which is invalid."),
        (world.app("mute"), world.group("open"), NO_BOT),
    ] {
        assert_eq!(link(home, chat, json!({})).await.told(), told);
    }
    assert_eq!(link(main, world.group("open"), json!({"validity_period": "x"})).await.told(), INVALID);
}

#[tokio::test]
async fn what_users_ask_is_not_for_bots() {
    let world = World::new().await;
    let refused =
        "400 99991663 Invalid access token for authorization. Please make a request with token attached";
    for (path, body) in [
        ("im/v1/chats/batch_query", json!({"chat_ids": ["oc_x"]})),
        ("im/v1/chat_p2p/batch_query", json!({"chatter_ids": ["ou_x"]})),
        ("im/v1/chat_user_setting/batch_query", json!({"chat_ids": ["oc_x"]})),
        ("im/v1/chat_user_setting/batch_update", json!({"chat_settings": []})),
    ] {
        assert_eq!(world.main().post(path, body).await.told(), refused, "{path}");
    }
}

#[tokio::test]
async fn a_user_asks_about_chats() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let body = json!({"receive_id": "ada", "msg_type": "text", "content": r#"{"text":"x"}"#});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", body).await.data("chat_id");
    let (open, abroad) = (world.group("open").to_owned(), world.group("abroad").to_owned());
    world.stop().await;
    stage
        .change(move |tx, context| {
            context.apps.extend(tx.apps()?);
            let main = context.apps.by_app_id("cli_00000000000000a1").expect("the app");
            let ada = tx.user_by_user_id(&main.row.tenant_key, "ada")?.expect("the user").id;
            let client = tx.apps()?.into_iter().find(|app| app.client).expect("the client");
            let caller = Caller { app: Arc::new(App::new(client)), user: Some(ada), granted: None };

            let ids = vec![open.as_str().into(), abroad.as_str().into(), "oc_x".into()];
            let found = chat::list::batch(tx, context, &caller, &batch_query::Request::new(ids.clone()))?;
            assert_eq!(found.items.len(), 1);
            assert_eq!(found.items[0].name.as_deref(), Some("open"));

            let others = vec![main.row.open_id.as_str().into(), "ou_x".into()];
            let request = chat_p2p::batch_query::Request::new(others);
            let found = chat::list::p2p(tx, context, &caller, &request)?;
            assert_eq!(found.p2p_chats.len(), 1);
            assert_eq!(found.p2p_chats[0].chat_id.as_str(), p2p);

            let mute = |chat: &str| ChatSetting {
                chat_id: chat.into(),
                is_muted: Some(true),
                ..ChatSetting::default()
            };
            let request = chat_user_setting::batch_update::Request::new(vec![mute(&open), mute(&abroad)]);
            let done = chat::user_setting::update(tx, &caller, &request)?;
            assert_eq!(done.invalid_ids.len(), 1);
            assert_eq!(done.invalid_ids[0].id.as_str(), abroad);
            let request = chat_user_setting::batch_query::Request::new(ids);
            let set = chat::user_setting::query(tx, &caller, &request)?;
            assert_eq!(set.items.len(), 1);
            assert!(set.items[0].is_muted && !set.items[0].is_mute_at_all);
            Ok(())
        })
        .await;
}
