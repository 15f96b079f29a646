//! `im.v1.message`: sending, replying, editing, recalling.

use std::time::Duration;

use larkspur_server::Platform;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Home, clocked, world::World};

const INVALID: &str = "400 230001 Your request contains an invalid request parameter, ext=";

async fn send_to(home: &Home, receive_id_type: &str, receive_id: &str) -> String {
    let content = json!({"text": "x"}).to_string();
    let body = json!({"receive_id": receive_id, "msg_type": "text", "content": content});
    home.post(&format!("im/v1/messages?receive_id_type={receive_id_type}"), body).await.told()
}

#[tokio::test]
async fn a_user_is_reached_by_every_kind_of_id() {
    let home = Home::new().await;
    let user = home.platform.workspace().users[2].clone();
    let ids = [
        ("open_id", &user.open_id),
        ("user_id", &user.user_id),
        ("union_id", &user.union_id),
        ("email", &user.email),
    ];
    let mut chats = Vec::new();
    for (id_type, id) in ids {
        let body = json!({"receive_id": id, "msg_type": "text", "content": r#"{"text":"hi"}"#});
        let answer = home.post(&format!("im/v1/messages?receive_id_type={id_type}"), body).await;
        chats.push(answer.data("chat_id"));
    }
    chats.dedup();
    assert_eq!(chats.len(), 1, "one chat with each user");
}

#[tokio::test]
async fn receivers_that_cannot_be_reached_are_refused() {
    let world = World::new().await;
    let main = world.main();
    let nobody = "ou_00000000000000000000000000000000";
    let theirs = world.open_id("shy", "ada").await;
    let unknown = "400 230034 The receive_id is invalid.";
    let no_availability = "400 230013 Bot has NO availability to this user.";
    let outside = "400 230002 The bot can not be outside the group.";
    let cases = [
        ("chat_id", "nonsense", format!("{INVALID}invalid receive_id")),
        ("chat_id", "oc_00000000000000000000000000000000", unknown.to_owned()),
        ("chat_id", world.group("elsewhere"), outside.to_owned()),
        ("chat_id", world.group("abroad"), outside.to_owned()),
        ("open_id", "oc_00000000000000000000000000000000", format!("{INVALID}invalid receive_id")),
        ("open_id", nobody, unknown.to_owned()),
        ("open_id", &theirs, "400 99992361 open_id cross app".to_owned()),
        ("user_id", "nobody", unknown.to_owned()),
        ("user_id", "zoe", unknown.to_owned()),
        ("user_id", "cy", "400 230029 User has resigned.".to_owned()),
        ("email", "nonsense", format!("{INVALID}invalid receive_id")),
        ("email", "zoe@other.example", unknown.to_owned()),
    ];
    for (receive_id_type, receive_id, told) in cases {
        assert_eq!(send_to(main, receive_id_type, receive_id).await, told, "{receive_id_type} {receive_id}");
    }
    assert_eq!(send_to(world.app("shy"), "user_id", "bo").await, no_availability);
    let bot = main.get("bot/v3/info").await.body["bot"]["open_id"].as_str().expect("an id").to_owned();
    let to_bot = send_to(main, "open_id", &bot).await;
    assert_eq!(to_bot, format!("{INVALID}this operation to bots is currently not supported"));
}

#[tokio::test]
async fn every_type_of_message_is_sent_and_read_back() {
    let world = World::new().await;
    let (home, chat, user) = (world.main(), world.group("open"), world.open_id("main", "ada").await);
    let image_key = home.image_key().await;
    let file_key = home.upload_file("pdf", "a.pdf", b"%PDF").await.data("file_key");
    let opus = home.upload_file("opus", "a.opus", b"OggS").await.data("file_key");
    let mp4 = home.upload_file("mp4", "a.mp4", b"ftyp").await.data("file_key");
    let cases = [
        ("text", json!({"text": "hi"}), json!({"text": "hi"})),
        (
            "post",
            json!({"zh_cn": {"title": "T", "content": [[{"tag": "text", "text": "a"}, {"tag": "a", "href": "https://x.example", "text": "x"}], [{"tag": "img", "image_key": image_key}]]}}),
            json!({"title": "T", "content": [[{"tag": "text", "text": "a", "style": []}, {"tag": "a", "href": "https://x.example", "text": "x", "style": []}], [{"tag": "img", "image_key": image_key}]]}),
        ),
        ("image", json!({"image_key": image_key}), json!({"image_key": image_key})),
        ("file", json!({"file_key": file_key}), json!({"file_key": file_key, "file_name": "a.pdf"})),
        ("audio", json!({"file_key": opus}), json!({"file_key": opus})),
        (
            "media",
            json!({"file_key": mp4, "image_key": image_key}),
            json!({"file_key": mp4, "image_key": image_key, "file_name": "a.mp4"}),
        ),
        ("share_chat", json!({"chat_id": chat}), json!({"chat_id": chat})),
        ("share_user", json!({"user_id": user}), json!({"user_id": user})),
    ];
    for (msg_type, content, shown) in cases {
        let answer = home.say(chat, msg_type, &content).await;
        let message_id = answer.data("message_id");
        let got = home.get(&format!("im/v1/messages/{message_id}")).await;
        let message = &got.body["data"]["items"][0];
        assert_eq!(message["msg_type"], msg_type);
        let text = message["body"]["content"].as_str().expect("content is a string");
        let read: Value = serde_json::from_str(text).expect("content is JSON");
        for (field, value) in shown.as_object().expect("an object") {
            if field == "content" {
                continue;
            }
            assert_eq!(&read[field], value, "{msg_type} {read}");
        }
    }
}

#[tokio::test]
async fn a_card_is_sent_in_either_version() {
    let home = Home::new().await;
    let old = json!({"header": {"title": {"tag": "plain_text", "content": "Title"}}, "elements": [{"tag": "div", "text": {"tag": "lark_md", "content": "**hi**"}}]});
    let new = json!({"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": "hi"}]}});
    for card in [old, new] {
        let message_id = home.say(home.chat_id(), "interactive", &card).await.data("message_id");
        let path = format!("im/v1/messages/{message_id}?card_msg_content_type=raw_card_content");
        let got = home.get(&path).await;
        assert_eq!(got.body["data"]["items"][0]["msg_type"], "interactive");
    }
}

