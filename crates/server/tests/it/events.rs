//! What apps hear of, over a long connection, and what they do not hear of.
//!
//! An event is in the outbox when the call that caused it is answered, so what is not there then was not sent.

use std::{collections::HashSet, sync::Arc};

use larkspur_domain::ManualClock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Home, clocked, ear::Ear, world::World};

const NOW: &str = "1800000000000";

/// An app that listens.
struct Listener<'w> {
    home: &'w Home,
    ear: Ear,
    known: HashSet<String>,
}

impl<'w> Listener<'w> {
    async fn new(home: &'w Home) -> Self {
        Self { home, ear: home.ear().await, known: HashSet::new() }
    }

    /// What the app heard since it was asked last, in the order it arose.
    async fn hears(&mut self) -> Vec<Value> {
        let mut new = Vec::new();
        for delivery in self.home.deliveries().await {
            let event_id = delivery["event_id"].as_str().expect("an id").to_owned();
            if self.known.insert(event_id.clone()) {
                new.push(event_id);
            }
        }
        let bodies = self.ear.take_all(&new).await;
        for (event_id, body) in new.iter().zip(&bodies) {
            assert_eq!(self.home.delivery(event_id).await["body"], *body);
        }
        bodies
    }

    /// The same, as pairs of what happened and the event itself.
    async fn hears_of(&mut self) -> Vec<(String, Value)> {
        let bodies = self.hears().await;
        bodies.into_iter().map(|body| (kind(&body), body["event"].clone())).collect()
    }

    /// The one event it heard, which is of this type.
    async fn hears_one(&mut self, event_type: &str) -> Value {
        let mut all = self.hears_of().await;
        assert_eq!(all.len(), 1, "{all:?}");
        let (heard, event) = all.remove(0);
        assert_eq!(heard, event_type);
        event
    }

    async fn hears_nothing(&mut self) {
        let heard = self.hears_of().await;
        assert!(heard.is_empty(), "{heard:?}");
    }
}

/// `im.message.receive_v1`
fn kind(body: &Value) -> String {
    let kind = body["header"]["event_type"].as_str().or_else(|| body["event"]["type"].as_str());
    kind.expect("a type").to_owned()
}

async fn garden() -> (Arc<ManualClock>, World) {
    let (clock, builder) = clocked();
    (clock, World::with(builder.rate_limit(false)).await)
}

/// What an app calls a user.
async fn ids(home: &Home, user_id: &str) -> Value {
    let user = home.get(&format!("contact/v3/users/{user_id}?user_id_type=user_id")).await;
    let user = &user.body["data"]["user"];
    json!({"union_id": user["union_id"], "user_id": user_id, "open_id": user["open_id"]})
}

/// What every app calls a bot.
async fn bot(home: &Home) -> Value {
    json!({"open_id": home.get("bot/v3/info").await.body["bot"]["open_id"]})
}

async fn tenant_key(home: &Home) -> Value {
    home.own(Method::GET, &format!("apps/{}", home.app_id), Value::Null).await.body["data"]["tenant_key"]
        .take()
}

