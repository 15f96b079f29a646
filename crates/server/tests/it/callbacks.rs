//! What an app is asked when a user presses a button or sees a link, and what its answer does.

use std::{net::TcpListener, time::Duration};

use larkspur_push::{Ack, seal, signature};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Answer, Home, clocked,
    ear::{Ear, Heard},
    letterbox::{Letterbox, Manner},
    until,
    world::World,
};

const MINUTE: Duration = Duration::from_secs(60);

/// A card of version 2.0 with a button, a menu and a form.
fn card(title: &str) -> Value {
    let text = |content: &str| json!({"tag": "plain_text", "content": content});
    let callback = |value: Value| json!([{"type": "callback", "value": value}]);
    json!({
        "schema": "2.0",
        "body": {"elements": [
            {"tag": "markdown", "content": title},
            {"tag": "button", "name": "yes", "text": text("Approve"), "behaviors": callback(json!({"k": "v"}))},
            {"tag": "button", "text": text("Look"), "behaviors": [{"type": "open_url", "default_url": "https://example.com"}]},
            {"tag": "date_picker", "name": "day", "behaviors": callback(json!("d"))},
            {"tag": "multi_select_static", "name": "several", "behaviors": callback(json!({})), "options": []},
            {"tag": "checker", "name": "done", "text": text("Done"), "behaviors": callback(json!({}))},
            {"tag": "form", "name": "form", "elements": [
                {"tag": "input", "name": "reason", "required": true},
                {"tag": "multi_select_static", "name": "who", "options": []},
                {"tag": "button", "name": "send", "text": text("Send"), "form_action_type": "submit", "behaviors": callback(json!({"form": 1}))},
            ]},
        ]},
    })
}

/// A card of version 1.0 with a button.
fn old_card(text: &str) -> Value {
    let button = json!({"tag": "button", "text": {"tag": "plain_text", "content": text}, "value": {"a": 1}});
    json!({"config": {"update_multi": true}, "elements": [{"tag": "action", "actions": [button]}]})
}

async fn garden() -> World {
    World::with(clocked().1.rate_limit(false)).await
}

async fn post(home: &Home, chat_id: &str, card: &Value) -> String {
    home.say(chat_id, "interactive", card).await.data("message_id")
}

/// The card as it stands in the chat now.
async fn standing(home: &Home, message_id: &str) -> Value {
    let path = format!("im/v1/messages/{message_id}?card_msg_content_type=raw_card_content");
    let got = home.get(&path).await;
    let content = got.body["data"]["items"][0]["body"]["content"].as_str().expect("content");
    serde_json::from_str(content).expect("JSON")
}

async fn click(home: &Home, message_id: &str, element: &str) -> Answer {
    let body = json!({"user": "Ada", "message_id": message_id, "element": element});
    home.own(Method::POST, "act/click", body).await
}

/// What a user does, answered by the app with this. Gives what it was asked and what the user sees.
async fn answered(home: &Home, ear: &mut Ear, verb: &str, body: Value, answer: &Value) -> (Heard, Answer) {
    let path = format!("act/{verb}");
    let (seen, heard) = tokio::join!(home.own(Method::POST, &path, body), async {
        let heard = ear.next().await;
        ear.answer(&heard, answer).await;
        heard
    });
    (heard, seen)
}

fn code(answer: &Answer) -> i64 {
    answer.body["code"].as_i64().expect("a number")
}

async fn name_of(world: &World, user_id: &str) -> Value {
    let user = world.main().get(&format!("contact/v3/users/{user_id}?user_id_type=user_id")).await;
    let user = &user.body["data"]["user"];
    let app = world.main().own(Method::GET, "apps/cli_00000000000000a1", Value::Null).await;
    json!({"tenant_key": app.body["data"]["tenant_key"], "user_id": user_id, "open_id": user["open_id"], "union_id": user["union_id"]})
}

