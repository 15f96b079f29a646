//! `message.v4.batch_send.create` and `im.v1.batch_message`.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, world::World};

async fn send(home: &Home, body: Value) -> Answer {
    home.post("message/v4/batch_send/", body).await
}

fn text(to: Value) -> Value {
    let mut body = json!({"msg_type": "text", "content": {"text": "x"}});
    for (key, ids) in to.as_object().expect("an object") {
        body[key] = ids.clone();
    }
    body
}

async fn recall(home: &Home, id: &str) -> Answer {
    home.call(Method::DELETE, &format!("im/v1/batch_messages/{id}"), json!({})).await
}

async fn progress(home: &Home, id: &str) -> Answer {
    home.get(&format!("im/v1/batch_messages/{id}/get_progress")).await
}

async fn readers(home: &Home, id: &str) -> Answer {
    home.get(&format!("im/v1/batch_messages/{id}/read_user")).await
}

async fn act(home: &Home, verb: &str, body: Value) -> Answer {
    let url = format!("{}/_larkspur/v1/act/{verb}", home.platform.base_url());
    home.send(reqwest::Client::new().post(url).json(&body)).await
}

/// What the bot's chat with Ada holds, newest first.
async fn said_to_ada(world: &World) -> Vec<Value> {
    let main = world.main();
    let chat = main
        .post(
            "im/v1/messages?receive_id_type=user_id",
            json!({"receive_id": "ada", "msg_type": "text", "content": "{\"text\":\"end\"}"}),
        )
        .await
        .data("chat_id");
    let path =
        format!("im/v1/messages?container_id_type=chat&container_id={chat}&sort_type=ByCreateTimeDesc");
    main.get(&path).await.body["data"]["items"].as_array().expect("a list")[1..].to_vec()
}

const UNKNOWN: &str = "400 230030 The message id is invalid, record not found.";
const NOT_SENDER: &str = "400 230012 Bot is NOT the sender of the message.";

