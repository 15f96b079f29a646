//! `im.v1.message.forward`, `merge_forward`, `im.v1.thread.forward`, and who has read what by `read_status`.

use std::sync::Arc;

use larkspur_domain::{App, Caller, message::read_mark};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, world::World};

async fn forward(home: &Home, message_id: &str, id_type: &str, to: &str) -> Answer {
    let path = format!("im/v1/messages/{message_id}/forward?receive_id_type={id_type}");
    home.post(&path, json!({"receive_id": to})).await
}

async fn merge(home: &Home, message_ids: &[&str], to: &str) -> Answer {
    let body = json!({"receive_id": to, "message_id_list": message_ids});
    home.post("im/v1/messages/merge_forward?receive_id_type=chat_id", body).await
}

async fn forward_thread(home: &Home, thread_id: &str, to: &str) -> Answer {
    let path = format!("im/v1/threads/{thread_id}/forward?receive_id_type=chat_id");
    home.post(&path, json!({"receive_id": to})).await
}

async fn reply_in_thread(home: &Home, message_id: &str, text: &str) -> Answer {
    let content = json!({"text": text}).to_string();
    let body = json!({"msg_type": "text", "content": content, "reply_in_thread": true});
    home.post(&format!("im/v1/messages/{message_id}/reply"), body).await
}

async fn recall(home: &Home, message_id: &str) {
    let answer = home.call(Method::DELETE, &format!("im/v1/messages/{message_id}"), json!({})).await;
    assert_eq!(answer.told(), "200 0 success");
}

/// A message and all that stands in it.
async fn get(home: &Home, message_id: &str) -> Vec<Value> {
    let answer = home.get(&format!("im/v1/messages/{message_id}")).await;
    assert_eq!(answer.told(), "200 0 success", "{answer:?}");
    answer.body["data"]["items"].as_array().expect("a list").clone()
}

/// The text of each, and its place among them: which of them it stands in.
fn outline(items: &[Value]) -> Vec<(String, Option<usize>)> {
    let place = |id: &Value| items.iter().position(|item| item["message_id"] == *id);
    let text = |item: &Value| {
        let content = item["body"]["content"].as_str().expect("content");
        let text = serde_json::from_str::<Value>(content).ok();
        text.and_then(|text| text["text"].as_str().map(str::to_owned)).unwrap_or_else(|| "+".to_owned())
    };
    items.iter().map(|item| (text(item), item.get("upper_message_id").and_then(place))).collect()
}

const INVALID: &str = "400 230001 Your request contains an invalid request parameter, ext=";
const OUTSIDE: &str = "400 230002 The bot can not be outside the group.";
const NO_BOT: &str = "400 230006 Bot ability is not activated.";
const UNAVAILABLE: &str = "400 230013 Bot has NO availability to this user.";
const NOT_ALLOWED: &str = "400 230018 These operations are NOT allowed at current group settings.";
const NO_THREAD: &str = "400 230019 The thread does NOT exist.";
const NO_CHAT: &str = "400 230063 The chat_id of group to forward is invalid.";
const RESTRICTED: &str = "400 230070 Forwarding of messages in restricted mode is not allowed.";
const DISSOLVED: &str = "400 232009 Your request specifies a chat which has already been dissolved.";

#[tokio::test]
async fn a_message_goes_to_users_groups_and_threads() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let ada = world.open_id("main", "ada").await;
    let said = json!({"text": format!("hi <at user_id=\"{ada}\">Ada</at>")});
    let message_id = world.app("shy").text(open, "x").await;
    let mentioning = main.say(open, "text", &said).await.data("message_id");

    let there = forward(main, &mentioning, "chat_id", world.group("easy")).await;
    let data = &there.body["data"];
    assert_eq!(there.told(), "200 0 success");
    assert_ne!(data["message_id"], mentioning);
    assert_eq!((&data["chat_id"], &data["msg_type"]), (&json!(world.group("easy")), &json!("text")));
    assert_eq!(data["body"]["content"], r#"{"text":"hi @_user_1"}"#);
    assert_eq!(data["mentions"][0]["id"], ada);
    assert_eq!(data["sender"]["id"], "cli_00000000000000a1");
    assert_eq!(data.get("upper_message_id"), None);

    let p2p = forward(main, &message_id, "open_id", &ada).await.data("chat_id");
    for (id_type, id) in [("user_id", "ada"), ("email", "ada@garden.example")] {
        assert_eq!(forward(main, &message_id, id_type, id).await.data("chat_id"), p2p);
    }

    let root = main.text(open, "root").await;
    let reply = reply_in_thread(main, &root, "first").await;
    let thread_id = reply.data("thread_id");
    let inside = forward(main, &message_id, "thread_id", &thread_id).await;
    let data = &inside.body["data"];
    assert_eq!((&data["thread_id"], &data["root_id"]), (&json!(thread_id), &json!(root)), "{inside:?}");
    assert_eq!(data["thread_message_position"], 3);
    // In a group of threads it begins one.
    let threaded = forward(main, &message_id, "chat_id", world.group("threads")).await;
    assert!(threaded.data("thread_id").starts_with("omt_"));
}

