//! Searching messages in a user's name.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, world::World};

/// An app that acts in a user's name.
struct Seeker<'w> {
    home: &'w Home,
    token: String,
}

impl<'w> Seeker<'w> {
    async fn new(home: &'w Home, user: &str) -> Self {
        let body = json!({"user": user, "app_id": home.app_id});
        let token = home.own(Method::POST, "users/token", body).await.data("access_token");
        Self { home, token }
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        let request = self.home.request(Method::POST, path).bearer_auth(&self.token).json(&body);
        self.home.send(request).await
    }

    async fn search(&self, body: Value) -> Answer {
        self.post("im/v1/messages/search?user_id_type=user_id", body).await
    }

    /// The texts that are found.
    async fn finds(&self, body: Value) -> Vec<String> {
        shown(&self.search(body).await)
    }

    async fn by_words(&self, query: &str) -> Vec<String> {
        self.finds(json!({"query": query})).await
    }

    async fn by(&self, filter: Value) -> Vec<String> {
        self.finds(json!({"filter": filter})).await
    }
}

fn items(answer: &Answer) -> &[Value] {
    assert_eq!(answer.told(), "200 0 success", "{answer:?}");
    answer.body["data"]["items"].as_array().expect("a list")
}

fn shown(answer: &Answer) -> Vec<String> {
    items(answer).iter().map(|item| item["display_info"].as_str().expect("a text").to_owned()).collect()
}

#[tokio::test]
async fn messages_are_found_by_their_words_in_any_language() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    for text in ["这是一条测试消息", "Hello, World", "안녕하세요 여러분", "привет, мир", "สวัสดีครับ"]
    {
        main.text(open, text).await;
    }
    let ada = Seeker::new(main, "ada").await;
    for (query, found) in [
        ("测试", "这是一条测试消息"),
        ("消", "这是一条测试消息"),
        ("测试消息", "这是一条测试消息"),
        ("WORLD hel", "Hello, World"),
        ("hello,", "Hello, World"),
        ("하세", "안녕하세요 여러분"),
        ("МИР", "привет, мир"),
        ("สวัส", "สวัสดีครับ"),
    ] {
        assert_eq!(ada.by_words(query).await, [found], "{query}");
    }
    for nothing in ["试测", "worldly", "ello", "!!!", "\" OR \""] {
        assert_eq!(ada.by_words(nothing).await, [""; 0], "{nothing}");
    }
    assert_eq!(ada.by_words("").await.len(), 5, "without words: everything");
}

#[tokio::test]
async fn every_type_is_found_by_what_people_read() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let post = json!({"zh_cn": {"title": "周报", "content": [[
        {"tag": "text", "text": "进展 "}, {"tag": "a", "text": "链接", "href": "https://larkspur.example"},
        {"tag": "at", "user_id": world.open_id("main", "bo").await}
    ], [{"tag": "md", "text": "**粗体**"}]]}});
    main.say(open, "post", &post).await;
    let card = json!({"header": {"title": {"tag": "plain_text", "content": "Deployment"}},
        "elements": [{"tag": "markdown", "content": "all **green**"}]});
    main.say(open, "interactive", &card).await;
    let file_key = main.upload_file("pdf", "季度报告.pdf", b"%PDF").await.data("file_key");
    main.say(open, "file", &json!({"file_key": file_key})).await;
    main.say(open, "image", &json!({"image_key": main.image_key().await})).await;
    main.say(open, "text", &json!({"text": "see https://larkspur.example"})).await;
    let ada = Seeker::new(main, "ada").await;
    for (query, kind) in [
        ("周报 粗体", "post"),
        ("链接", "post"),
        ("@bo", "post"),
        ("deployment green", "card"),
        ("报告", "file"),
    ] {
        let found = ada.search(json!({"query": query})).await;
        let kinds: Vec<_> = items(&found).iter().map(|item| item["meta_data"]["type"].clone()).collect();
        assert_eq!(kinds, [kind], "{query}");
    }
    assert_eq!(ada.by_words("user_1").await, [""; 0], "keys are no words");
    let holding = async |kind: &str| ada.by(json!({"include_attachment_types": [kind]})).await.len();
    assert_eq!(
        [holding("image").await, holding("file").await, holding("link").await, holding("video").await],
        [1, 1, 2, 0]
    );
}

