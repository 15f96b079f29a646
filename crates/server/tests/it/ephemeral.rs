//! `ephemeral.v1.card`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, world::World};

fn card() -> Value {
    json!({"elements": [{"tag": "div", "text": {"tag": "plain_text", "content": "for you"}}]})
}

/// Sends a card for whomever `to` names.
async fn send(home: &Home, chat_id: &str, to: Value) -> Answer {
    let mut body = json!({"chat_id": chat_id, "msg_type": "interactive", "card": card()});
    for (key, value) in to.as_object().expect("an object") {
        body[key] = value.clone();
    }
    home.post("ephemeral/v1/send", body).await
}

async fn delete(home: &Home, message_id: &str) -> Answer {
    home.post("ephemeral/v1/delete", json!({"message_id": message_id})).await
}

#[tokio::test]
async fn one_user_alone_sees_it() {
    let (stage, world) = Stage::new().await;
    let (main, easy) = (world.main(), world.group("easy").to_owned());
    let ada = world.open_id("main", "ada").await;
    let mut ids = Vec::new();
    // The first that is given counts.
    for to in [
        json!({"open_id": ada, "user_id": "nobody", "email": "x"}),
        json!({"user_id": "ada", "email": "x"}),
        json!({"email": "ada@garden.example"}),
    ] {
        ids.push(send(main, &easy, to).await.data("message_id"));
    }
    // The bot that sent it does not see it.
    let unknown = "400 230050 The message is invisible to the operator.";
    let path = format!("im/v1/messages/{}", ids[0]);
    assert_eq!(main.get(&path).await.told(), unknown);
    assert_eq!(main.call(Method::DELETE, &path, json!({})).await.told(), unknown);
    let body = json!({"receive_id": easy});
    let forwarded = main.post(&format!("{path}/forward?receive_id_type=chat_id"), body).await;
    assert_eq!(forwarded.told(), unknown);
    let listed = main.get(&format!("im/v1/messages?container_id_type=chat&container_id={easy}")).await;
    assert_eq!(listed.body["data"]["items"], json!([]));
    // Its user knows it, others do not; and it is no message for the chat to talk about.
    let act = async |verb: &str, user: &str| {
        let url = format!("{}/_larkspur/v1/act/{verb}", main.platform.base_url());
        let body = json!({"user": user, "message_id": ids[0], "emoji_type": "OK", "text": "x"});
        main.send(reqwest::Client::new().post(url).json(&body)).await.told()
    };
    let unsupported = "400 230054 This operation is not supported for this message type.";
    for verb in ["pin", "reply", "recall"] {
        assert_eq!(act(verb, "Ada").await, unsupported, "{verb}");
    }
    assert_eq!(
        act("react", "Ada").await,
        "400 231017 This operation is not supported for this message type."
    );
    assert_eq!(act("react", "Bo").await, "400 231018 The message is invisible to the operator.");
    assert_eq!(act("pin", "Bo").await, unknown);

    assert_eq!(delete(main, &ids[1]).await.told(), "200 0 ok");
    assert_eq!(delete(main, &ids[1]).await.told(), "400 18051 the message was deleted");
    world.stop().await;
    let kept = stage
        .read(move |view| {
            let chat = view.chat_by_chat_id(&easy)?.expect("the chat");
            let ada = view.user_by_user_id(&chat.tenant_key, "ada")?.expect("Ada").id;
            let rows = view.messages_for_one(chat.id, ada)?;
            Ok(rows.into_iter().map(|row| row.state).collect::<Vec<_>>())
        })
        .await;
    use larkspur_store::message::State::{Deleted, Sent};
    assert_eq!(kept, [Sent, Deleted, Sent]);
    assert!(
        stage.heard("cli_00000000000000a4").await.iter().all(|(kind, _)| kind != "im.message.receive_v1")
    );
}

