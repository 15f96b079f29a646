//! Acting as a user, and keeping apps: who may be named how, what is refused, and who may ask at all.

use reqwest::{
    Method,
    header::{HOST, ORIGIN},
};
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, world::World};

async fn garden() -> World {
    World::with(clocked().1.rate_limit(false)).await
}

async fn act(home: &Home, verb: &str, body: Value) -> Answer {
    home.own(Method::POST, &format!("act/{verb}"), body).await
}

#[tokio::test]
async fn a_user_goes_by_any_name_that_names_one() {
    let world = garden().await;
    let main = world.main();
    let user = main.get("contact/v3/users/ada?user_id_type=user_id").await;
    let user = &user.body["data"]["user"];
    let theirs = world.open_id("shy", "ada").await;
    let names = [
        &user["open_id"],
        &user["union_id"],
        &user["user_id"],
        &json!("Ada"),
        &json!("ada@garden.example"),
        &json!(theirs),
    ];
    for name in names {
        let entered = act(main, "enter", json!({"user": name, "app_id": main.app_id})).await;
        assert_eq!(entered.told(), "200 0 success", "{name}");
    }
    for (name, why) in [
        ("Nobody", "no such user; there are: Ada, Bo, Cy, Zoe"),
        ("", "no such user; there are: Ada, Bo, Cy, Zoe"),
    ] {
        let refused = act(main, "enter", json!({"user": name, "app_id": main.app_id})).await;
        assert_eq!(refused.violations(), format!("user: {why}"));
    }
    let unnamed = act(main, "enter", json!({"app_id": main.app_id})).await;
    assert_eq!(unnamed.violations(), "user: user is required");
}

#[tokio::test]
async fn a_bot_is_named_where_there_are_several() {
    let world = garden().await;
    let main = world.main();
    let write = async |app_id: Option<&str>| {
        let mut body = json!({"user": "Ada", "text": "x"});
        if let Some(app_id) = app_id {
            body["app_id"] = app_id.into();
        }
        act(main, "send", body).await
    };
    assert_eq!(write(Some("main")).await.told(), "200 0 success");
    assert_eq!(write(Some(&main.app_id)).await.told(), "200 0 success");
    assert_eq!(write(None).await.violations(), "app_id: there are several bots: name one");
    assert_eq!(write(Some("mute")).await.violations(), "app_id: no such app, or it has no bot");
    assert_eq!(write(Some("off")).await.violations(), "app_id: the app is not in use");
    assert_eq!(write(Some("foreign")).await.violations(), "app_id: no such app, or it has no bot");
    let zoe = act(main, "send", json!({"user": "Zoe", "text": "x"})).await;
    assert_eq!(zoe.told(), "200 0 success", "there is one bot in her tenant");
    let both = json!({"user": "Ada", "app_id": "main", "text": "x", "content": "{}"});
    assert_eq!(act(main, "send", both).await.violations(), "content: give text or content, not both");
    assert_eq!(
        act(main, "send", json!({"user": "Ada", "app_id": "main"})).await.violations(),
        "text: text is required"
    );
    let unknown = json!({"user": "Ada", "app_id": "main", "text": "x", "at": ["Nobody"]});
    assert_eq!(act(main, "send", unknown).await.violations(), "at: names no user and no bot");
    let abroad = json!({"user": "Ada", "chat_id": world.group("open"), "at": ["Zoe"]});
    assert_eq!(act(main, "send", abroad).await.violations(), "at: names no user and no bot");
}