#[tokio::test]
async fn the_index_keeps_up() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let ada = Seeker::new(main, "ada").await;
    let message_id = main.text(open, "before").await;
    assert_eq!(ada.by_words("before").await, ["before"]);
    let body = json!({"msg_type": "text", "content": json!({"text": "after"}).to_string()});
    assert_eq!(main.call(Method::PUT, &format!("im/v1/messages/{message_id}"), body).await.status, 200);
    assert_eq!(ada.by_words("before").await, [""; 0]);
    assert_eq!(ada.by_words("after").await, ["after"]);
    main.call(Method::DELETE, &format!("im/v1/messages/{message_id}"), json!({})).await;
    assert_eq!(ada.by_words("after").await, [""; 0]);

    let card = |text: &str| json!({"config": {"update_multi": true}, "elements": [{"tag": "markdown", "content": text}]});
    let sent = main.say(open, "interactive", &card("draft")).await.data("message_id");
    let body = json!({"content": card("final").to_string()});
    assert_eq!(main.call(Method::PATCH, &format!("im/v1/messages/{sent}"), body).await.status, 200);
    assert_eq!(ada.by_words("draft").await, [""; 0]);
    assert_eq!(ada.by_words("final").await, ["final"]);

    let reply = json!({"msg_type": "text", "content": json!({"text": "in a thread"}).to_string(), "reply_in_thread": true});
    main.post(&format!("im/v1/messages/{sent}/reply"), reply).await;
    let found = ada.search(json!({"query": "thread"})).await;
    let meta = &items(&found)[0]["meta_data"];
    assert!(meta["thread_id"].as_str().is_some_and(|id| id.starts_with("omt_")), "{meta}");
    assert_eq!(meta["thread_position"], 2);
}

#[tokio::test]
async fn only_what_the_user_sees_is_found() {
    let world = World::new().await;
    let main = world.main();
    main.text(world.group("open"), "secret of both").await;
    main.text(world.group("easy"), "secret of ada").await;
    world.app("shy").text(world.group("elsewhere"), "secret elsewhere").await;
    world.app("foreign").text(world.group("abroad"), "secret abroad").await;
    let (ada, bo) = (Seeker::new(main, "ada").await, Seeker::new(main, "bo").await);
    assert_eq!(ada.by_words("secret").await, ["secret elsewhere", "secret of ada", "secret of both"]);
    assert_eq!(bo.by_words("secret").await, ["secret of both"]);
    let easy = world.group("easy");
    assert_eq!(bo.by(json!({"chat_ids": [easy]})).await, [""; 0]);
    assert_eq!(ada.by(json!({"chat_ids": [easy, "oc_x"]})).await, ["secret of ada"]);
    let two = json!({"query": "secret", "filter": {"chat_ids": [easy, world.group("open")]}});
    assert_eq!(ada.finds(two).await, ["secret of ada", "secret of both"]);

    let card = json!({"elements": [{"tag": "markdown", "content": "secret for one"}]});
    let body =
        json!({"chat_id": world.group("open"), "user_id": "ada", "msg_type": "interactive", "card": card});
    assert_eq!(main.post("ephemeral/v1/send", body).await.told(), "200 0 success");
    assert_eq!(ada.by_words("secret for one").await, [""; 0], "it stands in no list");

    let body = json!({"id_list": ["bo"]});
    let members = format!("im/v1/chats/{}/members?member_id_type=user_id", world.group("open"));
    main.call(Method::DELETE, &members, body).await;
    assert_eq!(bo.by_words("secret").await, [""; 0], "outside, nothing is seen");
}

