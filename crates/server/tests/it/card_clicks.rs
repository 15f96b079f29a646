//! Clicks on cards that are old, forms that cannot be sent, and answers with a template.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, world::World};

const MAIN: (&str, &str) = ("cli_00000000000000a1", "main");
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const MOMENT: Duration = Duration::from_millis(1);

fn button() -> Value {
    json!({"tag": "button", "text": {"tag": "plain_text", "content": "Go"}, "value": {"a": 1}})
}

fn first(text: &str) -> Value {
    json!({"config": {"update_multi": true}, "elements": [{"tag": "markdown", "content": text}, {"tag": "action", "actions": [button()]}]})
}

fn second(text: &str) -> Value {
    json!({"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": text}, button()]}})
}

/// Presses the one button of a card. The app, if it is to answer, answers with this card.
async fn click(home: &Home, message_id: &str, card: Option<Value>) -> Answer {
    let press = home.own(Method::POST, "act/click", json!({"user": "Ada", "message_id": message_id}));
    let Some(card) = card else { return press.await };
    let mut ear = home.ear().await;
    let (seen, ()) = tokio::join!(press, async {
        let heard = ear.next().await;
        ear.answer(&heard, &json!({"card": card})).await;
    });
    seen
}

/// The first text of the card as it stands now.
async fn text(home: &Home, message_id: &str) -> String {
    let path = format!("im/v1/messages/{message_id}?card_msg_content_type=raw_card_content");
    let got = home.get(&path).await;
    let content = got.body["data"]["items"][0]["body"]["content"].as_str().expect("content");
    let card: Value = serde_json::from_str(content).expect("JSON");
    let elements = card.get("elements").or_else(|| card.pointer("/body/elements")).expect("elements");
    elements[0]["content"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn old_cards_are_neither_changed_nor_clicked() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let one = main.say(open, "interactive", &first("a")).await.data("message_id");
    let two = main.say(open, "interactive", &second("a")).await.data("message_id");
    clock.advance(14 * DAY);
    let main = Home::of(main.platform.clone(), MAIN.0, MAIN.1).await;
    for (message_id, card) in [(&one, first("b")), (&two, second("b"))] {
        let seen = click(&main, message_id, Some(json!({"type": "raw", "data": card}))).await;
        assert_eq!(
            (seen.told().as_str(), &seen.body["data"]["card_updated"]),
            ("200 0 success", &json!(true))
        );
        assert_eq!(text(&main, message_id).await, "b");
    }
    clock.advance(MOMENT);
    let seen = click(&main, &one, Some(json!({"type": "raw", "data": first("c")}))).await;
    assert_eq!((seen.told().as_str(), &seen.body["data"]["card_updated"]), ("200 0 success", &json!(false)));
    assert_eq!(text(&main, &one).await, "b");
    let old =
        |days: u32| format!("message_id: the card is older than {days} days: it can no longer be clicked");
    assert_eq!(click(&main, &two, None).await.violations(), old(14));
    clock.advance(16 * DAY);
    assert_eq!(click(&main, &one, None).await.violations(), old(30));
}

#[tokio::test]
async fn every_element_in_a_form_has_a_name() {
    let world = World::new().await;
    let main = world.main();
    let send = json!({"tag": "button", "name": "send", "form_action_type": "submit", "text": {"tag": "plain_text", "content": "Send"}});
    let form = json!({"tag": "form", "name": "form", "elements": [{"tag": "input"}, send]});
    let card = json!({"schema": "2.0", "body": {"elements": [form]}});
    let message_id = main.say(world.group("open"), "interactive", &card).await.data("message_id");
    let body = json!({"user": "Ada", "message_id": message_id, "form_value": {}});
    let told = main.own(Method::POST, "act/submit", body).await.told();
    assert_eq!(told, "400 200530 An element in the form has no name.");
}

#[tokio::test]
async fn an_answer_may_name_a_template() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let template = json!({"template_id": "AAq1", "card": second("Hi ${name}"), "variables": [{"name": "name", "type": "text"}]});
    main.own(Method::POST, &format!("apps/{}/card_templates", MAIN.0), template).await;
    let message_id = main.say(open, "interactive", &second("a")).await.data("message_id");
    let of = |id: &str| json!({"type": "template", "data": {"template_id": id, "template_variable": {"name": "Ada"}}});
    assert_eq!(click(main, &message_id, Some(of("AAq1"))).await.told(), "200 0 success");
    assert_eq!(text(main, &message_id).await, "Hi Ada");
    let unknown = click(main, &message_id, Some(of("AAq9"))).await.told();
    assert!(unknown.starts_with("400 200673 ") && unknown.contains("ErrCode: 200380"), "{unknown}");
    let wrong = json!({"type": "raw", "data": {"schema": "2.0", "body": {"elements": [{"tag": "note"}]}}});
    let told = click(main, &message_id, Some(wrong)).await.told();
    assert!(told.starts_with("400 200673 ") && told.contains("ErrCode: 200861"), "{told}");
    assert_eq!(text(main, &message_id).await, "Hi Ada");
}