#[tokio::test]
async fn content_that_is_wrong_is_refused() {
    let home = Home::new().await;
    let chat = home.chat_id();
    let file_key = home.upload_file("pdf", "a.pdf", b"%PDF").await.data("file_key");
    let cases = [
        ("text", json!({}), format!("{INVALID}content format of the text type is incorrect")),
        ("nonsense", json!({"text": "x"}), format!("{INVALID}invalid msg_type")),
        ("image", json!({"image_key": "img_v3_x"}), format!("{INVALID}invalid image_key")),
        ("file", json!({"file_key": "file_v3_x"}), format!("{INVALID}invalid file_key")),
        ("sticker", json!({"file_key": "file_v3_x"}), format!("{INVALID}invalid file_key")),
        ("share_chat", json!({"chat_id": "oc_x"}), format!("{INVALID}invalid chat_id")),
        ("share_user", json!({"user_id": "ou_x"}), format!("{INVALID}invalid user_id")),
        (
            "audio",
            json!({"file_key": file_key}),
            "400 230055 The type of file upload does not match the type of message being sent.".to_owned(),
        ),
        (
            "text",
            json!({"text": "x".repeat(150 * 1024)}),
            "400 230025 The length of the message content reaches its limit.".to_owned(),
        ),
        (
            "system",
            json!({"type": "divider", "params": {"divider_text": {"text": "x"}}}),
            format!("{INVALID}sending system messages in group chats is not supported"),
        ),
    ];
    for (msg_type, content, told) in cases {
        assert_eq!(home.say(chat, msg_type, &content).await.told(), told, "{msg_type}");
    }
    let body = json!({"receive_id": chat, "msg_type": "text", "content": "not json"});
    let answer = home.post("im/v1/messages?receive_id_type=chat_id", body).await;
    assert_eq!(answer.told(), format!("{INVALID}content is not a string in json format"));
    let card =
        home.say(chat, "interactive", &json!({"type": "template", "data": {"template_id": "AAq"}})).await;
    assert!(card.told().starts_with("400 230099 Failed to create card content, ext="), "{card:?}");
}