#[tokio::test]
async fn everything_else_can_be_asked_for() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    main.text(open, "from the bot").await;
    clock.advance(Duration::from_secs(60));
    main.act("send", json!({"user": "ada", "chat_id": open, "text": "from ada", "at": ["main"]})).await;
    clock.advance(Duration::from_secs(60));
    main.act("send", json!({"user": "bo", "app_id": main.app_id, "text": "alone with the bot"})).await;
    main.act("send", json!({"user": "bo", "chat_id": open, "text": "look", "at": ["ada"]})).await;
    let (ada, bo) = (Seeker::new(main, "ada").await, Seeker::new(main, "bo").await);

    assert_eq!(bo.by(json!({"from_ids": ["ada"]})).await, ["@main from ada"]);
    assert_eq!(bo.by(json!({"from_ids": [main.app_id]})).await, ["from the bot"]);
    assert_eq!(bo.by(json!({"from_types": ["bot"]})).await, ["from the bot"]);
    assert_eq!(ada.by(json!({"exclude_from_types": ["bot"]})).await, ["@Ada look", "@main from ada"]);
    assert_eq!(bo.by(json!({"chat_type": "p2p"})).await, ["alone with the bot"]);
    assert_eq!(ada.by(json!({"chat_type": "p2p"})).await, [""; 0]);
    assert_eq!(ada.by(json!({"is_at_me": true})).await, ["@Ada look"]);
    assert_eq!(bo.by(json!({"is_at_me": true})).await, [""; 0]);
    assert_eq!(bo.by(json!({"at_chatter_ids": ["ada"]})).await, ["@Ada look"]);
    let between = |start: &str, end: &str| json!({"time_range": {"start_time": start, "end_time": end}});
    assert_eq!(bo.by(between("1800000060", "1800000060")).await, ["@main from ada"]);
    assert_eq!(bo.by(between("", "2027-01-15T16:00:00+08:00")).await, ["from the bot"]);

    let found = ada.search(json!({"query": "look"})).await;
    let item = &items(&found)[0];
    let meta = &item["meta_data"];
    assert_eq!(item["id"], meta["message_id"]);
    assert_eq!(
        (&meta["from_id"], &meta["chat_id"], &meta["is_p2p_chat"], &meta["create_time"], &meta["position"]),
        (&json!("bo"), &json!(open), &json!(false), &json!("1800000120000"), &json!(3))
    );

    let invalid = "400 99992402 field validation failed";
    for wrong in [
        json!({"filter": {"from_types": ["x"]}}),
        json!({"filter": {"time_range": {"start_time": "yesterday"}}}),
        json!({"filter": between("1800000061", "1800000060")}),
    ] {
        assert_eq!(ada.search(wrong.clone()).await.told(), invalid, "{wrong}");
    }
    assert_eq!(ada.post("im/v1/messages/search?page_size=31", json!({})).await.told(), invalid);
    assert_eq!(
        ada.search(json!({"filter": {"from_ids": ["nobody"]}})).await.told(),
        "400 99992360 Your request contains not existed id."
    );
    assert_eq!(main.post("im/v1/messages/search", json!({})).await.body["code"], 99991663, "a bot's token");
    let body = json!({"user": "ada", "app_id": main.app_id, "scope": "im:message"});
    let narrow = main.own(Method::POST, "users/token", body).await.data("access_token");
    let narrow = Seeker { home: main, token: narrow };
    assert_eq!(narrow.search(json!({})).await.body["code"], 99991679, "not granted");
}