#[tokio::test]
async fn many_users_get_it_and_the_others_are_named() {
    let world = World::new().await;
    let main = world.main();
    let ada = world.open_id("main", "ada").await;
    let foreign = world.open_id("shy", "ada").await;
    let body = text(json!({
        "open_ids": [ada, foreign, "ou_x"], "user_ids": ["ada", "bo", "cy", "zoe"], "union_ids": ["on_x"],
        "department_ids": ["d502aaa9514059"],
    }));
    let sent = send(main, body).await;
    let id = sent.data("message_id");
    assert!(id.starts_with("bm-") && id.len() == 35, "{id}");
    assert_eq!(
        sent.body["data"],
        json!({
            "message_id": id, "invalid_department_ids": ["d502aaa9514059"], "invalid_open_ids": [foreign, "ou_x"],
            "invalid_user_ids": ["cy", "zoe"], "invalid_union_ids": ["on_x"],
        })
    );
    let said = said_to_ada(&world).await;
    assert_eq!(said.len(), 1, "named twice, sent once");
    assert_eq!(said[0]["body"]["content"], r#"{"text":"x"}"#);

    let counts = async |read: i64, recalled: Value| {
        assert_eq!(
            progress(main, &id).await.body["data"],
            json!({
                "batch_message_send_progress":
                    {"valid_user_ids_count": 2, "success_user_ids_count": 2, "read_user_ids_count": read},
                "batch_message_recall_progress": recalled,
            })
        );
        let read_user = json!({"read_user": {"read_count": read.to_string(), "total_count": "2"}});
        assert_eq!(readers(main, &id).await.body["data"], read_user);
    };
    counts(0, json!({"recall": false, "recall_count": 0})).await;
    let read = act(main, "read", json!({"user": "Ada", "app_id": "cli_00000000000000a1"})).await;
    assert_eq!(read.told(), "200 0 success");
    counts(1, json!({"recall": false, "recall_count": 0})).await;

    let urgent = format!(
        "im/v1/messages/{}/urgent_app?user_id_type=user_id",
        said[0]["message_id"].as_str().expect("an id")
    );
    let urgent = main.call(Method::PATCH, &urgent, json!({"user_id_list": ["ada"]})).await;
    assert_eq!(urgent.told(), "400 230052 Can not urgent this message.");

    for _ in 0..2 {
        assert_eq!(recall(main, &id).await.told(), "200 0 success");
        counts(1, json!({"recall": true, "recall_count": 2})).await;
    }
    assert_eq!(said_to_ada(&world).await[1]["deleted"], true);
}

#[tokio::test]
async fn a_batch_reaches_those_the_app_is_available_to() {
    let world = World::new().await;
    let shy = world.app("shy");
    // Without the slash at its end too.
    let sent = shy.post("message/v4/batch_send", text(json!({"user_ids": ["ada", "bo"]}))).await;
    let id = sent.data("message_id");
    let counts = progress(shy, &id).await;
    let counts = &counts.body["data"]["batch_message_send_progress"];
    assert_eq!((&counts["valid_user_ids_count"], &counts["success_user_ids_count"]), (&json!(2), &json!(1)));
    let nobody = send(shy, text(json!({"user_ids": ["x"]}))).await.data("message_id");
    let counts = progress(shy, &nobody).await;
    assert_eq!(counts.body["data"]["batch_message_send_progress"]["valid_user_ids_count"], 0);
}

#[tokio::test]
async fn every_kind_of_content_is_an_object() {
    let world = World::new().await;
    let main = world.main();
    let image_key = main.image_key().await;
    let open = world.group("open");
    let post = json!({"zh_cn": {"title": "T", "content": [[{"tag": "text", "text": "x"}]]}});
    let card = json!({"elements": [{"tag": "div", "text": {"tag": "plain_text", "content": "x"}}]});
    let kinds = [
        json!({"msg_type": "text", "content": {"text": "x"}}),
        json!({"msg_type": "image", "content": {"image_key": image_key}}),
        json!({"msg_type": "share_chat", "content": {"share_chat_id": open}}),
        json!({"msg_type": "post", "content": {"post": post}}),
        json!({"msg_type": "interactive", "card": card}),
    ];
    for mut kind in kinds.clone() {
        kind["user_ids"] = json!(["ada"]);
        assert_eq!(send(main, kind).await.told(), "200 0 success");
    }
    let said = said_to_ada(&world).await;
    let types: Vec<_> = said.iter().rev().map(|message| message["msg_type"].clone()).collect();
    assert_eq!(types, ["text", "image", "share_chat", "post", "interactive"]);

    let failed = "200 11246 Create message content fail, ext=";
    let theirs = world.app("shy").image_key().await;
    let markdown = json!({"zh_cn": {"content": [[{"tag": "md", "text": "x"}]]}});
    let cases = [
        (json!({"msg_type": "text"}), format!("{failed}text is required")),
        (json!({"msg_type": "image"}), format!("{failed}image_key is required")),
        (json!({"msg_type": "share_chat"}), format!("{failed}share_chat_id is required")),
        (json!({"msg_type": "post"}), format!("{failed}post is required")),
        (json!({"msg_type": "interactive"}), format!("{failed}card is required")),
        (
            json!({"msg_type": "post", "content": {"post": markdown}}),
            format!("{failed}the tag md is not supported"),
        ),
        (
            json!({"msg_type": "interactive", "card": {"type": "template", "data": {"template_id": "t"}}}),
            format!(
                "{failed}Failed to create card content, ext=ErrCode: 200380; ErrMsg: template does not exist, \
                 please confirm whether this template has been released; ErrorValue: templateID: t"
            ),
        ),
        (
            json!({"msg_type": "text", "content": {"text": "x".repeat(150 * 1024)}}),
            format!("{failed}The length of the message content reaches its limit."),
        ),
        (
            json!({"msg_type": "image", "content": {"image_key": "img_x"}}),
            "200 11227 Image key not exist.".to_owned(),
        ),
        (
            json!({"msg_type": "image", "content": {"image_key": theirs}}),
            "200 11227 Image key not exist.".to_owned(),
        ),
        (
            json!({"msg_type": "share_chat", "content": {"share_chat_id": "oc_x"}}),
            "200 11231 Chat not found.".to_owned(),
        ),
        (
            json!({"msg_type": "share_chat", "content": {"share_chat_id": world.group("elsewhere")}}),
            "200 11231 Chat not found.".to_owned(),
        ),
        (json!({"msg_type": "file"}), "200 10003 Invalid parameter.".to_owned()),
        (json!({}), "200 10003 Invalid parameter.".to_owned()),
    ];
    for (mut body, told) in cases {
        body["user_ids"] = json!(["ada"]);
        assert_eq!(send(main, body).await.told(), told);
    }
    assert_eq!(said_to_ada(&world).await.len(), 6, "nothing more was sent");
}

#[tokio::test]
async fn sending_is_refused_with_status_200() {
    let world = World::new().await;
    let (main, narrow) = (world.main(), world.app("narrow"));
    let ids = json!({"user_ids": ["ada"]});
    let cases = [
        (main, json!({}), "200 10003 Invalid parameter."),
        (main, json!({"open_ids": []}), "200 10003 Invalid parameter."),
        (main, json!({"open_ids": vec!["ou_x"; 201]}), "200 10003 Invalid parameter."),
        (main, json!({"open_ids": ["ou_x"]}), "200 11101 Open_id not exist."),
        (narrow, ids.clone(), "200 11203 Send employee ids permission denied."),
        (narrow, json!({"department_ids": ["0"]}), "200 11204 Send department list permission denied."),
        (world.app("mute"), ids, "200 11205 App do not have bot."),
    ];
    for (home, to, told) in cases {
        assert_eq!(send(home, text(to)).await.told(), told);
    }
}

#[tokio::test]
async fn a_batch_belongs_to_its_bot_and_is_forgotten() {
    crate::shows(&["batch_send.query_window", "batch_send.progress_window"]);
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, shy) = (world.main(), world.app("shy"));
    let id = send(main, text(json!({"user_ids": ["ada"]}))).await.data("message_id");
    assert_eq!(progress(shy, &id).await.told(), NOT_SENDER);
    assert_eq!(readers(shy, &id).await.told(), NOT_SENDER);
    assert_eq!(recall(shy, &id).await.told(), "400 230026 No permission to recall this message.");
    let no_bot = "400 230006 Bot ability is not activated.";
    assert_eq!(progress(world.app("mute"), &id).await.told(), no_bot);
    assert_eq!(recall(world.app("mute"), &id).await.told(), no_bot);
    let invalid =
        "400 230001 Your request contains an invalid request parameter, ext=invalid batch_message_id";
    for (home, id, told) in
        [(main, "bm-x", UNKNOWN), (main, "om_x", invalid), (world.app("foreign"), id.as_str(), UNKNOWN)]
    {
        assert_eq!(progress(home, id).await.told(), told);
        assert_eq!(readers(home, id).await.told(), told);
        assert_eq!(recall(home, id).await.told(), told);
    }
    let unscoped = progress(world.app("narrow"), &id).await;
    assert!(unscoped.told().starts_with("400 99991672 Access denied."), "{unscoped:?}");

    clock.advance(Duration::from_millis(24 * 60 * 60 * 1000 + 1));
    let main = Home::of(main.platform.clone(), "cli_00000000000000a1", "main").await;
    let expired = "400 230009 Message can only be recalled within one days.";
    assert_eq!(recall(&main, &id).await.told(), expired);
    assert_eq!(progress(&main, &id).await.told(), "200 0 success");
    clock.advance(Duration::from_secs(29 * 24 * 60 * 60));
    let main = Home::of(main.platform.clone(), "cli_00000000000000a1", "main").await;
    assert_eq!(progress(&main, &id).await.told(), UNKNOWN);
    assert_eq!(readers(&main, &id).await.told(), UNKNOWN);
}