#[tokio::test]
async fn the_chat_decides_who_speaks() {
    let world = World::new().await;
    let main = world.main();
    let text = json!({"text": "x"});
    let forbidden = "400 230018 These operations are NOT allowed at current group settings.";
    assert_eq!(main.say(world.group("moderated"), "text", &text).await.told(), forbidden);
    let to_all = json!({"text": "<at user_id=\"all\"></at> hear"});
    assert_eq!(main.say(world.group("guarded"), "text", &to_all).await.told(), forbidden);
    assert_eq!(main.say(world.group("open"), "text", &to_all).await.told(), "200 0 success");
}

#[tokio::test]
async fn mentions_get_keys_names_and_ids() {
    let home = Home::new().await;
    let user = home.platform.workspace().users[2].clone();
    let text = format!("<at user_id=\"{}\">x</at> and <at user_id=\"nobody\">n</at>", user.open_id);
    let message_id = home.text(home.chat_id(), &text).await;
    let got = home.get(&format!("im/v1/messages/{message_id}")).await;
    let message = &got.body["data"]["items"][0];
    let content: Value =
        serde_json::from_str(message["body"]["content"].as_str().expect("a string")).expect("JSON");
    assert_eq!(content["text"], "@_user_1 and <at user_id=\"nobody\">n</at>");
    assert_eq!(message["mentions"][0]["key"], "@_user_1");
    assert_eq!(message["mentions"][0]["id"], user.open_id);
    assert_eq!(message["mentions"][0]["name"], user.name);
    assert_eq!(message["mentions"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_uuid_sends_once_in_an_hour_also_across_a_restart() {
    crate::shows(&["message.send.uuid_window"]);
    let folder = tempfile::tempdir().expect("a folder");
    let (clock, _) = clocked();
    let start = || Platform::builder().clock(clock.clone()).data(folder.path()).start();
    let platform = std::sync::Arc::new(start().await.expect("starts"));
    let (id, secret) = (platform.workspace().app_id.clone(), platform.workspace().app_secret.clone());
    let home = Home::of(platform, &id, &secret).await;
    let chat_id = home.chat_id().to_owned();
    let send = async |home: &Home| {
        let body =
            json!({"receive_id": chat_id, "msg_type": "text", "content": r#"{"text":"x"}"#, "uuid": "once"});
        home.post("im/v1/messages?receive_id_type=chat_id", body).await.data("message_id")
    };
    let first = send(&home).await;
    assert_eq!(send(&home).await, first);
    home.stop().await;
    let home = Home::of(std::sync::Arc::new(start().await.expect("starts again")), &id, &secret).await;
    clock.advance(Duration::from_secs(3599));
    assert_eq!(send(&home).await, first);
    clock.advance(Duration::from_secs(1));
    assert_ne!(send(&home).await, first);
}

#[tokio::test]
async fn replies_know_what_they_answer() {
    let home = Home::new().await;
    let root = home.text(home.chat_id(), "root").await;
    let reply = async |to: &str, in_thread: bool| {
        let body = json!({"msg_type": "text", "content": r#"{"text":"re"}"#, "reply_in_thread": in_thread});
        home.post(&format!("im/v1/messages/{to}/reply"), body).await
    };
    let first = reply(&root, false).await;
    assert_eq!(first.data("root_id"), root);
    assert_eq!(first.data("parent_id"), root);
    let second = reply(&first.data("message_id"), false).await;
    assert_eq!(second.data("root_id"), root);
    assert_eq!(second.data("parent_id"), first.data("message_id"));

    let threaded = reply(&root, true).await;
    let thread_id = threaded.data("thread_id");
    assert!(thread_id.starts_with("omt_"), "{thread_id}");
    let listed = home.get(&format!("im/v1/messages?container_id_type=thread&container_id={thread_id}")).await;
    let ids: Vec<_> = listed.body["data"]["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["message_id"])
        .collect();
    assert_eq!(ids, [&json!(root), &json!(threaded.data("message_id"))]);
}

#[tokio::test]
async fn a_group_of_threads_starts_one_with_every_message() {
    let world = World::new().await;
    let message = world.main().say(world.group("threads"), "text", &json!({"text": "x"})).await;
    assert!(message.data("thread_id").starts_with("omt_"));
}

#[tokio::test]
async fn messages_that_are_not_there_cannot_be_answered() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let body = || json!({"msg_type": "text", "content": r#"{"text":"re"}"#});
    let reply =
        async |home: &Home, id: &str| home.post(&format!("im/v1/messages/{id}/reply"), body()).await.told();
    assert_eq!(reply(main, "om_nothing").await, "400 99992354 these ids not existed: [om_nothing]");
    let theirs = world.app("shy").text(world.group("elsewhere"), "x").await;
    assert_eq!(reply(main, &theirs).await, "400 230002 The bot can not be outside the group.");
    let recalled = main.text(open, "x").await;
    assert_eq!(
        main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await.told(),
        "200 0 success"
    );
    assert_eq!(reply(main, &recalled).await, "400 230011 The message is recalled.");
    let abroad = world.app("foreign").text(world.group("abroad"), "x").await;
    assert_eq!(reply(main, &abroad).await, format!("400 99992354 these ids not existed: [{abroad}]"));
}

#[tokio::test]
async fn a_text_is_edited_twenty_times_by_its_sender() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = main.text(open, "0").await;
    let edit = async |home: &Home, id: &str, text: &str| {
        let body = json!({"msg_type": "text", "content": json!({"text": text}).to_string()});
        home.call(Method::PUT, &format!("im/v1/messages/{id}"), body).await
    };
    assert_eq!(
        edit(world.app("shy"), &message_id, "x").await.told(),
        "400 230071 The operator is not the sender of the message."
    );
    for number in 1..=20 {
        let edited = edit(main, &message_id, &number.to_string()).await;
        assert_eq!(edited.told(), "200 0 success");
        assert_eq!(edited.body["data"]["updated"], true);
    }
    assert_eq!(
        edit(main, &message_id, "21").await.told(),
        "400 230072 The message has reached the number of times it can be edited."
    );
    let image_key = main.image_key().await;
    let picture = main.say(open, "image", &json!({"image_key": image_key})).await.data("message_id");
    assert_eq!(
        edit(main, &picture, "x").await.told(),
        "400 230054 This operation is not supported for this message type."
    );
    let body = json!({"msg_type": "image", "content": json!({"image_key": image_key}).to_string()});
    let answer = main.call(Method::PUT, &format!("im/v1/messages/{picture}"), body).await;
    assert_eq!(answer.told(), format!("{INVALID}invalid msg_type"));
}

#[tokio::test]
async fn a_message_is_recalled_by_its_sender_or_by_who_runs_the_group() {
    let world = World::new().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let recall = async |home: &Home, id: &str| {
        home.call(Method::DELETE, &format!("im/v1/messages/{id}"), json!({})).await.told()
    };
    let own = shy.text(world.group("open"), "x").await;
    assert_eq!(recall(shy, &own).await, "200 0 success");
    assert_eq!(recall(shy, &own).await, "400 230110 Action unavailable as the message has been deleted.");
    // The first app of the group made it and owns it.
    let of_shy = shy.text(world.group("open"), "x").await;
    assert_eq!(recall(main, &of_shy).await, "200 0 success");
    let of_main = main.text(world.group("open"), "x").await;
    assert_eq!(recall(shy, &of_main).await, "400 230026 No permission to recall this message.");
}

#[tokio::test]
async fn after_a_year_only_the_sender_recalls() {
    crate::shows(&["message.recall.others_max_age"]);
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let (main, shy, open) = (world.main(), world.app("shy"), world.group("open"));
    let of_shy = shy.text(open, "x").await;
    clock.advance(Duration::from_secs(366 * 24 * 60 * 60));
    let main = Home::of(main.platform.clone(), "cli_00000000000000a1", "main").await;
    assert_eq!(
        main.call(Method::DELETE, &format!("im/v1/messages/{of_shy}"), json!({})).await.told(),
        "400 230009 Message has expired when recall message."
    );
}