#[tokio::test]
async fn one_uuid_forwards_once_to_one_receiver() {
    let world = World::new().await;
    let (main, open, easy) = (world.main(), world.group("open"), world.group("easy"));
    let message_id = main.text(open, "x").await;
    let go = async |to: &str| {
        let path = format!("im/v1/messages/{message_id}/forward?receive_id_type=chat_id&uuid=u");
        main.post(&path, json!({"receive_id": to})).await.data("message_id")
    };
    let first = go(easy).await;
    assert_eq!(go(easy).await, first);
    assert_ne!(go(open).await, first);
    let together = async |to: &str| {
        let body = json!({"receive_id": to, "message_id_list": [message_id]});
        let path = "im/v1/messages/merge_forward?receive_id_type=chat_id&uuid=u";
        main.post(path, body).await.body["data"]["message"]["message_id"].clone()
    };
    let merged = together(easy).await;
    assert_ne!(merged, first);
    assert_eq!(together(easy).await, merged);
    let path = format!("im/v1/messages/{message_id}/forward?receive_id_type=chat_id&uuid={}", "x".repeat(51));
    assert_eq!(main.post(&path, json!({"receive_id": open})).await.violations(), "uuid: the max len is 50");
}

#[tokio::test]
async fn some_messages_are_not_forwarded() {
    let world = World::new().await;
    let (main, open, easy) = (world.main(), world.group("open"), world.group("easy"));
    let message_id = main.text(open, "x").await;
    let recalled = main.text(open, "x").await;
    recall(main, &recalled).await;
    let elsewhere = world.app("shy").text(world.group("elsewhere"), "x").await;
    let abroad = world.app("foreign").text(world.group("abroad"), "x").await;
    let sealed = main.text(world.group("sealed"), "x").await;
    let card = json!({"config": {"enable_forward": false}, "elements": []});
    let card = main.say(open, "interactive", &card).await.data("message_id");
    let opus = main.upload_file("opus", "x.opus", b"OggS").await.data("file_key");
    let audio = main.say(open, "audio", &json!({"file_key": opus})).await.data("message_id");
    let merged = merge(main, &[&message_id], open).await;
    let merged = merged.body["data"]["message"]["message_id"].as_str().expect("an id").to_owned();
    let child = get(main, &merged).await[1]["message_id"].as_str().expect("an id").to_owned();
    let unsupported = "400 230061 The message type does not support forwarding.";
    let cases = [
        (&recalled, "400 230065 The message to be forwarded has been recalled.".to_owned()),
        (&elsewhere, OUTSIDE.to_owned()),
        (&abroad, format!("400 99992354 these ids not existed: [{abroad}]")),
        (&sealed, RESTRICTED.to_owned()),
        (&card, unsupported.to_owned()),
        (&audio, unsupported.to_owned()),
        (&child, "400 230064 The message to be forwarded is invalid.".to_owned()),
    ];
    for (message_id, told) in cases {
        assert_eq!(forward(main, message_id, "chat_id", easy).await.told(), told);
    }
    assert_eq!(forward(world.app("mute"), &message_id, "chat_id", easy).await.told(), NO_BOT);

    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let gone = main.text(&chat, "x").await;
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    assert_eq!(forward(main, &gone, "chat_id", easy).await.told(), DISSOLVED);
    assert_eq!(forward(main, &message_id, "chat_id", &chat).await.told(), DISSOLVED);
}