#[tokio::test]
async fn a_message_to_a_bot_is_told_whole() {
    let (_, world) = garden().await;
    let main = world.main();
    main.set(json!({"verification_token": "v-token"})).await;
    let mut listener = Listener::new(main).await;
    let sent = main.act("send", json!({"user": "Ada", "app_id": main.app_id, "text": "hi"})).await;
    let mut heard = listener.hears().await;
    let (body, first) = (heard.pop().expect("a message"), heard.pop().expect("a conversation"));
    assert!(heard.is_empty(), "{heard:?}");

    let (ada, tenant_key) = (ids(main, "ada").await, tenant_key(main).await);
    let event_id = body["header"]["event_id"].clone();
    assert_eq!(event_id.as_str().map(str::len), Some(32));
    let agent = format!("Larkspur/{}", env!("CARGO_PKG_VERSION"));
    let expected = json!({
        "schema": "2.0",
        "header": {"event_id": event_id, "event_type": "im.message.receive_v1", "create_time": NOW,
            "token": "v-token", "app_id": main.app_id, "tenant_key": tenant_key},
        "event": {
            "sender": {"sender_id": ada, "sender_type": "user", "tenant_key": tenant_key},
            "message": {"message_id": sent["message_id"], "create_time": NOW, "update_time": NOW,
                "chat_id": sent["chat_id"], "chat_type": "p2p", "message_type": "text",
                "content": r#"{"text":"hi"}"#, "user_agent": agent},
        },
    });
    assert_eq!(body, expected);

    // The first conversation is told in the form of old.
    let (open_id, user_id) = (&ada["open_id"], &ada["user_id"]);
    let uuid = first["uuid"].clone();
    assert!(uuid.as_str().is_some_and(|uuid| uuid.len() == 32 && uuid != event_id), "{first}");
    let expected = json!({
        "ts": "1800000000.000", "uuid": uuid, "token": "v-token", "type": "event_callback",
        "event": {"type": "p2p_chat_create", "app_id": main.app_id, "chat_id": sent["chat_id"], "tenant_key": tenant_key,
            "operator": {"open_id": open_id, "user_id": user_id},
            "user": {"name": "Ada", "open_id": open_id, "user_id": user_id}},
    });
    assert_eq!(first, expected);

    // It is the first but once.
    main.act("send", json!({"user": "Ada", "app_id": main.app_id, "text": "again"})).await;
    listener.hears_one("im.message.receive_v1").await;
}

#[tokio::test]
async fn a_conversation_that_the_bot_begins_is_told_with_the_bot_as_its_operator() {
    let (_, world) = garden().await;
    let main = world.main();
    let mut listener = Listener::new(main).await;
    let ada = ids(main, "ada").await;
    let body =
        json!({"receive_id": "ada", "msg_type": "text", "content": json!({"text": "hello"}).to_string()});
    main.post("im/v1/messages?receive_id_type=user_id", body).await.data("message_id");
    let event = listener.hears_one("p2p_chat_create").await;
    assert_eq!(event["operator"], bot(main).await);
    assert_eq!(event["user"]["open_id"], ada["open_id"]);
}

#[tokio::test]
async fn each_app_hears_the_names_that_are_its_own() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let known_as = world.open_id("shy", "ada").await;
    shy.set(json!({"scopes": ["im:message.group_msg", "im:message:readonly"]})).await;
    let (mut one, mut other) = (Listener::new(main).await, Listener::new(shy).await);
    let open = world.group("open");
    let sent =
        main.act("send", json!({"user": "Ada", "chat_id": open, "text": "hi", "at": ["Bo", "shy"]})).await;
    let mine = one.hears_one("im.message.receive_v1").await;
    let theirs = other.hears_one("im.message.receive_v1").await;

    let (ada, bo) = (ids(main, "ada").await, ids(main, "bo").await);
    assert_eq!(mine["sender"]["sender_id"], ada);
    let mentions = &mine["message"]["mentions"];
    let tenant_key = tenant_key(main).await;
    let mention = |key: &str, id: &Value, kind: &str, name: &str| json!({"key": key, "id": id, "mentioned_type": kind, "name": name, "tenant_key": tenant_key});
    let shys = bot(shy).await;
    assert_eq!(
        *mentions,
        json!([mention("@_user_1", &bo, "user", "Bo"), mention("@_user_2", &shys, "bot", "shy")])
    );
    assert_eq!(mine["message"]["content"], r#"{"text":"@_user_1 @_user_2 hi"}"#);

    // The same message under the names of the other app, which may not see employee ids and clients.
    assert_eq!(theirs["message"]["message_id"], sent["message_id"]);
    assert_eq!(theirs["message"].get("user_agent"), None);
    let sender = &theirs["sender"]["sender_id"];
    assert_eq!(sender["union_id"], ada["union_id"]);
    assert_eq!(sender.get("user_id"), None);
    assert_ne!(sender["open_id"], ada["open_id"]);
    assert_eq!(sender["open_id"], known_as);
    let mentions = &theirs["message"]["mentions"];
    assert_eq!(mentions[0]["id"].get("user_id"), None);
    assert_ne!(mentions[0]["id"]["open_id"], bo["open_id"]);
    assert_eq!(mentions[1]["id"], shys);
}

#[tokio::test]
async fn what_a_bot_hears_in_a_group_depends_on_its_scopes() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let open = world.group("open");
    let me = bot(main).await["open_id"].as_str().expect("an open_id").to_owned();
    let user = async |at: &[&str]| {
        let said = main.act("send", json!({"user": "Ada", "chat_id": open, "text": "x", "at": at})).await;
        said["message_id"].as_str().expect("an id").to_owned()
    };
    let mentioned = format!(r#"<at user_id="{me}">main</at> x"#);
    let at = ["im:message.group_at_msg", "im:message.group_at_msg:readonly"];
    let all = ["im:message.group_msg", "im:message.group_msg:readonly"];
    let bots = "im:message.group_at_msg.include_bot:readonly";
    let p2p = ["im:message.p2p_msg", "im:message.p2p_msg:readonly"];
    // Of: a user's words; to the bot; to another bot; to all; another bot's words; its words to this bot; one-to-one.
    let cases = [
        (vec![at[0]], [false, true, false, false, false, false, false]),
        (vec![at[1]], [false, true, false, false, false, false, false]),
        (vec![all[0]], [true, true, true, true, false, false, false]),
        (vec![all[1]], [true, true, true, true, false, false, false]),
        (vec![bots], [false, true, false, false, false, true, false]),
        (vec![all[0], bots], [true, true, true, true, false, true, false]),
        (vec![p2p[0]], [false, false, false, false, false, false, true]),
        (vec![p2p[1]], [false, false, false, false, false, false, true]),
        (vec!["im:message", "im:chat"], [false; 7]),
        (vec![], [false; 7]),
    ];
    // The first conversation is told to everyone, so it is had before.
    main.act("enter", json!({"user": "Ada", "app_id": main.app_id})).await;
    main.set(json!({"events": ["im.message.receive_v1"]})).await;
    let mut listener = Listener::new(main).await;
    listener.hears().await;
    for (scopes, expected) in cases {
        main.set(json!({"scopes": scopes})).await;
        let said = [
            user(&[]).await,
            user(&["main"]).await,
            user(&["shy"]).await,
            user(&["all"]).await,
            shy.text(open, "x").await,
            shy.text(open, &mentioned).await,
            {
                let sent = json!({"user": "Ada", "app_id": main.app_id, "text": "x"});
                main.act("send", sent).await["message_id"].as_str().expect("an id").to_owned()
            },
        ];
        let heard = listener.hears().await;
        let heard: Vec<_> = heard.iter().map(|body| body["event"]["message"]["message_id"].clone()).collect();
        let told = said.map(|message_id| heard.contains(&message_id.into()));
        assert_eq!(told, expected, "{scopes:?}");
    }
}

#[tokio::test]
async fn a_bot_that_mentions_a_bot_is_told_as_a_bot() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let (me, them) = (bot(main).await, bot(shy).await);
    let mut listener = Listener::new(main).await;
    let at = me["open_id"].as_str().expect("an open_id");
    shy.text(world.group("open"), &format!(r#"<at user_id="{at}">main</at> x"#)).await;
    let event = listener.hears_one("im.message.receive_v1").await;
    assert_eq!((&event["sender"]["sender_id"], &event["sender"]["sender_type"]), (&them, &json!("bot")));
    assert_eq!(event["message"].get("user_agent"), None, "bots have no client");
    assert_eq!(event["message"]["mentions"][0]["id"], me);
}

#[tokio::test]
async fn replies_say_where_they_stand() {
    let (_, world) = garden().await;
    let main = world.main();
    let mut listener = Listener::new(main).await;
    let root = main.text(world.group("open"), "root").await;
    listener.hears_nothing().await;
    let said = main.act("reply", json!({"user": "Ada", "message_id": root, "text": "first"})).await;
    let message = listener.hears_one("im.message.receive_v1").await["message"].take();
    assert_eq!((&message["root_id"], &message["parent_id"]), (&json!(root), &json!(root)));
    let deeper = json!({"user": "Bo", "message_id": said["message_id"], "text": "second"});
    main.act("reply", deeper).await;
    let message = listener.hears_one("im.message.receive_v1").await["message"].take();
    assert_eq!((&message["root_id"], &message["parent_id"]), (&json!(root), &said["message_id"]));
    let threaded = json!({"user": "Ada", "message_id": root, "text": "third", "reply_in_thread": true});
    main.act("reply", threaded).await;
    let message = listener.hears_one("im.message.receive_v1").await["message"].take();
    assert!(message["thread_id"].as_str().is_some_and(|id| id.starts_with("omt_")), "{message}");
    // What was edited is told no second time.
    main.act("edit", json!({"user": "Ada", "message_id": said["message_id"], "text": "first!"})).await;
    listener.hears_nothing().await;
}

#[tokio::test]
async fn a_recalled_message_is_told_with_who_recalled_it() {
    let (_, world) = garden().await;
    let main = world.main();
    let mut listener = Listener::new(main).await;
    let (easy, open) = (world.group("easy"), world.group("open"));
    let said = async |user: &str, chat: &str| {
        let sent = main.act("send", json!({"user": user, "chat_id": chat, "text": "x"})).await;
        sent["message_id"].as_str().expect("an id").to_owned()
    };
    let (own, others) = (said("Ada", easy).await, said("Bo", open).await);
    let bots = main.text(open, "x").await;
    listener.hears().await;
    main.act("recall", json!({"user": "Ada", "message_id": own})).await;
    let event = listener.hears_one("im.message.recalled_v1").await;
    let expected =
        json!({"message_id": own, "chat_id": easy, "recall_time": NOW, "recall_type": "message_owner"});
    assert_eq!(event, expected);
    // The bot owns this group, and hears of what it does itself as well.
    main.call(Method::DELETE, &format!("im/v1/messages/{others}"), json!({})).await;
    assert_eq!(listener.hears_one("im.message.recalled_v1").await["recall_type"], "group_owner");
    main.call(Method::DELETE, &format!("im/v1/messages/{bots}"), json!({})).await;
    assert_eq!(listener.hears_one("im.message.recalled_v1").await["recall_type"], "message_owner");
    // An admin of a group that someone else owns.
    let made = json!({"name": "x", "owner_id": "ada", "user_id_list": ["bo"]});
    let made = main.post("im/v1/chats?user_id_type=user_id&set_bot_manager=true", made).await.data("chat_id");
    let others = said("Bo", &made).await;
    listener.hears().await;
    main.call(Method::DELETE, &format!("im/v1/messages/{others}"), json!({})).await;
    assert_eq!(listener.hears_one("im.message.recalled_v1").await["recall_type"], "group_manager");
}

#[tokio::test]
async fn a_bot_hears_that_its_messages_were_read_one_to_one() {
    let (_, world) = garden().await;
    let main = world.main();
    let chat = main.act("enter", json!({"user": "Ada", "app_id": main.app_id})).await;
    let chat = chat["chat_id"].as_str().expect("a chat");
    let said = [main.text(chat, "one").await, main.text(chat, "two").await];
    main.text(world.group("open"), "three").await;
    let mut listener = Listener::new(main).await;
    listener.hears().await;
    main.act("read", json!({"user": "Ada", "app_id": main.app_id})).await;
    let reader =
        json!({"reader_id": ids(main, "ada").await, "read_time": NOW, "tenant_key": tenant_key(main).await});
    let event = listener.hears_one("im.message.message_read_v1").await;
    assert_eq!(event, json!({"reader": reader, "message_id_list": said}));
    // Nobody is told what was read before, what was read in a group, and what users read of each other.
    main.act("read", json!({"user": "Ada", "app_id": main.app_id})).await;
    let read = main.act("read", json!({"user": "Ada", "chat_id": world.group("open")})).await;
    assert_eq!(read["message_id_list"].as_array().map(Vec::len), Some(1));
    listener.hears_nothing().await;
}

#[tokio::test]
async fn reactions_are_told_when_they_come_and_go() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let message_id = main.text(world.group("open"), "x").await;
    let mut listener = Listener::new(main).await;
    let reaction = json!({"user": "Ada", "message_id": message_id, "emoji_type": "THUMBSUP"});
    main.act("react", reaction.clone()).await;
    let mut expected = json!({"message_id": message_id, "reaction_type": {"emoji_type": "THUMBSUP"},
        "operator_type": "user", "user_id": ids(main, "ada").await, "action_time": NOW});
    assert_eq!(listener.hears_one("im.message.reaction.created_v1").await, expected);
    main.act("unreact", reaction).await;
    assert_eq!(listener.hears_one("im.message.reaction.deleted_v1").await, expected);

    let path = format!("im/v1/messages/{message_id}/reactions");
    let made = shy.post(&path, json!({"reaction_type": {"emoji_type": "SMILE"}})).await.data("reaction_id");
    let object = expected.as_object_mut().expect("an object");
    object.shift_remove("user_id");
    object.insert("operator_type".to_owned(), "app".into());
    object.insert("app_id".to_owned(), shy.app_id.clone().into());
    object.insert("reaction_type".to_owned(), json!({"emoji_type": "SMILE"}));
    assert_eq!(listener.hears_one("im.message.reaction.created_v1").await, expected);
    shy.call(Method::DELETE, &format!("{path}/{made}"), json!({})).await;
    assert_eq!(listener.hears_one("im.message.reaction.deleted_v1").await, expected);
}

#[tokio::test]
async fn users_and_bots_who_come_and_go_are_told() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let chat =
        main.post("im/v1/chats", json!({"name": "New", "i18n_names": {"zh_cn": "新"}})).await.data("chat_id");
    let (mut one, mut other) = (Listener::new(main).await, Listener::new(shy).await);
    one.hears().await;
    let tenant_key = tenant_key(main).await;
    let (me, ada) = (bot(main).await, ids(main, "ada").await);
    let about = |operator: &Value| {
        json!({"chat_id": chat, "operator_id": operator, "external": false,
        "operator_tenant_key": tenant_key, "name": "New", "i18n_names": {"zh_cn": "新"}})
    };
    let with = |mut event: Value, users: Value| {
        event["users"] = users;
        event
    };
    let user = |name: &str, ids: &Value| json!({"name": name, "tenant_key": tenant_key, "user_id": ids});
    let members = |id_type: &str| format!("im/v1/chats/{chat}/members?member_id_type={id_type}");

    // A bot hears of users, also of those it adds itself; of bots only they themselves hear.
    main.post(&members("user_id"), json!({"id_list": ["ada", "bo"]})).await;
    let bo = ids(main, "bo").await;
    let users = json!([user("Ada", &ada), user("Bo", &bo)]);
    assert_eq!(one.hears_one("im.chat.member.user.added_v1").await, with(about(&me), users));
    main.post(&members("app_id"), json!({"id_list": [shy.app_id]})).await;
    one.hears_nothing().await;
    assert_eq!(other.hears_one("im.chat.member.bot.added_v1").await, about(&me));

    main.act("leave", json!({"user": "Ada", "chat_id": chat})).await;
    let left = one.hears_one("im.chat.member.user.deleted_v1").await;
    assert_eq!(left, with(about(&ada), json!([user("Ada", &ada)])));
    other.hears_one("im.chat.member.user.deleted_v1").await;
    main.act("join", json!({"user": "Ada", "chat_id": chat})).await;
    let joined = one.hears_one("im.chat.member.user.added_v1").await;
    assert_eq!(joined, with(about(&ada), json!([user("Ada", &ada)])));
    other.hears_one("im.chat.member.user.added_v1").await;
    // Who is there already does not join.
    main.act("join", json!({"user": "Ada", "chat_id": chat})).await;
    one.hears_nothing().await;

    main.call(Method::DELETE, &members("user_id"), json!({"id_list": ["bo"]})).await;
    let removed = one.hears_one("im.chat.member.user.deleted_v1").await;
    assert_eq!(removed, with(about(&me), json!([user("Bo", &bo)])));
    other.hears_one("im.chat.member.user.deleted_v1").await;
    main.call(Method::DELETE, &members("app_id"), json!({"id_list": [shy.app_id]})).await;
    one.hears_nothing().await;
    assert_eq!(other.hears_one("im.chat.member.bot.deleted_v1").await, about(&me));

    main.post(&members("user_id"), json!({"id_list": ["bo"]})).await;
    one.hears_one("im.chat.member.user.added_v1").await;
    main.act("withdraw", json!({"user": "Ada", "chat_id": chat, "members": ["Bo"]})).await;
    let withdrawn = one.hears_one("im.chat.member.user.withdrawn_v1").await;
    assert_eq!(withdrawn, with(about(&ada), json!([user("Bo", &bo)])));

    // Who is out of the group hears no more of it.
    main.act("send", json!({"user": "Ada", "chat_id": chat, "text": "x", "at": ["shy"]})).await;
    other.hears_nothing().await;
}