#[tokio::test]
async fn long_results_come_in_pages() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    for number in 0..7 {
        main.text(open, &format!("page {number}")).await;
    }
    let ada = Seeker::new(main, "ada").await;
    let page = async |token: &str, query: &str| {
        let path = format!("im/v1/messages/search?page_size=3&page_token={token}");
        ada.post(&path, json!({"query": query})).await
    };
    let first = page("", "page").await;
    assert_eq!(shown(&first), ["page 6", "page 5", "page 4"]);
    assert_eq!((&first.body["data"]["total"], &first.body["data"]["has_more"]), (&json!(7), &json!(true)));
    main.text(open, "page 7").await;
    let second = page(&first.data("page_token"), "page").await;
    assert_eq!(shown(&second), ["page 3", "page 2", "page 1"], "what came since does not move them");
    assert_eq!(second.body["data"]["total"], 7);
    let last = page(&second.data("page_token"), "page").await;
    assert_eq!(shown(&last), ["page 0"]);
    assert_eq!(
        (&last.body["data"]["has_more"], &last.body["data"]["page_token"]),
        (&json!(false), &Value::Null)
    );
    let invalid = "400 99992402 field validation failed";
    assert_eq!(page("nonsense", "page").await.told(), invalid);
    assert_eq!(page(&first.data("page_token"), "other").await.told(), invalid);

    let long = ada.search(json!({"query": format!("page{}x", " ".repeat(46))})).await;
    assert_eq!(items(&long).len(), 8, "what is beyond 50 characters does not count");
    assert_eq!(
        long.data("notice"),
        "The query is too long and has been truncated to the first 50 characters for search."
    );
}

#[tokio::test]
async fn the_older_search_gives_ids() {
    let (_, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let first = main.text(open, "会议纪要 一").await;
    let file_key = main.upload_file("pdf", "会议纪要.pdf", b"%PDF").await.data("file_key");
    let file = main.say(open, "file", &json!({"file_key": file_key})).await.data("message_id");
    let last =
        main.act("send", json!({"user": "bo", "chat_id": open, "text": "会议纪要 二", "at": ["ada"]})).await;
    let last = last["message_id"].as_str().expect("an id");
    let ada = Seeker::new(main, "ada").await;
    let search = async |query: &str, body: Value| {
        ada.post(&format!("search/v2/message?user_id_type=user_id&{query}"), body).await
    };
    let with = |name: &str, value: Value| json!({"query": "会议", name: value});
    let all = search("page_size=2", json!({"query": "会议"})).await;
    assert_eq!(items(&all), [last, &file]);
    let rest = format!("page_size=2&page_token={}", all.data("page_token"));
    assert_eq!(items(&search(&rest, json!({"query": "会议"})).await), [first.as_str()]);
    for (name, value, found) in [
        ("message_type", json!("file"), vec![file.as_str()]),
        ("message_type", json!("image"), vec![]),
        ("from_type", json!("user"), vec![last]),
        ("from_type", json!("bot"), vec![&file, &first]),
        ("from_ids", json!(["bo"]), vec![last]),
        ("at_chatter_ids", json!(["ada"]), vec![last]),
        ("chat_ids", json!([world.group("easy")]), vec![]),
        ("chat_type", json!("p2p_chat"), vec![]),
        ("chat_type", json!("group_chat"), vec![last, &file, &first]),
        ("start_time", json!("1800000001"), vec![]),
        ("end_time", json!("1800000000"), vec![last, &file, &first]),
    ] {
        assert_eq!(items(&search("", with(name, value.clone())).await), found, "{name} {value}");
    }
    let invalid = "400 1278001 invalid param";
    assert_eq!(search("", json!({"query": " "})).await.told(), invalid);
    assert_eq!(search("page_token=x", json!({"query": "会议"})).await.told(), invalid);
    assert_eq!(search(&rest, json!({"query": "其他"})).await.told(), invalid);
    let reversed = json!({"query": "会议", "start_time": "2", "end_time": "1"});
    assert_eq!(search("", reversed).await.told(), invalid);
    let malformed = "400 99992402 field validation failed";
    assert_eq!(search("", json!({})).await.told(), malformed);
    assert_eq!(search("page_size=0", json!({"query": "会议"})).await.told(), malformed);
    assert_eq!(search("", with("from_type", json!("x"))).await.told(), malformed);
    assert_eq!(
        search("", with("from_ids", json!(["nobody"]))).await.told(),
        "400 99992360 Your request contains not existed id."
    );
}