#[tokio::test]
async fn a_button_asks_the_app_and_its_answer_is_shown() {
    let world = garden().await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = post(main, open, &card("a")).await;
    let mut ear = main.ear().await;
    let press = json!({"user": "Ada", "message_id": message_id, "element": "Approve"});
    let answer =
        json!({"toast": {"type": "success", "content": "好的"}, "card": {"type": "raw", "data": card("b")}});
    let (heard, seen) = answered(main, &mut ear, "click", press, &answer).await;
    let token = heard.body["event"]["token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("c-"), "{token}");
    let header = &heard.body["header"];
    // Callbacks count in microseconds.
    assert_eq!(
        (&header["event_type"], &header["create_time"]),
        (&json!("card.action.trigger"), &json!("1800000000000000"))
    );
    let event = json!({
        "operator": name_of(&world, "ada").await,
        "token": token,
        "action": {"value": {"k": "v"}, "tag": "button", "name": "yes"},
        "host": "im_message",
        "context": {"open_message_id": message_id, "open_chat_id": open},
    });
    assert_eq!(heard.body["event"], event);
    let data = json!({"answer": answer, "toast": "好的", "card_updated": true});
    assert_eq!((seen.told(), &seen.body["data"]), ("200 0 success".to_owned(), &data));
    assert_eq!(standing(main, &message_id).await, card("b"));

    // It is written down beside the events: asked once, and answered.
    let shown = main.delivery(&heard.event_id()).await;
    let attempt = &shown["attempts"][0];
    assert_eq!((&shown["state"], &shown["body"]), (&json!("delivered"), &heard.body));
    assert_eq!((&attempt["outcome"], &attempt["target"]), (&json!("taken"), &json!(ear.device_id)));
    assert_eq!(attempt["answer"], answer.to_string());
    assert_eq!(main.ledger().await, [1, 1, 0, 0]);
}

#[tokio::test]
async fn an_answer_may_say_little_or_nothing() {
    let world = garden().await;
    let main = world.main();
    let message_id = post(main, world.group("open"), &card("a")).await;
    let mut ear = main.ear().await;
    let press = json!({"user": "Ada", "message_id": message_id, "element": "yes"});
    let i18n = json!({"toast": {"type": "info", "i18n": {"en_us": "fine", "zh_cn": "好"}}});
    for (answer, toast) in
        [(json!({}), None), (json!({"toast": {"content": "x"}}), Some("x")), (i18n, Some("好"))]
    {
        let (_, seen) = answered(main, &mut ear, "click", press.clone(), &answer).await;
        let data = &seen.body["data"];
        assert_eq!((data["toast"].as_str(), &data["card_updated"]), (toast, &json!(false)), "{answer}");
    }
    // An ack without data, as of a handler that returns nothing.
    let (seen, ()) = tokio::join!(click(main, &message_id, "yes"), async {
        let heard = ear.next().await;
        ear.ack(&heard).await;
    });
    assert_eq!((seen.told(), &seen.body["data"]["answer"]), ("200 0 success".to_owned(), &json!({})));
    assert_eq!(standing(main, &message_id).await, card("a"));
}

#[tokio::test]
async fn each_element_says_what_was_done_to_it() {
    let world = garden().await;
    let main = world.main();
    let message_id = post(main, world.group("open"), &card("a")).await;
    let mut ear = main.ear().await;
    main.set(json!({"events": []})).await;
    let cases = [
        (
            json!({"element": "day", "option": "2024-04-01 +0800"}),
            json!({"value": "d", "tag": "date_picker", "name": "day", "timezone": "Asia/Shanghai", "option": "2024-04-01 +0800"}),
        ),
        (
            json!({"element": "several", "options": ["1", "2"]}),
            json!({"value": {}, "tag": "multi_select_static", "name": "several", "options": ["1", "2"]}),
        ),
        (
            json!({"element": "Done", "checked": true}),
            json!({"value": {}, "tag": "checker", "name": "done", "checked": true}),
        ),
    ];
    for (mut request, action) in cases {
        request["user"] = "Ada".into();
        request["message_id"] = message_id.clone().into();
        let (heard, _) = answered(main, &mut ear, "click", request, &json!({})).await;
        assert_eq!(heard.body["event"]["action"], action);
    }
    // What asks nobody cannot be pressed; several cannot be pressed at once.
    for (element, why) in [("Look", "there are: yes, day, several, done, send"), ("nothing", "there are: ")] {
        let refused = click(main, &message_id, element).await;
        assert!(
            code(&refused) == 200_080 && refused.body["msg"].as_str().is_some_and(|msg| msg.contains(why)),
            "{refused:?}"
        );
    }
    let any = main.own(Method::POST, "act/click", json!({"user": "Ada", "message_id": message_id})).await;
    assert_eq!(code(&any), 200_080);
    // Who is not in the chat sees no card; a text has no buttons; what was recalled is gone.
    let elsewhere = post(main, world.group("easy"), &card("a")).await;
    let outside = main
        .own(Method::POST, "act/click", json!({"user": "Bo", "message_id": elsewhere, "element": "yes"}))
        .await;
    assert_ne!(outside.status, 200, "{outside:?}");
    let text = main.text(world.group("open"), "x").await;
    assert_ne!(click(main, &text, "yes").await.status, 200);
    main.call(Method::DELETE, &format!("im/v1/messages/{message_id}"), json!({})).await;
    assert_ne!(click(main, &message_id, "yes").await.status, 200);
    ear.settled().await;
}

#[tokio::test]
async fn a_form_is_sent_with_what_was_filled_in() {
    let world = garden().await;
    let main = world.main();
    let message_id = post(main, world.group("open"), &card("a")).await;
    let mut ear = main.ear().await;
    let with = |form_value: Value| json!({"user": "Ada", "message_id": message_id, "form_value": form_value});
    let filled = json!({"reason": "holiday", "who": ["a", "b"]});
    let (heard, seen) =
        answered(main, &mut ear, "submit", with(filled.clone()), &json!({"toast": {"content": "sent"}}))
            .await;
    let action = json!({"value": {"form": 1}, "tag": "button", "name": "send", "form_value": filled});
    assert_eq!((&heard.body["event"]["action"], seen.data("toast")), (&action, "sent".to_owned()));
    let refused =
        async |form_value: Value| main.own(Method::POST, "act/submit", with(form_value)).await.violations();
    assert_eq!(refused(json!({"who": []})).await, "form_value: the form wants this to be filled in");
    assert_eq!(refused(json!({"reason": "x", "other": 1})).await, "form_value: the form has: reason, who");
    ear.settled().await;
}

#[tokio::test]
async fn a_link_is_previewed_by_the_app() {
    let world = garden().await;
    let main = world.main();
    let said = main
        .act("send", json!({"user": "Ada", "chat_id": world.group("open"), "text": "https://example.com/1"}))
        .await;
    let mut ear = main.ear().await;
    ear.take().await;
    let look = json!({"user": "Ada", "app_id": main.app_id, "url": "https://example.com/1", "message_id": said["message_id"]});
    let answer = json!({"inline": {"title": "One"}});
    let (heard, seen) = answered(main, &mut ear, "open_link", look, &answer).await;
    assert_eq!(seen.body["data"]["answer"], answer);
    assert_eq!(heard.body["header"]["event_type"], "url.preview.get");
    let event = &heard.body["event"];
    assert_eq!((&event["operator"], &event["host"]), (&name_of(&world, "ada").await, &json!("im_message")));
    let context = &event["context"];
    assert_eq!(
        (&context["url"], &context["open_message_id"]),
        (&json!("https://example.com/1"), &said["message_id"])
    );
    assert_eq!(context["open_chat_id"], world.group("open"));
    assert!(context["preview_token"].as_str().is_some_and(|token| !token.is_empty()), "{context}");
}

#[tokio::test]
async fn over_a_long_connection_whatever_is_no_answer_has_its_code() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = post(main, open, &card("a")).await;
    let mut failed = vec![(code(&click(main, &message_id, "yes").await), 200_340)];
    let mut ear = main.ear().await;
    let raw = |card: Value| json!({"card": {"type": "raw", "data": card}}).to_string();
    let cases = [
        (Ack::no_handler(), 200_671),
        (Ack::answer("nonsense"), 200_672),
        (Ack::answer("[]"), 200_672),
        // What the Node SDK says for want of a handler.
        (Ack::answer(r#""no card.action.trigger event handle""#), 200_672),
        (Ack::answer(r#"{"card":{"type":"raw"}}"#), 200_673),
        (Ack::answer(r#"{"card":"x"}"#), 200_673),
        (Ack::answer(r#"{"card":{"type":"template","data":{"template_id":"AAq"}}}"#), 200_673),
        (Ack::answer(raw(json!([]))), 200_673),
        (
            Ack::answer(raw(
                json!({"schema": "2.0", "body": {"elements": [{"tag": "img", "img_key": "img_v3_x"}]}}),
            )),
            200_673,
        ),
        (Ack::answer(raw(old_card("b"))), 200_830),
    ];
    for (ack, expected) in cases {
        let (seen, ()) = tokio::join!(click(main, &message_id, "yes"), async {
            let heard = ear.next().await;
            ear.send(heard.frame.ack(&ack, 1).encode()).await;
        });
        assert_eq!(code(&seen), expected, "{ack:?}");
        failed.push((code(&seen), expected));
    }
    // A payload that is no ack at all.
    let (seen, ()) = tokio::join!(click(main, &message_id, "yes"), async {
        let heard = ear.next().await;
        ear.send(larkspur_push::Frame { payload: None, ..heard.frame }.encode()).await;
    });
    failed.push((code(&seen), 200_672));
    // The connection is lost while the app thinks; another one is not asked.
    let mut other = main.ear().await;
    let path = format!("apps/{}/connections", main.app_id);
    let (seen, ()) = tokio::join!(click(main, &message_id, "yes"), async {
        tokio::select! {
            _ = ear.next() => {}
            _ = other.next() => {}
        }
        main.own(Method::DELETE, &path, Value::Null).await;
    });
    failed.push((code(&seen), 200_342));
    // No answer in time. The answer that comes afterwards is nobody's.
    let mut ear = main.ear().await;
    let (seen, heard) = tokio::join!(click(main, &message_id, "yes"), ear.next());
    failed.push((code(&seen), 200_341));
    ear.answer(&heard, &json!({"card": {"type": "raw", "data": card("late")}})).await;
    ear.settled().await;
    for (seen, expected) in &failed {
        assert_eq!(seen, expected);
    }
    assert_eq!(standing(main, &message_id).await, card("a"));

    // A callback is asked once.
    clock.advance(7 * 60 * MINUTE);
    let fence = main.trigger(json!({})).await;
    assert_eq!(ear.take().await.event_id(), fence);
    main.once(&fence, "delivered").await;
    for delivery in main.deliveries().await {
        let shown = main.delivery(delivery["event_id"].as_str().expect("an id")).await;
        assert_eq!(shown["attempts"].as_array().map(Vec::len), Some(1), "{shown}");
        assert!(["delivered", "expired"].contains(&shown["state"].as_str().expect("a word")), "{shown}");
    }
    let [created, _, pending, _] = main.ledger().await;
    assert_eq!((created, pending), (i64::try_from(failed.len()).expect("few") + 1, 0));
}

#[tokio::test]
async fn over_http_whatever_is_no_answer_has_its_code() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = post(main, open, &card("a")).await;
    let mut ear = main.ear().await;
    // No address at all.
    main.set(json!({"callback_mode": "webhook"})).await;
    assert_eq!(code(&click(main, &message_id, "yes").await), 200_340);
    let mut letterbox = Letterbox::new().await;
    main.set(json!({"callback_url": letterbox.url})).await;
    letterbox.next().await;
    let says = |status, body: &str| Manner::Says(status, body.to_owned());
    let raw = |card: Value| json!({"card": {"type": "raw", "data": card}}).to_string();
    let cases = [
        (says(500, "{}"), 200_671),
        (says(201, "{}"), 200_671),
        (Manner::Redirects(letterbox.url.clone()), 200_671),
        (says(200, "ok"), 200_672),
        (says(200, "[]"), 200_672),
        (says(200, &raw(json!(1))), 200_673),
        (says(200, &raw(old_card("b"))), 200_830),
        (Manner::HangsUp, 200_342),
        (Manner::Babbles, 200_342),
        (Manner::IsSilent, 200_341),
        (says(200, ""), 0),
        (says(200, r#""no card.action.trigger event handle""#), 0),
        (says(200, &raw(card("b"))), 0),
    ];
    let asked = cases.len();
    for (manner, expected) in cases {
        letterbox.answers(manner.clone());
        assert_eq!(code(&click(main, &message_id, "yes").await), expected, "{manner:?}");
        let body = letterbox.event().await;
        assert_eq!(body["header"]["event_type"], "card.action.trigger");
    }
    assert_eq!(standing(main, &message_id).await, card("b"));
    // Events go on over the long connection, and nothing is asked a second time.
    clock.advance(7 * 60 * MINUTE);
    let fence = main.trigger(json!({})).await;
    assert_eq!(ear.take().await.event_id(), fence);
    assert!(letterbox.is_empty());
    drop(letterbox);
    until("the port is closed", async || {
        (code(&click(main, &message_id, "yes").await) == 200_342).then_some(())
    })
    .await;
    let [created, .., pending, _] = main.ledger().await;
    assert!(created >= i64::try_from(asked).expect("few") + 2 && pending <= 1);
}

#[tokio::test]
async fn addresses_that_lead_nowhere_have_their_codes() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("bound");
    for (url, expected) in [
        (format!("http://{closed}/"), 200_342),
        (format!("http://{}.example/", "x".repeat(64)), 200_343),
        ("http://10.0.0.1/".to_owned(), 200_340),
        ("http://169.254.169.254/".to_owned(), 200_340),
    ] {
        let seed = format!(
            "[[tenants]]\nname = \"x\"\n[[tenants.users]]\nname = \"Ada\"\n[[tenants.apps]]\nname = \"bot\"\n[tenants.apps.subscription]\ncallbacks = [\"*\"]\ncallback_mode = \"webhook\"\ncallback_url = \"{url}\"\n[[tenants.groups]]\nname = \"g\"\nusers = [\"Ada\"]\nbots = [\"bot\"]\n"
        );
        let (_, builder) = clocked();
        let home = Home::with(builder.seed(seed)).await;
        let message_id = post(&home, home.chat_id(), &card("a")).await;
        assert_eq!(code(&click(&home, &message_id, "yes").await), expected, "{url}");
        let shown = home.deliveries().await.remove(0);
        assert_eq!(shown["state"], "expired");
    }
}

#[tokio::test]
async fn with_a_key_a_callback_is_encrypted_and_signed() {
    let world = garden().await;
    let main = world.main();
    let message_id = post(main, world.group("open"), &card("a")).await;
    let mut letterbox = Letterbox::new().await;
    letterbox.holds("key");
    main.set(json!({"callback_mode": "webhook", "callback_url": letterbox.url, "encrypt_key": "key"})).await;
    letterbox.next().await;
    assert_eq!(click(main, &message_id, "yes").await.told(), "200 0 success");
    let letter = letterbox.next().await;
    let header = |name| letter.header(name).expect("a header");
    let [timestamp, nonce, sign] =
        ["X-Lark-Request-Timestamp", "X-Lark-Request-Nonce", "X-Lark-Signature"].map(header);
    assert!(signature::verify_event_signature(timestamp, nonce, "key", letter.body.as_bytes(), sign));
    let plain = seal::open_body("key", letter.body.as_bytes()).expect("it opens");
    let plain: Value = serde_json::from_slice(&plain).expect("JSON");
    assert_eq!(plain["event"]["action"]["value"], json!({"k": "v"}));
}

#[tokio::test]
async fn a_card_that_everyone_has_for_themselves_changes_for_who_pressed() {
    let world = garden().await;
    let (main, open) = (world.main(), world.group("open"));
    let own = |text: &str| {
        let mut card = old_card(text);
        card["config"]["update_multi"] = false.into();
        card
    };
    let message_id = post(main, open, &own("a")).await;
    let mut ear = main.ear().await;
    let press =
        |user: &str, element: &str| json!({"user": user, "message_id": message_id, "element": element});
    let next = json!({"card": {"type": "raw", "data": own("b")}});
    let (_, seen) = answered(main, &mut ear, "click", press("Ada", "a"), &next).await;
    assert_eq!(seen.body["data"]["card_updated"], true);
    assert_eq!(standing(main, &message_id).await, own("a"));
    // Each presses what they see.
    let gone = main.own(Method::POST, "act/click", press("Ada", "a")).await;
    assert_eq!(code(&gone), 200_080, "{gone:?}");
    for (user, element) in [("Ada", "b"), ("Bo", "a")] {
        let (_, seen) = answered(main, &mut ear, "click", press(user, element), &json!({})).await;
        assert_eq!(seen.told(), "200 0 success");
    }
    // Once it is shared, everyone sees the same.
    let shared = json!({"card": {"type": "raw", "data": old_card("c")}});
    answered(main, &mut ear, "click", press("Bo", "a"), &shared).await;
    assert_eq!(standing(main, &message_id).await, old_card("c"));
    let (_, seen) = answered(main, &mut ear, "click", press("Ada", "c"), &json!({})).await;
    assert_eq!(seen.told(), "200 0 success");
}

#[tokio::test]
async fn an_app_that_does_not_listen_is_not_asked() {
    let world = garden().await;
    let main = world.main();
    let message_id = post(main, world.group("open"), &card("a")).await;
    let mut ear = main.ear().await;
    main.set(json!({"callbacks": ["url.preview.get"]})).await;
    let refused = click(main, &message_id, "yes").await;
    assert_eq!(code(&refused), 200_340);
    assert!(
        refused.body["msg"].as_str().is_some_and(|msg| msg.contains("card.action.trigger is not among")),
        "{refused:?}"
    );
    main.set(json!({"callbacks": ["card.action.trigger"]})).await;
    let look = json!({"user": "Ada", "app_id": main.app_id, "url": "https://example.com/1"});
    assert_eq!(code(&main.own(Method::POST, "act/open_link", look).await), 200_340);
    assert_eq!(main.ledger().await, [0; 4], "it was not even tried");
    ear.settled().await;
}

#[tokio::test]
async fn the_card_is_changed_later_with_the_token_of_the_callback() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let main = world.main();
    let message_id = post(main, world.group("open"), &card("a")).await;
    let mut ear = main.ear().await;
    let update = async |token: &str, card: &Value| {
        main.post("interactive/v1/card/update", json!({"token": token, "card": card})).await.told()
    };
    let token = |heard: &Heard| heard.body["event"]["token"].as_str().expect("a token").to_owned();
    let press = json!({"user": "Ada", "message_id": message_id, "element": "yes"});
    // Not before the callback was answered.
    let (_, heard) = tokio::join!(click(main, &message_id, "yes"), async {
        let heard = ear.next().await;
        let early = update(&token(&heard), &card("early")).await;
        assert_eq!(early, "400 200810 The card is in an ongoing interaction and cannot be updated");
        ear.answer(&heard, &json!({})).await;
        heard
    });
    let first = token(&heard);
    for title in ["b", "c"] {
        assert_eq!(update(&first, &card(title)).await, "200 0 ok");
        assert_eq!(standing(main, &message_id).await, card(title));
    }
    let used_up = update(&first, &card("d")).await;
    assert!(used_up.starts_with("400 "), "{used_up}");
    let (heard, _) = answered(main, &mut ear, "click", press.clone(), &json!({})).await;
    clock.advance(30 * MINUTE - Duration::from_millis(1));
    assert_eq!(update(&token(&heard), &card("e")).await, "200 0 ok");
    clock.advance(Duration::from_millis(1));
    assert_eq!(update(&token(&heard), &card("f")).await, "400 300030 The card update token has expired.");
    // A callback that was not answered leaves a token of no use.
    let (_, heard) = tokio::join!(click(main, &message_id, "yes"), async {
        let heard = ear.next().await;
        ear.refuse(&heard).await;
        heard
    });
    assert!(update(&token(&heard), &card("g")).await.starts_with("400 200810 "));
    assert_eq!(standing(main, &message_id).await, card("e"));
}

#[tokio::test]
async fn the_old_card_callback_is_bare_signed_in_its_own_way_and_never_encrypted() {
    let world = garden().await;
    let (main, open) = (world.main(), world.group("open"));
    let message_id = post(main, open, &old_card("a")).await;
    let mut ear = main.ear().await;
    // Only by its name is the old one meant, and it goes to the address whatever the mode.
    main.set(json!({"callbacks": ["card.action.trigger_v1"], "verification_token": "v-token"})).await;
    assert_eq!(code(&click(main, &message_id, "a").await), 200_340);
    let mut letterbox = Letterbox::new().await;
    letterbox.holds("key");
    main.set(json!({"callback_url": letterbox.url, "encrypt_key": "key"})).await;
    letterbox.next().await;
    letterbox.answers(Manner::Says(200, old_card("b").to_string()));
    let seen = click(main, &message_id, "a").await;
    assert_eq!((seen.told(), &seen.body["data"]["card_updated"]), ("200 0 success".to_owned(), &json!(true)));
    assert_eq!(standing(main, &message_id).await, old_card("b"));
    let letter = letterbox.next().await;
    let body: Value = serde_json::from_str(&letter.body).expect("JSON");
    let ada = name_of(&world, "ada").await;
    let expected = json!({
        "open_id": ada["open_id"], "user_id": "ada", "tenant_key": ada["tenant_key"], "token": body["token"],
        "open_message_id": message_id, "open_chat_id": open,
        "action": {"value": {"a": 1}, "tag": "button"},
    });
    assert_eq!(body, expected);
    let header = |name| letter.header(name).expect("a header");
    let [timestamp, nonce, sign] =
        ["X-Lark-Request-Timestamp", "X-Lark-Request-Nonce", "X-Lark-Signature"].map(header);
    assert!(signature::verify_card_signature(timestamp, nonce, "v-token", letter.body.as_bytes(), sign));
    assert_eq!((timestamp, sign.len()), ("1800000000", 40));
    // Its token changes the card later, too.
    let later = json!({"token": body["token"], "card": old_card("c")});
    assert_eq!(main.post("interactive/v1/card/update", later).await.told(), "200 0 ok");
    // Nothing, or a word of thanks, leaves the card as it is.
    for answer in ["", "{}", r#"{"msg":"success"}"#] {
        letterbox.answers(Manner::Says(200, answer.to_owned()));
        let seen = click(main, &message_id, "c").await;
        assert_eq!(
            (seen.told(), &seen.body["data"]["card_updated"]),
            ("200 0 success".to_owned(), &json!(false)),
            "{answer}"
        );
    }
    // Whoever listens to both is asked the new way.
    main.set(json!({"callbacks": ["card.action.trigger_v1", "card.action.trigger"]})).await;
    let press = json!({"user": "Ada", "message_id": message_id, "element": "c"});
    let (heard, _) = answered(main, &mut ear, "click", press, &json!({})).await;
    assert_eq!(heard.body["header"]["event_type"], "card.action.trigger");
}

#[tokio::test]
async fn an_example_of_a_callback_is_asked_and_answered() {
    let world = garden().await;
    let main = world.main();
    let mut ear = main.ear().await;
    let path = format!("apps/{}/trigger", main.app_id);
    let body = json!({"event_type": "card.action.trigger", "event": {"action": {"tag": "overflow"}}});
    let (answer, heard) = tokio::join!(main.own(Method::POST, &path, body), async {
        let heard = ear.next().await;
        ear.answer(&heard, &json!({"toast": {"content": "ok"}})).await;
        heard
    });
    assert_eq!(answer.data("event_id"), heard.event_id());
    assert_eq!(answer.body["data"]["answer"], json!({"toast": {"content": "ok"}}));
    // Objects are merged: the rest is the documented example.
    let action = &heard.body["event"]["action"];
    assert_eq!((&action["tag"], &action["value"]), (&json!("overflow"), &json!({"key": "value"})));
}