#[tokio::test]
async fn not_everyone_can_be_forwarded_to() {
    let world = World::new().await;
    let (main, shy, open) = (world.main(), world.app("shy"), world.group("open"));
    let message_id = main.text(open, "x").await;
    let cases = [
        ("chat_id", world.group("elsewhere"), OUTSIDE.to_owned()),
        ("chat_id", world.group("moderated"), NOT_ALLOWED.to_owned()),
        ("chat_id", "oc_x", NO_CHAT.to_owned()),
        ("chat_id", "x", format!("{INVALID}invalid receive_id")),
        ("thread_id", "omt_x", NO_THREAD.to_owned()),
        ("thread_id", "x", format!("{INVALID}invalid receive_id")),
        ("open_id", "ou_x", "400 230034 The receive_id is invalid.".to_owned()),
        ("user_id", "cy", "400 230029 User has resigned.".to_owned()),
    ];
    for (id_type, id, told) in cases {
        assert_eq!(forward(main, &message_id, id_type, id).await.told(), told, "{id_type} {id}");
        let body = json!({"receive_id": id, "message_id_list": [message_id]});
        let path = format!("im/v1/messages/merge_forward?receive_id_type={id_type}");
        assert_eq!(main.post(&path, body).await.told(), told, "{id_type} {id}");
    }
    assert_eq!(forward(shy, &message_id, "user_id", "bo").await.told(), UNAVAILABLE);
    let foreign = world.open_id("shy", "ada").await;
    assert_eq!(
        forward(main, &message_id, "open_id", &foreign).await.told(),
        "400 99992361 open_id cross app"
    );
    let kinds = "receive_id_type: options: [open_id,union_id,user_id,email,chat_id,thread_id]";
    assert_eq!(forward(main, &message_id, "x", open).await.violations(), kinds);
    let path = format!("im/v1/messages/{message_id}/forward?receive_id_type=chat_id");
    assert_eq!(main.post(&path, json!({})).await.violations(), "receive_id: receive_id is required");

    let (_, builder) = clocked();
    let world = World::with(builder).await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = main.text(open, "x").await;
    for _ in 0..4 {
        forward(main, &message_id, "chat_id", open).await;
    }
    let limited = "400 230020 This operation triggers the frequency limit.";
    assert_eq!(forward(main, &message_id, "chat_id", open).await.told(), limited);
    assert_eq!(merge(main, &[&message_id], open).await.told(), limited);
}

#[tokio::test]
async fn merged_messages_read_back_as_a_tree() {
    let (stage, world) = Stage::new().await;
    let (main, open, easy) = (world.main(), world.group("open"), world.group("easy"));
    let first = main.text(open, "first").await;
    stage.clock.advance(std::time::Duration::from_secs(1));
    let second = world.app("shy").text(open, "second").await;
    let merged = merge(main, &[&second, &first, "om_x", &second], easy).await;
    assert_eq!(merged.told(), "200 0 success");
    let data = &merged.body["data"];
    assert_eq!(data["invalid_message_id_list"], json!(["om_x"]));
    assert_eq!(data["message"]["msg_type"], "merge_forward");
    assert_eq!(data["message"]["body"]["content"], "Merged and Forwarded Message");
    let merged = data["message"]["message_id"].as_str().expect("an id").to_owned();

    let items = get(main, &merged).await;
    let plain = |text: &str, upper| (text.to_owned(), upper);
    let expected = [plain("+", None), plain("first", Some(0)), plain("second", Some(0))];
    assert_eq!(outline(&items), expected);
    // They keep who said it and when, and stand in no chat.
    assert_eq!(items[2]["sender"]["id"], "cli_00000000000000a4");
    assert_eq!(items[1]["create_time"], "1800000000000");
    assert_ne!(items[1]["message_id"], first);
    assert_eq!(items[1].get("message_position"), None);
    let listed = main.get(&format!("im/v1/messages?container_id_type=chat&container_id={easy}")).await;
    assert_eq!(listed.body["data"]["items"].as_array().map(Vec::len), Some(1), "{listed:?}");

    // A forward in a forward, and the whole again as it is.
    let third = main.text(easy, "third").await;
    let nested = merge(main, &[&merged, &third], open).await;
    let nested = nested.body["data"]["message"]["message_id"].as_str().expect("an id").to_owned();
    let expected = [
        plain("+", None),
        plain("+", Some(0)),
        plain("first", Some(1)),
        plain("second", Some(1)),
        plain("third", Some(0)),
    ];
    assert_eq!(outline(&get(main, &nested).await), expected);
    let again = forward(main, &nested, "chat_id", easy).await.data("message_id");
    assert_eq!(outline(&get(main, &again).await), expected);

    // A child can be read, and no more.
    let child = get(main, &nested).await[2]["message_id"].as_str().expect("an id").to_owned();
    assert_eq!(outline(&get(main, &child).await), [plain("first", None)]);
    let unknown = format!("400 99992354 these ids not existed: [{child}]");
    assert_eq!(reply_in_thread(main, &child, "x").await.told(), unknown);
    assert_eq!(main.post("im/v1/pins", json!({"message_id": child})).await.told(), unknown);
    let reaction = json!({"reaction_type": {"emoji_type": "OK"}});
    let reaction = main.post(&format!("im/v1/messages/{child}/reactions"), reaction).await;
    assert_eq!(reaction.told(), "400 231003 The message is not found, maybe not exist or deleted.");
    let resource = main.get(&format!("im/v1/messages/{child}/resources/img_x?type=image")).await;
    assert_eq!(resource.told(), "400 234043 Unsupported message type.");
    // It goes with the forward.
    recall(main, &nested).await;
    let gone = "400 230110 Action unavailable as the message has been deleted.";
    assert_eq!(main.get(&format!("im/v1/messages/{child}")).await.told(), gone);
    assert_eq!(get(main, &nested).await.len(), 1);
    // What was forwarded out of it stays.
    assert_eq!(get(main, &again).await.len(), 5);
}

