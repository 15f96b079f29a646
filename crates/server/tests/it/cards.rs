//! `im.v1.message.patch`, `interactive.v1.card.update` and `im.v2.url_preview.batch_update`.

use std::time::Duration;

use larkspur_domain::{App, card, url_preview};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, world::World};

const MAIN: (&str, &str) = ("cli_00000000000000a1", "main");
const SHY: (&str, &str) = ("cli_00000000000000a4", "shy");
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A card of version 1.0.
fn shared(text: &str) -> Value {
    json!({"config": {"update_multi": true}, "elements": [{"tag": "div", "text": {"tag": "plain_text", "content": text}}]})
}

/// A card of version 1.0 that everyone has for themselves.
fn exclusive(text: &str) -> Value {
    json!({"elements": [{"tag": "div", "text": {"tag": "plain_text", "content": text}}]})
}

/// A card of version 2.0.
fn second(text: &str) -> Value {
    json!({"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": text}]}})
}

async fn send(home: &Home, chat: &str, card: &Value) -> String {
    home.say(chat, "interactive", card).await.data("message_id")
}

async fn patch(home: &Home, message_id: &str, card: &Value) -> Answer {
    let body = json!({"content": card.to_string()});
    home.call(Method::PATCH, &format!("im/v1/messages/{message_id}"), body).await
}

async fn update(home: &Home, token: &str, card: &Value) -> Answer {
    home.post("interactive/v1/card/update", json!({"token": token, "card": card})).await
}

/// The card as it was sent or last replaced.
async fn read(home: &Home, message_id: &str) -> (Value, Value) {
    let path = format!("im/v1/messages/{message_id}?card_msg_content_type=raw_card_content");
    let got = home.get(&path).await.body["data"]["items"][0].take();
    let content = got["body"]["content"].as_str().expect("content").to_owned();
    (serde_json::from_str(&content).expect("JSON"), got)
}

#[tokio::test]
async fn a_card_is_replaced_for_everyone() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    for (old, new) in [(shared("a"), shared("b")), (second("a"), second("b")), (shared("a"), second("b"))] {
        let message_id = send(main, open, &old).await;
        let (content, message) = read(main, &message_id).await;
        assert_eq!((content, &message["updated"]), (old, &json!(false)));
        assert_eq!(patch(main, &message_id, &new).await.told(), "200 0 success");
        let (content, message) = read(main, &message_id).await;
        assert_eq!((content, &message["updated"]), (new, &json!(true)));
    }
    // The bot need not be in the group any more.
    let message_id = send(world.app("shy"), open, &shared("a")).await;
    let gone = json!({"id_list": [SHY.0]});
    main.call(Method::DELETE, &format!("im/v1/chats/{open}/members?member_id_type=app_id"), gone).await;
    assert_eq!(patch(world.app("shy"), &message_id, &shared("b")).await.told(), "200 0 success");
    assert_eq!(read(main, &message_id).await.0, shared("b"));
}

#[tokio::test]
async fn only_shared_cards_of_ones_own_are_replaced() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let card = send(main, open, &shared("a")).await;
    let text = main.text(open, "x").await;
    let own = send(main, open, &exclusive("a")).await;
    let theirs = send(world.app("shy"), open, &shared("a")).await;
    let abroad = send(world.app("foreign"), world.group("abroad"), &shared("a")).await;
    let recalled = send(main, open, &shared("a")).await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let dissolved = send(main, &chat, &shared("a")).await;
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;

    let invalid = "400 230001 Your request contains an invalid request parameter, ext=";
    let not_shared = "400 230099 Failed to create card content, ext=ErrCode: 300302; ErrMsg: update_multi property is false";
    let cases = [
        (&text, format!("{invalid}This message is NOT a card.")),
        (&own, not_shared.to_owned()),
        (
            &theirs,
            "400 230027 Lack of necessary permissions, ext=only the sender can update the card".to_owned(),
        ),
        (&abroad, format!("400 99992354 these ids not existed: [{abroad}]")),
        (&recalled, "400 230011 The message is recalled.".to_owned()),
        (&dissolved, "400 232009 Your request specifies a chat which has already been dissolved.".to_owned()),
    ];
    for (message_id, told) in cases {
        assert_eq!(patch(main, message_id, &shared("b")).await.told(), told);
    }
    let off = json!({"schema": "2.0", "config": {"update_multi": false}});
    let failed = "400 230099 Failed to create card content, ext=ErrCode: ";
    let cases = [
        (exclusive("b"), not_shared.to_owned()),
        (off, not_shared.to_owned()),
        (
            json!([]),
            format!(
                "{failed}200621; ErrMsg: parse card json err, please check whether the card json is correct"
            ),
        ),
        (
            json!({"type": "template", "data": {"template_id": "AAq"}}),
            format!(
                "{failed}200380; ErrMsg: template does not exist, please confirm whether this template has been released; ErrorValue: templateID: AAq"
            ),
        ),
        (
            json!({"config": {"update_multi": true}, "elements": [{"tag": "img", "img_key": "img_v3_x"}]}),
            format!(
                "{failed}200570; ErrMsg: card contains invalid image keys; ErrorValue: image key img_v3_x"
            ),
        ),
        (
            shared(&"x".repeat(30 * 1024)),
            "400 230025 The length of the message content reaches its limit.".to_owned(),
        ),
    ];
    for (new, told) in cases {
        assert_eq!(patch(main, &card, &new).await.told(), told);
    }
    let path = format!("im/v1/messages/{card}");
    let broken = main.call(Method::PATCH, &path, json!({"content": "{"})).await;
    assert_eq!(broken.told(), format!("{invalid}content is not a string in json format"));
    assert_eq!(main.call(Method::PATCH, &path, json!({})).await.violations(), "content: content is required");
    let mute = patch(world.app("mute"), &card, &shared("b")).await;
    assert_eq!(mute.told(), "400 230006 Bot ability is not activated.");
    assert_eq!(read(main, &card).await.0, shared("a"));
}