#[tokio::test]
async fn a_new_group_is_told_to_the_bots_in_it() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let (mut one, mut other) = (Listener::new(main).await, Listener::new(shy).await);
    let body = json!({"name": "New", "user_id_list": ["ada"], "bot_id_list": [shy.app_id]});
    main.post("im/v1/chats?user_id_type=user_id", body).await.data("chat_id");
    // The one that made it knows.
    one.hears_nothing().await;
    other.hears_one("im.chat.member.bot.added_v1").await;
}

#[tokio::test]
async fn a_changed_group_is_told_as_it_was_and_as_it_is() {
    let (_, world) = garden().await;
    let main = world.main();
    let chat = world.group("easy");
    let mut listener = Listener::new(main).await;
    let path = format!("im/v1/chats/{chat}?user_id_type=user_id");
    main.call(Method::PUT, &path, json!({"name": "Easier", "description": "d"})).await;
    let event = listener.hears_one("im.chat.updated_v1").await;
    let expected = json!({
        "chat_id": chat, "operator_id": bot(main).await, "external": false,
        "operator_tenant_key": tenant_key(main).await,
        "before_change": {"name": "easy", "description": ""},
        "after_change": {"name": "Easier", "description": "d"},
    });
    assert_eq!(event, expected);

    // The owner, and permissions, in a group of the bot's own.
    let body = json!({"name": "Own", "user_id_list": ["ada"]});
    let own = main.post("im/v1/chats?user_id_type=user_id", body).await.data("chat_id");
    listener.hears().await;
    let path = format!("im/v1/chats/{own}?user_id_type=user_id");
    let change = json!({"at_all_permission": "only_owner", "membership_approval": "approval_required", "owner_id": "ada"});
    main.call(Method::PUT, &path, change).await;
    let event = listener.hears_one("im.chat.updated_v1").await;
    let before = json!({"at_all_permission": "all_members", "membership_approval": "no_approval_required", "owner_id": bot(main).await});
    let after = json!({"at_all_permission": "only_owner", "membership_approval": "approval_required", "owner_id": ids(main, "ada").await});
    assert_eq!((&event["before_change"], &event["after_change"]), (&before, &after));

    // What changes nothing is not told.
    main.call(Method::PUT, &path, json!({"name": "Own"})).await;
    listener.hears_nothing().await;
}