#[tokio::test]
async fn users_forward_as_people_do() {
    let world = World::new().await;
    let (main, open, easy) = (world.main(), world.group("open"), world.group("easy"));
    let (first, second) = (main.text(open, "first").await, main.text(open, "second").await);
    let plain = |text: &str, upper| (text.to_owned(), upper);

    // One goes as it is, also to a bot that Ada has never written to.
    let one = json!({"user": "Ada", "message_id_list": [first], "app_id": "main"});
    let one = main.act("forward", one).await;
    let one = get(main, one["message_id"].as_str().expect("an id")).await;
    assert_eq!(
        (outline(&one), &one[0]["sender"]["sender_type"]),
        (vec![plain("first", None)], &json!("user"))
    );

    let several = json!({"user": "Ada", "message_id_list": [second, "om_x", first], "chat_id": easy});
    let several = main.act("forward", several).await;
    let left_out = (&several["chat_id"], &several["invalid_message_id_list"]);
    assert_eq!(left_out, (&json!(easy), &json!(["om_x"])));
    let several = get(main, several["message_id"].as_str().expect("an id")).await;
    assert_eq!(outline(&several), [plain("+", None), plain("first", Some(0)), plain("second", Some(0))]);

    // By the rules that apps forward by.
    let sealed = main.text(world.group("sealed"), "x").await;
    recall(main, &second).await;
    for (message_ids, told) in [
        (json!([sealed]), RESTRICTED),
        (json!([second]), "400 230065 The message to be forwarded has been recalled."),
        (json!([sealed, sealed]), RESTRICTED),
    ] {
        let body = json!({"user": "Ada", "message_id_list": message_ids, "chat_id": easy});
        assert_eq!(main.own(Method::POST, "act/forward", body).await.told(), told);
    }
    let nowhere = json!({"user": "Ada", "message_id_list": [first]});
    let nowhere = main.own(Method::POST, "act/forward", nowhere).await;
    assert_eq!(nowhere.violations(), "app_id: there are several bots: name one");
}

#[tokio::test]
async fn not_everything_can_be_merged() {
    let world = World::new().await;
    let (main, open, easy) = (world.main(), world.group("open"), world.group("easy"));
    let here = main.text(open, "x").await;
    let there = main.text(easy, "x").await;
    let sealed = main.text(world.group("sealed"), "x").await;
    let recalled = main.text(open, "x").await;
    recall(main, &recalled).await;
    let elsewhere = world.app("shy").text(world.group("elsewhere"), "x").await;
    let first = main.text(open, "a").await;
    let second = main.text(open, "b").await;
    let in_first = reply_in_thread(main, &first, "x").await.data("message_id");
    let in_second = reply_in_thread(main, &second, "x").await.data("message_id");
    let mixed = "400 230067 The source of the messages to be merged and forwarded are not in compliance.";
    let cases: [(&[&str], &str); 8] = [
        (&[&here, &there], "400 230069 Does not support forwarding messages from different groups."),
        (&[&recalled], "400 230065 All messages to be forwarded have been recalled."),
        (&[&recalled, "om_x"], "400 230064 All messages to be forwarded are invalid."),
        (&[&elsewhere], "400 230064 All messages to be forwarded are invalid."),
        (&[&in_first, &in_second], mixed),
        (&[&in_first, &here], mixed),
        (&[&sealed], RESTRICTED),
        (&[&first, &in_first], "200 0 success"),
    ];
    for (ids, told) in cases {
        assert_eq!(merge(main, ids, open).await.told(), told, "{ids:?}");
    }
    assert_eq!(merge(world.app("mute"), &[&here], open).await.told(), NO_BOT);
    assert_eq!(merge(main, &[], open).await.violations(), "message_id_list: the min len is 1");
    let many = vec!["om_x"; 101];
    assert_eq!(merge(main, &many, open).await.violations(), "message_id_list: the max len is 100");
}