#[tokio::test]
async fn a_card_is_replaced_in_time_and_not_too_often() {
    crate::shows(&["card.patch.window", "card.patch.per_message_qps"]);
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let main = world.main();
    let card = send(main, world.group("open"), &shared("a")).await;
    let other = send(main, world.group("open"), &shared("a")).await;
    for _ in 0..5 {
        assert_eq!(patch(main, &card, &shared("b")).await.told(), "200 0 success");
    }
    let too_often = patch(main, &card, &shared("b")).await;
    assert_eq!(too_often.told(), "400 230020 This operation triggers the frequency limit.");
    assert_eq!(patch(main, &other, &shared("b")).await.told(), "200 0 success");
    clock.advance(14 * DAY);
    let main = Home::of(main.platform.clone(), MAIN.0, MAIN.1).await;
    assert_eq!(patch(&main, &card, &shared("c")).await.told(), "200 0 success");
    clock.advance(Duration::from_millis(1));
    let late = patch(&main, &card, &shared("d")).await;
    assert_eq!(late.told(), "400 230031 Message can only be modified within 14 days after sending.");
}

/// Makes tokens for the cards of an app, as a callback would, and answers the callback.
async fn tokens(stage: &Stage, app_id: &'static str, message_ids: &[&str]) -> Vec<String> {
    let message_ids: Vec<_> = message_ids.iter().map(|&id| id.to_owned()).collect();
    let mint = move |tx: &larkspur_store::Tx<'_>, context: &larkspur_domain::Context| {
        let app = tx.app_by_app_id(app_id)?.expect("the app").id;
        let mut tokens = Vec::new();
        for message_id in message_ids {
            let message = tx.message(&message_id)?.expect("the message").id;
            let token = card::mint_token(tx, context, app, message)?;
            card::mark_answered(tx, &token)?;
            tokens.push(token);
        }
        Ok(tokens)
    };
    stage.change(mint).await
}

#[tokio::test]
async fn a_token_updates_a_card_twice_within_half_an_hour() {
    crate::shows(&["card.delay_update.token_ttl", "card.delay_update.token_uses"]);
    let (stage, world) = Stage::new().await;
    let card = send(world.main(), world.group("open"), &shared("a")).await;
    world.stop().await;
    let made = tokens(&stage, MAIN.0, &[&card, &card]).await;
    assert!(made[0].starts_with("c-") && made[0] != made[1], "{made:?}");

    let main = stage.start(MAIN.0, MAIN.1).await;
    let answer = update(&main, &made[0], &shared("b")).await;
    assert_eq!((answer.told().as_str(), &answer.body), ("200 0 ok", &json!({"code": 0, "msg": "ok"})));
    assert_eq!(read(&main, &card).await.0, shared("b"));
    // A refusal does not use it up.
    assert_eq!(
        update(&main, &made[0], &exclusive("c")).await.told(),
        "400 300090 The open_ids of the exclusive card are required."
    );
    assert_eq!(update(&main, &made[0], &second("c")).await.told(), "200 0 ok");
    let used_up = "400 300040 The card update token has exceeded its usage limit.";
    assert_eq!(update(&main, &made[0], &shared("d")).await.told(), used_up);
    assert_eq!(read(&main, &card).await.0, second("c"));

    stage.clock.advance(30 * MINUTE - Duration::from_millis(1));
    assert_eq!(update(&main, &made[1], &shared("e")).await.told(), "200 0 ok");
    stage.clock.advance(Duration::from_millis(1));
    let expired = "400 300030 The card update token has expired.";
    assert_eq!(update(&main, &made[1], &shared("f")).await.told(), expired);
    assert_eq!(read(&main, &card).await.0, shared("e"));
}