#[tokio::test]
async fn not_everyone_can_be_shown_a_card() {
    let world = World::new().await;
    let (main, shy, open) = (world.main(), world.app("shy"), world.group("open"));
    let ada = world.open_id("main", "ada").await;
    let foreign = world.open_id("shy", "ada").await;
    let to = json!({"user_id": "ada"});
    let message = json!({"receive_id": "ada", "msg_type": "text", "content": "{\"text\":\"x\"}"});
    let p2p = main.post("im/v1/messages?receive_id_type=user_id", message).await.data("chat_id");
    let gone = main.post("im/v1/chats", json!({"name": "x", "user_id_list": [ada]})).await.data("chat_id");
    main.call(Method::DELETE, &format!("im/v1/chats/{gone}"), json!({})).await;
    let cases = [
        (main, "oc_x", to.clone(), "400 11231 chat not found"),
        (main, world.group("abroad"), to.clone(), "400 11231 chat not found"),
        (main, &gone, to.clone(), "400 11237 group chat dissolved"),
        (main, world.group("elsewhere"), to.clone(), "400 10030 bot not in chat"),
        (main, &p2p, to.clone(), "400 11228 chat is not group"),
        (world.app("mute"), open, to, "400 11205 app do not have bot"),
        (main, open, json!({"open_id": "ou_x"}), "400 11101 open_id not exist"),
        (main, open, json!({"open_id": foreign}), "400 99992361 open_id cross app"),
        (main, open, json!({"user_id": "x"}), "400 11105 user_id not exist"),
        (main, open, json!({"email": "x"}), "400 10004 user not found"),
        (main, world.group("easy"), json!({"user_id": "bo"}), "400 11206 user not in chat"),
        (shy, open, json!({"user_id": "bo"}), "400 11225 the bot is invisible to the user"),
        (
            main,
            open,
            json!({}),
            "400 10001 Your request contains an invalid request parameter, \
             ext=open_id, user_id or email is required",
        ),
        (
            main,
            open,
            json!({"user_id": "ada", "card": "x"}),
            "400 18054 create message content fail, ext=Failed to create card content, ext=ErrCode: 200621; \
             ErrMsg: parse card json err, please check whether the card json is correct",
        ),
    ];
    for (home, chat_id, to, told) in cases {
        assert_eq!(send(home, chat_id, to.clone()).await.told(), told, "{to}");
    }
    let text = send(main, open, json!({"user_id": "ada", "msg_type": "text"})).await;
    assert_eq!(text.violations(), "msg_type: options: [interactive]");

    let sent = send(main, open, json!({"user_id": "ada"})).await.data("message_id");
    let plain = main.text(open, "x").await;
    let cases = [
        (main, "om_x", "400 10020 message id not exist"),
        (main, &plain, "400 10020 message id not exist"),
        (world.app("foreign"), &sent, "400 10020 message id not exist"),
        (shy, &sent, "400 11234 this message do not belong you"),
        (world.app("mute"), &sent, "400 11205 app do not have bot"),
    ];
    for (home, message_id, told) in cases {
        assert_eq!(delete(home, message_id).await.told(), told);
    }
    let leave = json!({"id_list": ["cli_00000000000000a1"]});
    let left =
        main.call(Method::DELETE, &format!("im/v1/chats/{open}/members?member_id_type=app_id"), leave).await;
    assert_eq!(left.told(), "200 0 success");
    assert_eq!(delete(main, &sent).await.told(), "400 10030 bot not in chat");
}

#[tokio::test]
async fn forty_a_second_reach_one_group() {
    crate::shows(&["ephemeral.send.per_chat_qps"]);
    let (_, builder) = clocked();
    let world = World::with(builder).await;
    let (main, easy) = (world.main(), world.group("easy"));
    for _ in 0..40 {
        assert_eq!(send(main, easy, json!({"user_id": "ada"})).await.told(), "200 0 success");
    }
    let limited = "400 11233 create message chat trigger rate limit";
    assert_eq!(send(main, easy, json!({"user_id": "ada"})).await.told(), limited);
    assert_eq!(send(main, world.group("open"), json!({"user_id": "ada"})).await.told(), "200 0 success");
}