#[tokio::test]
async fn an_app_sends_half_a_million_a_day() {
    crate::shows(&["batch_send.per_app_per_day"]);
    let (stage, world) = Stage::new().await;
    world.stop().await;
    stage
        .change(|tx, context| {
            let app = tx.app_by_app_id("cli_00000000000000a1")?.expect("the app").id;
            Ok(tx.insert_batch(&larkspur_store::batch::BatchRow {
                id: 0,
                batch_message_id: "bm-x".to_owned(),
                app,
                valid_users: 499_999,
                sent: 499_999,
                recalled: None,
                created_at: context.now(),
            })?)
        })
        .await;
    let main = stage.start("cli_00000000000000a1", "main").await;
    let limit = "200 11247 Internal send message trigger rate limit.";
    assert_eq!(send(&main, text(json!({"user_ids": ["ada", "bo"]}))).await.told(), limit);
    assert_eq!(send(&main, text(json!({"user_ids": ["ada"]}))).await.told(), "200 0 success");
    assert_eq!(send(&main, text(json!({"user_ids": ["ada"]}))).await.told(), limit);
    stage.clock.advance(Duration::from_secs(24 * 60 * 60));
    let main = Home::of(main.platform.clone(), "cli_00000000000000a1", "main").await;
    assert_eq!(send(&main, text(json!({"user_ids": ["ada"]}))).await.told(), "200 0 success");
}