#[tokio::test]
async fn a_dissolved_group_is_told_once_more() {
    let (_, world) = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let body = json!({"name": "Brief", "bot_id_list": [shy.app_id]});
    let chat = main.post("im/v1/chats", body).await.data("chat_id");
    let (mut one, mut other) = (Listener::new(main).await, Listener::new(shy).await);
    one.hears().await;
    other.hears().await;
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    let expected = json!({"chat_id": chat, "operator_id": bot(main).await, "external": false,
        "operator_tenant_key": tenant_key(main).await, "name": "Brief"});
    assert_eq!(one.hears_one("im.chat.disbanded_v1").await, expected);
    assert_eq!(other.hears_one("im.chat.disbanded_v1").await, expected);
}

#[tokio::test]
async fn who_opens_the_chat_with_a_bot_and_uses_its_menu_is_told() {
    let (_, world) = garden().await;
    let main = world.main();
    let mut listener = Listener::new(main).await;
    let enter = async || main.act("enter", json!({"user": "Ada", "app_id": main.app_id})).await;
    let chat = enter().await["chat_id"].clone();
    let heard = listener.hears_of().await;
    let kinds: Vec<_> = heard.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["p2p_chat_create", "im.chat.access_event.bot_p2p_chat_entered_v1"]);
    let ada = ids(main, "ada").await;
    assert_eq!(heard[1].1, json!({"chat_id": chat, "operator_id": ada}));
    let last = main.text(chat.as_str().expect("a chat"), "welcome").await;
    enter().await;
    let entered = listener.hears_one("im.chat.access_event.bot_p2p_chat_entered_v1").await;
    let expected = json!({"chat_id": chat, "operator_id": ada, "last_message_id": last, "last_message_create_time": NOW});
    assert_eq!(entered, expected);

    main.act("menu", json!({"user": "Ada", "app_id": main.app_id, "event_key": "help"})).await;
    let operator = json!({"operator_name": "Ada", "operator_id": ada});
    let expected = json!({"operator": operator, "event_key": "help", "timestamp": 1_800_000_000});
    assert_eq!(listener.hears_one("application.bot.menu_v6").await, expected);
    // Without its scope the name stays away.
    main.set(json!({"scopes": ["contact:user.employee_id:readonly"]})).await;
    main.act("menu", json!({"user": "Ada", "app_id": main.app_id, "event_key": "help"})).await;
    let event = listener.hears_one("application.bot.menu_v6").await;
    assert_eq!(event["operator"], json!({"operator_id": ada}));
}