#[tokio::test]
async fn a_card_that_is_not_shared_changes_for_those_named() {
    let (stage, world) = Stage::new().await;
    let open = world.group("open").to_owned();
    let card = send(world.main(), &open, &exclusive("a")).await;
    let (ada, bo) = (world.open_id("main", "ada").await, world.open_id("main", "bo").await);
    let cross_app = world.open_id("shy", "ada").await;
    let outside = world.open_id("main", "cy").await;
    world.stop().await;
    let made = tokens(&stage, MAIN.0, &[&card, &card]).await;

    let main = stage.start(MAIN.0, MAIN.1).await;
    let with = |open_ids: Value, text: &str| {
        let mut card = exclusive(text);
        card["open_ids"] = open_ids;
        card
    };
    let missing = "400 300090 The open_ids of the exclusive card are required.";
    let invalid = "400 200320 The open_ids of the exclusive card are invalid.";
    for (open_ids, told) in [
        (json!([]), missing),
        (Value::Null, missing),
        (json!("all"), invalid),
        (json!([1]), invalid),
        (json!(["ou_x"]), invalid),
        (json!([ada, cross_app]), invalid),
        (json!([ada, outside]), invalid),
    ] {
        assert_eq!(update(&main, &made[0], &with(open_ids.clone(), "b")).await.told(), told, "{open_ids}");
    }
    assert_eq!(update(&main, &made[0], &with(json!([ada]), "b")).await.told(), "200 0 ok");
    assert_eq!(update(&main, &made[0], &with(json!([ada, bo]), "c")).await.told(), "200 0 ok");
    // What was sent stays; two users see something else.
    assert_eq!(read(&main, &card).await.0, exclusive("a"));
    main.stop().await;
    let seen = |user_id: &'static str| {
        let card = card.clone();
        stage.read(move |view| {
            let app = view.app_by_app_id(MAIN.0)?.expect("the app");
            let user = view.user_by_user_id(&app.tenant_key, user_id)?.expect("the user").id;
            let message = view.message(&card)?.expect("the message");
            Ok(card::copy_of(view, &message, user)?.map(|card| card.0))
        })
    };
    assert_eq!(seen("ada").await, Some(exclusive("c")));
    assert_eq!(seen("bo").await, Some(exclusive("c")));
    assert_eq!(seen("cy").await, None);

    // Once it is shared, everyone sees the same again; `open_ids` say nothing then.
    let main = stage.start(MAIN.0, MAIN.1).await;
    let mut all = shared("d");
    all["open_ids"] = json!([ada]);
    assert_eq!(update(&main, &made[1], &all).await.told(), "200 0 ok");
    assert_eq!(read(&main, &card).await.0, shared("d"));
    main.stop().await;
    assert_eq!(seen("ada").await, None);
}

#[tokio::test]
async fn tokens_and_cards_that_are_wrong_are_refused() {
    let (stage, world) = Stage::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let card = send(main, open, &shared("a")).await;
    let recalled = send(main, open, &shared("a")).await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    let chat = main.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let dissolved = send(main, &chat, &shared("a")).await;
    main.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    let theirs = send(world.app("shy"), open, &shared("a")).await;
    world.stop().await;
    let made = tokens(&stage, MAIN.0, &[&card, &recalled, &dissolved, &theirs]).await;
    let shys = tokens(&stage, SHY.0, &[&theirs]).await;
    let early = {
        let card = card.clone();
        let mint = move |tx: &larkspur_store::Tx<'_>, context: &larkspur_domain::Context| {
            let app = tx.app_by_app_id(MAIN.0)?.expect("the app").id;
            card::mint_token(tx, context, app, tx.message(&card)?.expect("the message").id)
        };
        stage.change(mint).await
    };

    let main = stage.start(MAIN.0, MAIN.1).await;
    let malformed = "400 300020 The format of the card update token is invalid.";
    let expired = "400 300030 The card update token has expired.";
    let gone = "400 200000 The card message has been recalled.";
    let other = "400 200310 Cards sent by other apps can not be updated.";
    for (token, told) in [
        ("", malformed),
        ("c-", malformed),
        ("t-1", malformed),
        ("c-0000000000000000000000000000000000000000", expired),
        (&made[1], gone),
        (&made[2], gone),
        (&made[3], other),
        (&shys[0], other),
        (&early, "400 200810 The card is in an ongoing interaction and cannot be updated"),
    ] {
        assert_eq!(update(&main, token, &shared("b")).await.told(), told, "{token}");
    }
    let format = "400 11311 The format of the card is invalid, ext=ErrCode: ";
    let parameter = "400 10002 Card parameter check failed, ext=";
    let off = json!({"schema": "2.0", "config": {"update_multi": false}});
    for (new, told) in [
        (json!("{}"), "400 100030 The parameters do not conform to the JSON specification.".to_owned()),
        (off, format!("{parameter}a card of schema 2.0 is always shared")),
        (shared(&"x".repeat(31 * 1024)), format!("{parameter}the card exceeds 30 KB")),
        (shared(&"x".repeat(101 * 1024)), "400 100000 The converted card content exceeds 100 KB.".to_owned()),
        (
            json!({"type": "template", "data": {"template_id": "AAq"}}),
            format!(
                "{format}200380; ErrMsg: template does not exist, please confirm whether this template has been released; ErrorValue: templateID: AAq"
            ),
        ),
        (
            json!({"config": {"update_multi": true}, "elements": [{"tag": "img", "img_key": "img_v3_x"}]}),
            format!(
                "{format}200570; ErrMsg: card contains invalid image keys; ErrorValue: image key img_v3_x"
            ),
        ),
    ] {
        assert_eq!(update(&main, &made[0], &new).await.told(), told);
    }
    let nothing = main.post("interactive/v1/card/update", json!({})).await;
    assert_eq!(nothing.violations(), "token: token is required; card: card is required");
    assert_eq!(read(&main, &card).await.0, shared("a"));
}