#[tokio::test]
async fn a_user_may_do_what_a_user_may_do() {
    let world = garden().await;
    let main = world.main();
    let (open, guarded) = (world.group("open"), world.group("guarded"));
    // Nobody is slowed down, and apps without a scope are not in the way.
    for number in 0..20 {
        main.act("send", json!({"user": "Ada", "chat_id": open, "text": number.to_string()})).await;
    }
    // Outside the chat there is nothing to say, to read, to react to, or to leave.
    let message_id = main.text(guarded, "x").await;
    for (verb, body) in [
        ("send", json!({"chat_id": guarded, "text": "x"})),
        ("reply", json!({"message_id": message_id, "text": "x"})),
        ("read", json!({"chat_id": guarded})),
        ("react", json!({"message_id": message_id, "emoji_type": "OK"})),
        ("leave", json!({"chat_id": guarded})),
    ] {
        let mut body = body;
        body["user"] = "Bo".into();
        assert_eq!(act(main, verb, body).await.status, 400, "{verb}");
    }
    // What others said is theirs.
    for (verb, body) in
        [("edit", json!({"text": "y"})), ("recall", json!({})), ("unreact", json!({"emoji_type": "OK"}))]
    {
        let mut body = body;
        body["user"] = "Ada".into();
        body["message_id"] = main.text(open, "x").await.into();
        assert_eq!(act(main, verb, body).await.status, 400, "{verb}");
    }
    // Nor does one's own emoji go from a recalled message, or from a chat that one has left.
    let (recalled, left) = (main.text(open, "x").await, main.text(open, "x").await);
    for message_id in [&recalled, &left] {
        main.act("react", json!({"user": "Bo", "message_id": message_id, "emoji_type": "OK"})).await;
    }
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), Value::Null).await;
    let unreact = |id: &str| json!({"user": "Bo", "message_id": id, "emoji_type": "OK"});
    let told = act(main, "unreact", unreact(&recalled)).await.told();
    assert_eq!(told, "400 231003 The message is not found, maybe not exist or deleted.");
    main.act("leave", json!({"user": "Bo", "chat_id": open})).await;
    let told = act(main, "unreact", unreact(&left)).await.told();
    assert_eq!(told, "400 231002 The operator has no permission to react on the specific message.");
    main.act("join", json!({"user": "Bo", "chat_id": open})).await;
    main.act("unreact", unreact(&left)).await;
    // What a user said reads as theirs, and is edited.
    let said = main.act("send", json!({"user": "Ada", "chat_id": open, "text": "x", "at": ["Bo"]})).await;
    let message_id = said["message_id"].as_str().expect("an id");
    main.act("edit", json!({"user": "Ada", "message_id": message_id, "text": "y"})).await;
    let got = main.get(&format!("im/v1/messages/{message_id}?user_id_type=user_id")).await;
    let message = &got.body["data"]["items"][0];
    assert_eq!((&message["sender"]["sender_type"], &message["updated"]), (&json!("user"), &json!(true)));
    assert_eq!(message["body"]["content"], r#"{"text":"y"}"#);
    // One-to-one chats are not joined and not left.
    let chat = main.act("enter", json!({"user": "Ada", "app_id": main.app_id})).await["chat_id"].clone();
    for (user, verb) in [("Bo", "join"), ("Ada", "leave")] {
        assert_eq!(act(main, verb, json!({"user": user, "chat_id": chat})).await.status, 400, "{verb}");
    }
}