#[tokio::test]
async fn what_is_none_of_an_apps_business_is_not_told() {
    let (_, world) = garden().await;
    let (main, mute, off) = (world.main(), world.app("mute"), world.app("off"));
    let (open, guarded) = (world.group("open"), world.group("guarded"));
    let speak =
        async |chat: &str| main.act("send", json!({"user": "Ada", "chat_id": chat, "text": "x"})).await;

    // Its own messages; groups that its bot is not in; other tenants.
    main.text(open, "own").await;
    let elsewhere = json!({"user": "Ada", "chat_id": world.group("elsewhere"), "text": "x", "at": ["main"]});
    main.act("send", elsewhere).await;
    main.act("send", json!({"user": "Zoe", "chat_id": world.group("abroad"), "text": "x"})).await;
    assert_eq!(main.deliveries().await.len(), 0);
    assert_eq!(world.app("shy").deliveries().await.len(), 1, "it is in the other group");
    assert_eq!(world.app("foreign").deliveries().await.len(), 1);

    // Apps without a bot, and apps that are not in use.
    speak(open).await;
    assert_eq!(main.deliveries().await.len(), 1);
    assert_eq!((mute.deliveries().await.len(), off.deliveries().await.len()), (0, 0));
    main.set(json!({"activate_status": 0})).await;
    speak(open).await;
    assert_eq!(main.deliveries().await.len(), 1);
    main.set(json!({"activate_status": 2})).await;
    main.set(json!({"bot": false})).await;
    speak(open).await;
    assert_eq!(main.deliveries().await.len(), 1);
    main.set(json!({"bot": true})).await;

    // What it does not listen to.
    main.set(json!({"events": ["im.message.recalled_v1"]})).await;
    speak(open).await;
    assert_eq!(main.deliveries().await.len(), 1);
    main.set(json!({"events": []})).await;
    speak(guarded).await;
    assert_eq!(main.deliveries().await.len(), 1);
    main.set(json!({"events": ["im.message.receive_v1"]})).await;
    speak(guarded).await;
    assert_eq!(main.deliveries().await.len(), 2);

    // Events that come without a scope of their own are told all the same.
    main.set(json!({"events": ["*"], "scopes": []})).await;
    speak(guarded).await;
    assert_eq!(main.deliveries().await.len(), 2);
    main.act("menu", json!({"user": "Ada", "app_id": main.app_id, "event_key": "x"})).await;
    assert_eq!(main.deliveries().await.len(), 3);
}