#[tokio::test]
async fn previews_are_fetched_anew_at_most_every_five_seconds() {
    crate::shows(&["url_preview.update.per_token"]);
    let (stage, world) = Stage::new().await;
    let ada = world.open_id("main", "ada").await;
    let theirs = world.open_id("shy", "ada").await;
    let message_id = world.main().text(world.group("open"), "https://x.example").await;
    world.stop().await;
    let mint = move |tx: &larkspur_store::Tx<'_>, context: &larkspur_domain::Context| {
        let message = tx.message(&message_id)?.expect("the message");
        let mut tokens = Vec::new();
        for app_id in [MAIN.0, MAIN.0, SHY.0] {
            let app = App::new(tx.app_by_app_id(app_id)?.expect("the app"));
            tokens.push(url_preview::mint_token(tx, context, &app, Some(&message), "https://x.example")?);
        }
        Ok(tokens)
    };
    let made = stage.change(mint).await;

    let main = stage.start(MAIN.0, MAIN.1).await;
    let ask = async |body: Value| main.post("im/v2/url_previews/batch_update", body).await;
    let invalid = "400 230001 param is invalid";
    assert_eq!(
        ask(json!({"preview_tokens": ["952te0c8-9ccf-463d-ad73-593f8f768a5c"]})).await.told(),
        invalid
    );
    assert_eq!(ask(json!({"preview_tokens": [made[0], made[2]]})).await.told(), invalid);
    assert_eq!(
        ask(json!({"preview_tokens": [made[0]], "open_ids": ["ou_x"]})).await.told(),
        "400 99992351 these open ids not existed: [ou_x]"
    );
    assert_eq!(
        ask(json!({"preview_tokens": [made[0]], "open_ids": [theirs]})).await.told(),
        "400 99992361 open_id cross app"
    );
    assert_eq!(ask(json!({"preview_tokens": [made[0], made[1]]})).await.told(), "200 0 success");
    let too_often = "429 99991400 request trigger frequency limit";
    assert_eq!(ask(json!({"preview_tokens": [made[0]]})).await.told(), too_often);
    stage.clock.advance(Duration::from_secs(5));
    assert_eq!(ask(json!({"preview_tokens": [made[0]], "open_ids": [ada]})).await.told(), "200 0 success");

    let cases = [
        (json!({}), "preview_tokens: preview_tokens is required"),
        (json!({"preview_tokens": []}), "preview_tokens: the min len is 1"),
        (json!({"preview_tokens": vec!["x"; 11]}), "preview_tokens: the max len is 10"),
        (json!({"preview_tokens": ["x"], "open_ids": vec!["x"; 101]}), "open_ids: the max len is 100"),
    ];
    for (body, violations) in cases {
        let answer = ask(body).await;
        assert_eq!(
            (answer.told().as_str(), answer.violations().as_str()),
            ("400 99992402 field validation failed", violations)
        );
    }
    main.stop().await;
    let token = made[0].clone();
    let row = stage.read(move |view| Ok(view.url_preview(&token)?.expect("the preview"))).await;
    assert_eq!((row.asked_at, row.asked_for.as_deref()), (Some(1_800_000_005_000), Some("[1]")));
}