#[tokio::test]
async fn a_thread_is_forwarded_as_one_message() {
    let world = World::new().await;
    let (main, open, easy) = (world.main(), world.group("open"), world.group("easy"));
    let root = main.text(open, "root").await;
    let thread_id = reply_in_thread(main, &root, "one").await.data("thread_id");
    let two = reply_in_thread(main, &root, "two").await.data("message_id");
    recall(main, &two).await;
    let made = forward_thread(main, &thread_id, easy).await;
    assert_eq!(made.body["data"]["msg_type"], "merge_forward", "{made:?}");
    let texts: Vec<_> =
        outline(&get(main, &made.data("message_id")).await).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["+", "root", "one"]);
    // The thread is no longer for it.
    let listed = main.get(&format!("im/v1/messages?container_id_type=thread&container_id={thread_id}")).await;
    assert_eq!(listed.body["data"]["items"].as_array().map(Vec::len), Some(3));

    let invalid = "400 230064 The thread to be forwarded is invalid.";
    assert_eq!(forward_thread(main, "omt_x", easy).await.told(), invalid);
    let denied = "400 230035 Send message permission deny.";
    assert_eq!(forward_thread(main, &thread_id, world.group("moderated")).await.told(), denied);
    assert_eq!(forward_thread(main, &thread_id, world.group("elsewhere")).await.told(), OUTSIDE);
    assert_eq!(forward_thread(main, &thread_id, "oc_x").await.told(), NO_CHAT);
    assert_eq!(forward_thread(world.app("mute"), &thread_id, easy).await.told(), NO_BOT);
    let threads = main.text(world.group("threads"), "x").await;
    let foreign = get(main, &threads).await[0]["thread_id"].as_str().expect("an id").to_owned();
    assert_eq!(forward_thread(world.app("shy"), &foreign, easy).await.told(), OUTSIDE);
    assert_eq!(forward_thread(world.app("foreign"), &foreign, easy).await.told(), invalid);
    recall(main, &threads).await;
    let deleted = "400 230110 Action unavailable as the message has been deleted.";
    assert_eq!(forward_thread(main, &foreign, easy).await.told(), deleted);
}

#[tokio::test]
async fn users_ask_what_they_have_read() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let read = main.text(world.group("open"), "x").await;
    let unread = main.text(world.group("easy"), "x").await;
    let url = format!("{}/_larkspur/v1/act/read", main.platform.base_url());
    let body = json!({"user": "Ada", "chat_id": world.group("open")});
    main.send(reqwest::Client::new().post(url).json(&body)).await;
    // Apps cannot ask.
    let asked = main.post("im/v1/messages/read_status", json!({"message_ids": [read]})).await;
    assert!(asked.told().starts_with("400 99991663 Invalid access token"), "{asked:?}");
    world.stop().await;

    let ids = [read.as_str().into(), unread.as_str().into(), "om_x".into()];
    let response = stage
        .read(move |view| {
            let app = Arc::new(App::new(view.app_by_app_id("cli_00000000000000a1")?.expect("the app")));
            let ada = view.user_by_user_id(&app.row.tenant_key, "ada")?.expect("Ada").id;
            read_mark::status(view, &Caller { app, user: Some(ada), granted: None }, &ids)
        })
        .await;
    assert_eq!(
        serde_json::to_value(response).expect("JSON"),
        json!({
            "items": [{"message_id": read, "is_read": true}, {"message_id": unread, "is_read": false}],
            "invalid_message_ids": ["om_x"],
        })
    );
}