#[tokio::test]
async fn apps_are_shown_and_changed() {
    let world = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let listed = main.own(Method::GET, "apps", Value::Null).await;
    let items = listed.body["data"]["items"].as_array().expect("a list");
    let names: Vec<_> = items.iter().map(|app| app["name"].as_str().expect("a name")).collect();
    assert_eq!(
        names,
        ["main", "narrow", "mute", "shy", "off", "foreign"],
        "the one users act through is nobody's"
    );
    let show = async |home: &Home| {
        home.own(Method::GET, &format!("apps/{}", home.app_id), Value::Null).await.body["data"].take()
    };
    assert_eq!(show(shy).await["availability"], json!([world.open_id("shy", "ada").await]));
    assert_eq!(show(main).await.get("availability"), None);
    assert!(!listed.body.to_string().contains("app_secret"));

    let changed = main.set(json!({"events": ["im.message.receive_v1"], "callbacks": [], "availability": ["Bo", "ada"], "activate_status": 1})).await;
    assert_eq!(changed.told(), "200 0 success");
    let shown = show(main).await;
    assert_eq!(changed.body["data"], shown);
    assert_eq!((&shown["events"], &shown["callbacks"]), (&json!(["im.message.receive_v1"]), &json!([])));
    assert_eq!(
        (&shown["activate_status"], shown["availability"].as_array().map(Vec::len)),
        (&json!(1), Some(2))
    );
    for (change, field) in [
        (json!({"events": ["im.message.nothing_v1"]}), "events: options: ["),
        (json!({"events": ["card.action.trigger"]}), "events: options: ["),
        (json!({"callbacks": ["im.message.receive_v1"]}), "callbacks: options: ["),
        (json!({"event_mode": "pigeon"}), "event_mode: "),
        (json!({"availability": ["Nobody"]}), "user: no such user"),
        (json!({"activate_status": 3}), "activate_status: "),
        (json!({"verification_token": ""}), "verification_token: "),
    ] {
        let refused = main.set(change.clone()).await;
        assert!(refused.violations().starts_with(field), "{change}: {}", refused.violations());
    }
    assert_eq!(show(main).await, shown, "nothing of what was refused was kept");
    let unknown = main.own(Method::GET, "apps/cli_ffffffffffffffff", Value::Null).await;
    assert_eq!(unknown.violations(), "app_id: no such app");
    // What it may no longer do counts at once.
    main.set(json!({"activate_status": 2, "scopes": ["im:chat:readonly"]})).await;
    let body = json!({"receive_id": world.group("open"), "msg_type": "text", "content": r#"{"text":"x"}"#});
    let refused = main.post("im/v1/messages?receive_id_type=chat_id", body).await;
    assert_eq!(refused.body["code"], 99_991_672, "{refused:?}");
}

#[tokio::test]
async fn deliveries_are_listed_page_by_page_and_app_by_app() {
    let world = garden().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let mut sent = Vec::new();
    for _ in 0..5 {
        sent.push(main.trigger(json!({})).await);
        shy.trigger(json!({})).await;
    }
    let mut listed = Vec::new();
    let mut token = String::new();
    loop {
        let page = main
            .own(Method::GET, &format!("deliveries?app_id={}&page_size=2{token}", main.app_id), Value::Null)
            .await;
        let data = &page.body["data"];
        assert_eq!(data["ledger"], json!({"created": 5, "delivered": 0, "pending": 5, "expired": 0}));
        for item in data["items"].as_array().expect("a list") {
            assert_eq!((item.get("body"), item.get("attempts")), (None, None));
            listed.push(item["event_id"].as_str().expect("an id").to_owned());
        }
        match data["page_token"].as_str().filter(|_| data["has_more"] == true) {
            Some(next) => token = format!("&page_token={next}"),
            None => break,
        }
    }
    listed.reverse();
    assert_eq!(listed, sent);
    let wrong = main.own(Method::GET, &format!("deliveries?app_id={}{token}", shy.app_id), Value::Null).await;
    assert_eq!(wrong.violations(), "page_token: page_token is invalid", "a token is good for one app");
    let unnamed = main.own(Method::GET, "deliveries", Value::Null).await;
    assert_eq!(unnamed.violations(), "app_id: app_id is required: there are several bots, or none");
    let unknown = main.own(Method::GET, "deliveries/0", Value::Null).await;
    assert_eq!(unknown.violations(), "event_id: no such event; settled ones are kept for a week");
}

#[tokio::test]
async fn a_page_of_the_internet_cannot_act() {
    let world = garden().await;
    let main = world.main();
    let own = format!("{}/_larkspur/v1", main.platform.base_url());
    let host = main.platform.base_url().trim_start_matches("http://").to_owned();
    let port = host.rsplit_once(':').expect("a port").1;
    let calls = [
        (Method::POST, "act/send", json!({"user": "Ada", "chat_id": world.group("open"), "text": "x"})),
        (Method::POST, "act/menu", json!({"user": "Ada", "app_id": main.app_id, "event_key": "x"})),
        (Method::GET, "apps", Value::Null),
        (Method::PATCH, "apps/cli_00000000000000a1", json!({"scopes": []})),
        (Method::POST, "apps/cli_00000000000000a1/trigger", json!({"event_type": "application.bot.menu_v6"})),
        (Method::DELETE, "apps/cli_00000000000000a1/connections", Value::Null),
        (Method::GET, "deliveries?app_id=cli_00000000000000a1", Value::Null),
    ];
    let send = async |method: &Method, url: String, headers: [Option<&str>; 2], body: &Value| {
        let mut request = reqwest::Client::new().request(method.clone(), url).json(body);
        for (name, value) in [HOST, ORIGIN].into_iter().zip(headers) {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        main.send(request).await
    };
    let foreign = [
        [Some("evil.example"), None],
        [Some("evil.example:80"), None],
        [Some("127.0.0.1.evil.example"), None],
        [Some("10.0.0.1"), None],
        [None, Some("https://evil.example")],
        [None, Some("null")],
        [None, Some("http://localhost.evil.example")],
        [Some("evil.example"), Some("http://localhost")],
    ];
    for (method, path, body) in &calls {
        for headers in foreign {
            // Slashes that are tidied away do not open a back door.
            for url in
                [format!("{own}/{path}"), format!("{}//_larkspur//v1/{path}", main.platform.base_url())]
            {
                let refused = send(method, url, headers, body).await;
                assert_eq!(refused.status, 400, "{path} {headers:?}");
                assert_eq!(refused.violations(), "Host: this part of the platform answers localhost only");
            }
        }
    }
    let encoded = format!("{}/%5Flarkspur/v1/apps", main.platform.base_url());
    assert_eq!(send(&Method::GET, encoded, foreign[0], &Value::Null).await.status, 404);
    assert_eq!(main.deliveries().await.len(), 0, "nothing was done");
    let local = format!("localhost:{port}");
    let origin = format!("http://{local}");
    for headers in [
        [None, None],
        [Some(local.as_str()), None],
        [Some(local.as_str()), Some(origin.as_str())],
        [None, Some("http://127.0.0.1:3000")],
    ] {
        let (method, path, body) = &calls[0];
        assert_eq!(send(method, format!("{own}/{path}"), headers, body).await.told(), "200 0 success");
    }
    assert_eq!(main.deliveries().await.len(), 4);
    // The rest of the platform is guarded by tokens and answers to any name.
    let url = format!("{}/open-apis/bot/v3/info", main.platform.base_url());
    let request = reqwest::Client::new().get(url).header(HOST, "lark.internal").bearer_auth(&main.token);
    assert_eq!(main.send(request).await.told(), "200 0 ok");
}
