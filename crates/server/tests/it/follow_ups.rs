//! `im.v1.message.push_follow_up`.

use std::time::Duration;

use larkspur_domain::message::follow_up::below;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, world::World};

async fn push(home: &Home, message_id: &str, follow_ups: Value) -> Answer {
    home.post(&format!("im/v1/messages/{message_id}/push_follow_up"), json!({"follow_ups": follow_ups})).await
}

/// Sends a text to a user.
async fn tell(home: &Home, user_id: &str) -> String {
    let body = json!({"receive_id": user_id, "msg_type": "text", "content": r#"{"text":"x"}"#});
    home.post("im/v1/messages?receive_id_type=user_id", body).await.data("message_id")
}

#[tokio::test]
async fn bubbles_hang_below_the_last_message() {
    let (stage, world) = Stage::new().await;
    let main = world.main();
    let first = tell(main, "ada").await;
    let bubbles = json!([{"content": "你好", "i18n_contents": [{"content": "hello", "language": "en_us"}]}, {"content": "x"}]);
    assert_eq!(push(main, &first, bubbles.clone()).await.told(), "200 0 success");
    let again = push(main, &first, bubbles.clone()).await;
    assert_eq!(again.told(), "400 230008 follow up already exist.");
    world.stop().await;
    let hanging = |message_id: String| {
        stage.read(move |view| {
            let message = view.message(&message_id)?.expect("the message");
            Ok(serde_json::to_value(below(view, &message)?).expect("JSON"))
        })
    };
    assert_eq!(hanging(first.clone()).await, bubbles);
    let main = stage.start("cli_00000000000000a1", "main").await;
    let second = tell(&main, "ada").await;
    main.stop().await;
    assert_eq!(hanging(first).await, json!([]));
    assert_eq!(hanging(second).await, json!([]));
}

#[tokio::test]
async fn bubbles_that_cannot_hang_are_refused() {
    crate::shows(&["message.push_follow_up.window"]);
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let main = world.main();
    let bubble = json!([{"content": "x"}]);
    let older = tell(main, "ada").await;
    let latest = tell(main, "ada").await;
    let theirs = tell(world.app("shy"), "ada").await;
    let group = main.text(world.group("open"), "x").await;
    let elsewhere = world.app("shy").text(world.group("elsewhere"), "x").await;
    let recalled = tell(main, "bo").await;
    main.call(Method::DELETE, &format!("im/v1/messages/{recalled}"), json!({})).await;
    let cases = [
        ("main", &older, "400 230006 only support latest message."),
        ("main", &theirs, "400 230004 invisible message."),
        ("main", &elsewhere, "400 230004 invisible message."),
        ("main", &recalled, "400 230004 invisible message."),
        ("main", &group, "400 230003 only support p2p chat."),
        ("mute", &latest, "400 230006 Bot ability is not activated."),
    ];
    for (app, message_id, told) in cases {
        assert_eq!(push(world.app(app), message_id, bubble.clone()).await.told(), told);
    }
    assert_eq!(push(main, "om_x", bubble.clone()).await.told(), "400 99992354 these ids not existed: [om_x]");

    let invalid = "400 230007 invalid follow up.";
    let twice = json!({"content": "x", "language": "en_us"});
    for follow_ups in [
        json!([{}]),
        json!([{"content": "x", "i18n_contents": [{"language": "en_us"}]}]),
        json!([{"content": "x", "i18n_contents": [twice, twice]}]),
    ] {
        assert_eq!(push(main, &latest, follow_ups).await.told(), invalid);
    }
    let long = "x".repeat(201);
    for (follow_ups, violations) in [
        (json!([]), "follow_ups: the min len is 1".to_owned()),
        (json!([{"content": "x"}, {"content": "x"}, {"content": "x"}, {"content": "x"}]), "follow_ups: the max len is 3".to_owned()),
        (json!([{"content": ""}]), "follow_ups[*].content: the min len is 1".to_owned()),
        (json!([{"content": long}]), "follow_ups[*].content: the max len is 200".to_owned()),
        (
            json!([{"content": "x", "i18n_contents": [{"content": "x", "language": "xx"}]}]),
            "follow_ups[*].i18n_contents[*].language: options: [en_us,zh_cn,zh_hk,zh_tw,ja_jp,id_id,vi_vn,th_th,pt_br,es_es,ko_kr,de_de,fr_fr,it_it,ru_ru,ms_my]".to_owned(),
        ),
    ] {
        let answer = push(main, &latest, follow_ups).await;
        assert_eq!((answer.told().as_str(), answer.violations()), ("400 99992402 field validation failed", violations));
    }

    clock.advance(Duration::from_secs(600));
    assert_eq!(push(main, &latest, bubble.clone()).await.told(), "200 0 success");
    let last = tell(main, "ada").await;
    clock.advance(Duration::from_millis(600_001));
    assert_eq!(push(main, &last, bubble).await.told(), "400 230002 expired message.");
}