#[tokio::test]
async fn a_bot_hears_those_it_is_available_to() {
    let (_, world) = garden().await;
    let shy = world.app("shy");
    let write = async |user: &str| {
        shy.own(Method::POST, "act/send", json!({"user": user, "app_id": shy.app_id, "text": "x"})).await
    };
    assert_eq!(write("Ada").await.told(), "200 0 success");
    let heard = shy.deliveries().await.len();
    let refused = write("Bo").await;
    assert_eq!(refused.violations(), "app_id: the app is not available to this user");
    assert_eq!(shy.deliveries().await.len(), heard);
    // Who loses it still has the chat: the bot hears nothing of what is said there.
    let chat = shy.act("enter", json!({"user": "Ada", "app_id": shy.app_id})).await;
    shy.set(json!({"availability": ["Bo"]})).await;
    let heard = shy.deliveries().await.len();
    shy.act("send", json!({"user": "Ada", "chat_id": chat["chat_id"], "text": "x"})).await;
    assert_eq!(shy.deliveries().await.len(), heard);
    shy.set(json!({"availability": ["*"]})).await;
    shy.act("send", json!({"user": "Ada", "chat_id": chat["chat_id"], "text": "x"})).await;
    assert_eq!(shy.deliveries().await.len(), heard + 1);
}

#[tokio::test]
async fn a_call_that_is_refused_tells_nobody() {
    let (_, world) = garden().await;
    let main = world.main();
    let open = world.group("open");
    main.post(
        "im/v1/messages?receive_id_type=chat_id",
        json!({"receive_id": open, "msg_type": "text", "content": "{"}),
    )
    .await;
    // Whole or not at all: the second member cannot be added.
    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let before = main.deliveries().await.len();
    let path = format!("im/v1/chats/{chat}/members?member_id_type=user_id&succeed_type=2");
    let refused = main.post(&path, json!({"id_list": ["ada", "cy"]})).await;
    assert_ne!(refused.status, 200, "{refused:?}");
    let same = json!({"user": "Ada", "chat_id": open, "text": "x", "content": "{}"});
    assert_ne!(main.own(Method::POST, "act/send", same).await.status, 200);
    assert_eq!(main.deliveries().await.len(), before);
}
