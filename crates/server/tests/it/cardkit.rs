//! `cardkit.v1.card` and `cardkit.v1.card_element`.

use std::time::Duration;

use larkspur_domain::card;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, world::World};

const MAIN: (&str, &str) = ("cli_00000000000000a1", "main");
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const OK: &str = "200 0 success";

fn card(elements: Value) -> Value {
    json!({"schema": "2.0", "body": {"elements": elements}})
}

fn words(element_id: &str, content: &str) -> Value {
    json!({"tag": "markdown", "element_id": element_id, "content": content})
}

fn streaming(content: &str) -> Value {
    json!({"schema": "2.0", "config": {"streaming_mode": true}, "body": {"elements": [words("md_1", content)]}})
}

async fn create(home: &Home, card: &Value) -> Answer {
    home.post("cardkit/v1/cards", json!({"type": "card_json", "data": card.to_string()})).await
}

async fn made(home: &Home, card: &Value) -> String {
    create(home, card).await.data("card_id")
}

async fn show(home: &Home, chat: &str, card_id: &str) -> Answer {
    home.say(chat, "interactive", &json!({"type": "card", "data": {"card_id": card_id}})).await
}

/// The card in a message.
async fn read(home: &Home, message_id: &str) -> Value {
    let path = format!("im/v1/messages/{message_id}?card_msg_content_type=raw_card_content");
    let got = home.get(&path).await.body["data"]["items"][0].take();
    serde_json::from_str(got["body"]["content"].as_str().expect("content")).expect("JSON")
}

/// A change of a card entity: the rest of the path, and what stands in the body besides `sequence`.
async fn change(home: &Home, card_id: &str, kind: &str, sequence: i64, mut body: Value) -> Answer {
    let (method, path) = match kind {
        "update" => (Method::PUT, String::new()),
        "settings" => (Method::PATCH, "/settings".to_owned()),
        "batch_update" => (Method::POST, "/batch_update".to_owned()),
        "elements" => (Method::POST, "/elements".to_owned()),
        other => {
            let (verb, element_id) = other.split_once(' ').expect("a verb and an element");
            let path = format!("/elements/{element_id}");
            match verb {
                "PUT" => (Method::PUT, path),
                "PATCH" => (Method::PATCH, path),
                "DELETE" => (Method::DELETE, path),
                _ => (Method::PUT, path + "/content"),
            }
        }
    };
    body["sequence"] = sequence.into();
    home.call(method, &format!("cardkit/v1/cards/{card_id}{path}"), body).await
}

/// One change of each kind, each of which succeeds on a streaming card.
fn changes() -> Vec<(&'static str, Value)> {
    let data = streaming("new").to_string();
    vec![
        ("update", json!({"card": {"type": "card_json", "data": data}})),
        ("settings", json!({"settings": r#"{"config":{"summary":{"content":"x"}}}"#})),
        ("batch_update", json!({"actions": "[]"})),
        ("elements", json!({"type": "append", "elements": r#"[{"tag":"hr"}]"#})),
        ("PUT md_1", json!({"element": words("md_1", "x").to_string()})),
        ("PATCH md_1", json!({"partial_element": r#"{"content":"x"}"#})),
        ("CONTENT md_1", json!({"content": "x"})),
        ("DELETE md_1", json!({})),
    ]
}

#[tokio::test]
async fn an_entity_changes_where_it_was_sent() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let card_id = made(main, &card(json!([words("md_1", "one")]))).await;
    assert!(card_id.len() == 19 && card_id.bytes().all(|byte| byte.is_ascii_digit()), "{card_id}");
    let message_id = show(main, open, &card_id).await.data("message_id");
    assert_eq!(read(main, &message_id).await, card(json!([words("md_1", "one")])));

    let data = card(
        json!([words("md_1", "two"), {"tag": "column_set", "columns": [{"tag": "column", "element_id": "col_1", "elements": []}]}]),
    );
    let body = json!({"card": {"type": "card_json", "data": data.to_string()}, "uuid": "u1"});
    let answer = change(main, &card_id, "update", 1, body).await;
    assert_eq!((answer.told().as_str(), &answer.body["data"]), (OK, &json!({})));
    assert_eq!(read(main, &message_id).await, data);

    let settings =
        json!({"settings": r#"{"config":{"summary":{"content":"s"}},"card_link":{"url":"https://x.cn"}}"#});
    let hr = |id: &str| json!({"tag": "hr", "element_id": id});
    let add = |kind: &str, target: &str, id: &str| json!({"type": kind, "target_element_id": target, "elements": json!([hr(id)]).to_string()});
    for (sequence, (kind, body)) in [
        ("settings", settings),
        ("elements", add("insert_before", "md_1", "before")),
        ("elements", add("insert_after", "md_1", "after")),
        ("elements", add("append", "col_1", "within")),
        ("elements", add("append", "", "last")),
        ("PUT before", json!({"element": r#"{"tag":"div","text":{"tag":"plain_text","element_id":"text_1","content":"t"}}"#})),
        ("PATCH md_1", json!({"partial_element": r#"{"content":"three","element_id":"md_2","tag":"markdown"}"#})),
        ("DELETE after", json!({})),
    ]
    .into_iter()
    .enumerate()
    {
        let sequence = 10 + i64::try_from(sequence).expect("few");
        assert_eq!(change(main, &card_id, kind, sequence, body).await.told(), OK, "{kind}");
    }
    let now = json!({
        "schema": "2.0",
        "body": {"elements": [
            {"tag": "div", "text": {"tag": "plain_text", "element_id": "text_1", "content": "t"}, "element_id": "before"},
            words("md_2", "three"),
            {"tag": "column_set", "columns": [{"tag": "column", "element_id": "col_1", "elements": [hr("within")]}]},
            hr("last")
        ]},
        "config": {"summary": {"content": "s"}}, "card_link": {"url": "https://x.cn"}
    });
    assert_eq!(read(main, &message_id).await, now);

    let actions = json!([
        {"action": "partial_update_setting", "params": {"settings": {"config": {"streaming_mode": true}}}},
        {"action": "add_elements", "params": {"type": "insert_before", "target_element_id": "md_2", "elements": [words("md_3", "four")]}},
        {"action": "delete_elements", "params": {"element_ids": ["last", "before"]}},
        {"action": "partial_update_element", "params": {"element_id": "md_2", "partial_element": {"content": "five"}}},
        {"action": "update_element", "params": {"element_id": "within", "element": {"tag": "markdown", "content": "six"}}}
    ]);
    assert_eq!(
        change(main, &card_id, "batch_update", 20, json!({"actions": actions.to_string()})).await.told(),
        OK
    );
    let after = read(main, &message_id).await;
    assert_eq!(after["config"], json!({"summary": {"content": "s"}, "streaming_mode": true}));
    let within = json!({"tag": "markdown", "content": "six", "element_id": "within"});
    let columns = json!({"tag": "column_set", "columns": [{"tag": "column", "element_id": "col_1", "elements": [within]}]});
    assert_eq!(after["body"]["elements"], json!([words("md_3", "four"), words("md_2", "five"), columns]));
    // One that fails leaves all as it was.
    let actions = json!([
        {"action": "delete_elements", "params": {"element_ids": ["md_2"]}},
        {"action": "delete_elements", "params": {"element_ids": ["md_2"]}}
    ]);
    let failed = change(main, &card_id, "batch_update", 21, json!({"actions": actions.to_string()})).await;
    assert_eq!(failed.told(), "400 300314 Failed to delete element, ext=not find elementID : md_2");
    assert_eq!(read(main, &message_id).await, after);
    // What replaces the card of the message is what the entity is then.
    let patched = card(json!([words("md_9", "nine")]));
    let path = format!("im/v1/messages/{message_id}");
    assert_eq!(main.call(Method::PATCH, &path, json!({"content": patched.to_string()})).await.told(), OK);
    let body = json!({"partial_element": r#"{"content":"ten"}"#});
    assert_eq!(change(main, &card_id, "PATCH md_9", 22, body).await.told(), OK);
    assert_eq!(read(main, &message_id).await, card(json!([words("md_9", "ten")])));
}

#[tokio::test]
async fn an_entity_is_sent_once_by_its_app() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let (main, open) = (world.main(), world.group("open"));
    let failed = "400 230099 Failed to create card content, ext=ErrCode: ";
    let card_id = made(main, &streaming("x")).await;
    assert_eq!(
        show(world.app("shy"), open, &card_id).await.told(),
        format!(
            "{failed}300311; ErrMsg: The current application does not have permission to update/use this card"
        )
    );
    let message_id = show(main, open, &card_id).await.data("message_id");
    assert_eq!(
        show(main, open, &card_id).await.told(),
        format!("{failed}11310; ErrMsg: card entity has been sent")
    );
    let invalid = format!("{failed}11310; ErrMsg: cardid is invalid");
    assert_eq!(show(main, open, "7000000000000000000").await.told(), invalid);
    let other = made(main, &streaming("x")).await;
    let entity = json!({"type": "card", "data": {"card_id": other}}).to_string();
    let patched =
        main.call(Method::PATCH, &format!("im/v1/messages/{message_id}"), json!({"content": entity})).await;
    assert_eq!(patched.told(), invalid);
    let reply = json!({"msg_type": "interactive", "content": entity});
    let replied = main.post(&format!("im/v1/messages/{message_id}/reply"), reply).await;
    assert_eq!(read(main, &replied.data("message_id")).await, streaming("x"));

    // What streams is not forwarded, until streaming ends.
    let forward = async |home: &Home| {
        let path = format!("im/v1/messages/{message_id}/forward?receive_id_type=chat_id");
        home.post(&path, json!({"receive_id": open})).await.told()
    };
    assert_eq!(forward(main).await, "400 230061 The message type does not support forwarding.");
    clock.advance(Duration::from_secs(10 * 60));
    assert_eq!(forward(main).await, OK);

    let late = made(main, &streaming("x")).await;
    clock.advance(14 * DAY + Duration::from_millis(1));
    let main = Home::of(main.platform.clone(), MAIN.0, MAIN.1).await;
    assert_eq!(
        show(&main, open, &late).await.told(),
        format!("{failed}200750; ErrMsg: The card entity has expired")
    );
}

#[tokio::test]
async fn what_cannot_be_an_entity_is_refused() {
    let world = World::new().await;
    let main = world.main();
    let elsewhere = world.app("shy").image_key().await;
    let same = |id: &str| json!({"tag": "hr", "element_id": id});
    let content = "400 200220 Failed to generate card content, ext=";
    let cases = [
        (json!({}), "400 300307 The card DSL is empty".to_owned()),
        (json!([]), "400 300307 The card DSL is empty".to_owned()),
        (json!({"elements": []}), "400 300303 Only schema 2.0 is supported".to_owned()),
        (
            json!({"schema": "2.0", "config": {"update_multi": false}}),
            "400 300302 update_multi property is false".to_owned(),
        ),
        (
            card(json!([same("a"), same("a")])),
            "400 300301 Duplicate element_id in card component.".to_owned(),
        ),
        (
            card(json!([same("1")])),
            "400 300301 Duplicate element_id in card component, ext=elementID format error: 1".to_owned(),
        ),
        (
            card(json!(vec![json!({"tag": "hr"}); 201])),
            "400 300305 The number of card components exceeds 200".to_owned(),
        ),
        (
            card(json!([words("a", &"x".repeat(30 * 1024))])),
            "400 200860 Card content exceeds limit.".to_owned(),
        ),
        (
            card(json!([{"tag": "marquee"}])),
            format!("{content}ErrCode: 11310; ErrMsg: unsupported type of block; ErrorValue: marquee"),
        ),
        (
            card(json!([{"tag": "img", "img_key": elsewhere}])),
            format!(
                "{content}ErrCode: 200570; ErrMsg: card contains invalid image keys; ErrorValue: image key {elsewhere}"
            ),
        ),
    ];
    for (new, told) in cases {
        assert_eq!(create(main, &new).await.told(), told, "{new}");
    }
    let broken = main.post("cardkit/v1/cards", json!({"type": "card_json", "data": "{"})).await;
    assert!(broken.told().starts_with(&format!("{content}not JSON: ")), "{broken:?}");
    assert_eq!(
        main.post("cardkit/v1/cards", json!({"type": "card_json", "data": " "})).await.told(),
        "400 300307 The card DSL is empty"
    );
    let template = json!({"template_id": "AAq"}).to_string();
    let unknown = main.post("cardkit/v1/cards", json!({"type": "template", "data": template})).await;
    assert_eq!(
        unknown.told(),
        format!(
            "{content}ErrCode: 200380; ErrMsg: template does not exist, please confirm whether this template has been released; ErrorValue: templateID: AAq"
        )
    );
    let typed = main.post("cardkit/v1/cards", json!({"type": "picture", "data": "{}"})).await;
    assert_eq!(typed.violations(), "type: options: [card_json,template]");
    let narrow = create(world.app("narrow"), &streaming("x")).await;
    assert_eq!((narrow.status, narrow.body["code"].clone()), (400, json!(99_991_672)));
}

#[tokio::test]
async fn every_change_is_refused_for_the_same_reasons() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let main = world.main();
    for (kind, body) in changes() {
        let with = |uuid: &str| {
            let mut body = body.clone();
            body["uuid"] = uuid.into();
            body
        };
        let card_id = made(main, &streaming("x")).await;
        let unknown = change(main, "7000000000000000000", kind, 1, body.clone()).await;
        assert_eq!(unknown.told(), "400 200740 The card entity does not exist", "{kind}");
        let theirs = change(world.app("shy"), &card_id, kind, 1, body.clone()).await;
        assert_eq!(
            theirs.told(),
            "400 300311 The current application does not have permission to update/use this card",
            "{kind}"
        );
        assert_eq!(
            change(main, &card_id, "settings", 5, json!({"settings": "{\"config\":{}}", "uuid": "u"}))
                .await
                .told(),
            OK
        );
        assert_eq!(
            change(main, &card_id, kind, 6, with("u")).await.told(),
            "400 200770 UUID conflict",
            "{kind}"
        );
        let disorder =
            "400 300317 The sequence number for operating on the card did not increment consecutively";
        for sequence in [4, 5] {
            assert_eq!(change(main, &card_id, kind, sequence, body.clone()).await.told(), disorder, "{kind}");
        }
        assert_eq!(
            change(main, &card_id, kind, 0, body.clone()).await.violations(),
            "sequence: the min value is 1",
            "{kind}"
        );
        // A refusal uses up neither the number nor the uuid.
        assert_eq!(change(main, &card_id, kind, 6, with("v")).await.told(), OK, "{kind}");
    }
    let mut ids = Vec::new();
    for _ in changes() {
        ids.push(made(main, &streaming("x")).await);
    }
    clock.advance(14 * DAY + Duration::from_millis(1));
    let main = Home::of(main.platform.clone(), MAIN.0, MAIN.1).await;
    for ((kind, body), card_id) in changes().into_iter().zip(&ids) {
        let late = change(&main, card_id, kind, 1, body).await;
        assert_eq!(late.told(), "400 200750 The card entity has expired", "{kind}");
    }
}

#[tokio::test]
async fn every_kind_of_change_has_its_own_refusals() {
    let world = World::new().await;
    let main = world.main();
    let card_id = made(main, &card(json!([words("md_1", "x"), {"tag": "hr", "element_id": "hr_1"}]))).await;
    let big = "x".repeat(31 * 1024);
    let too_large = "400 200860 Card content exceeds limit.";
    let empty = "400 300307 The card DSL is empty";
    let duplicate = "400 300301 Duplicate element_id in card component.";
    let many = json!(vec![json!({"tag": "hr"}); 200]).to_string();
    let add = |kind: &str, target: &str, elements: &str| json!({"type": kind, "target_element_id": target, "elements": elements});
    let whole = |card: &Value| json!({"card": {"type": "card_json", "data": card.to_string()}});
    let batch = |actions: Value| json!({"actions": actions.to_string()});
    let missing = "ext=not find elementID : nobody";
    let cases = [
        ("update", whole(&json!({})), empty.to_owned()),
        ("update", whole(&json!({"elements": []})), "400 300303 Only schema 2.0 is supported".to_owned()),
        ("update", whole(&json!({"schema": "2.0", "config": {"update_multi": false}})), "400 300302 update_multi property is false".to_owned()),
        ("update", whole(&card(json!([words("a", &big)]))), too_large.to_owned()),
        ("update", whole(&card(json!([{"tag": "note"}]))), "400 200220 Failed to generate card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [0](tag: note); ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag note".to_owned()),
        ("update", json!({"card": {"type": "template", "data": "{}"}}), "400 10002 Your request contains an invalid request parameter, ext=card.type is card_json".to_owned()),
        ("settings", json!({"settings": "{}"}), empty.to_owned()),
        ("settings", json!({"settings": "[1]"}), "400 300122 Failed to update card configuration, ext=settings is no object".to_owned()),
        ("settings", json!({"settings": "{\"body\":{}}"}), "400 300122 Failed to update card configuration, ext=unknown property: body".to_owned()),
        ("settings", json!({"settings": "{\"config\":{\"update_multi\":false}}"}), "400 300302 update_multi property is false".to_owned()),
        ("settings", json!({"settings": json!({"config": {"summary": {"content": big}}}).to_string()}), too_large.to_owned()),
        ("elements", add("append", "", "[]"), empty.to_owned()),
        ("elements", add("append", "", "{}"), "400 300315 Failed to add element, ext=elements is no array of objects".to_owned()),
        ("elements", add("insert_after", "", "[{\"tag\":\"hr\"}]"), "400 10002 Your request contains an invalid request parameter, ext=target_element_id is required".to_owned()),
        ("elements", add("insert_after", "nobody", "[{\"tag\":\"hr\"}]"), format!("400 300315 Failed to add element, {missing}")),
        ("elements", add("append", "hr_1", "[{\"tag\":\"hr\"}]"), "400 300315 Failed to add element, ext=not find elementID : hr_1".to_owned()),
        ("elements", add("append", "", "[{\"tag\":\"blink\"}]"), "400 300315 Failed to add element, ext=ErrCode: 11310; ErrMsg: unsupported type of block; ErrorValue: blink".to_owned()),
        ("elements", add("append", "", "[{\"tag\":\"hr\",\"element_id\":\"md_1\"}]"), duplicate.to_owned()),
        ("elements", add("append", "", &many), "400 300305 The number of card components exceeds 200".to_owned()),
        ("PUT nobody", json!({"element": "{\"tag\":\"hr\"}"}), format!("400 300121 Failed to replace element, {missing}")),
        ("PUT hr_1", json!({"element": "[]"}), "400 300121 Failed to replace element, ext=element is no object".to_owned()),
        ("PUT hr_1", json!({"element": "{}"}), empty.to_owned()),
        ("PUT hr_1", json!({"element": words("md_1", "x").to_string()}), duplicate.to_owned()),
        ("PUT hr_1", json!({"element": words("a", &big).to_string()}), too_large.to_owned()),
        ("PATCH nobody", json!({"partial_element": "{\"content\":\"x\"}"}), format!("400 300313 Failed to update element  properties, {missing}")),
        ("PATCH md_1", json!({"partial_element": "{\"tag\":\"hr\"}"}), "400 300312 Unable to update element tag".to_owned()),
        ("PATCH md_1", json!({"partial_element": "{\"multiline\":true}"}), "400 300313 Failed to update element  properties, ext=ErrCode: 200621; ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: unknown property, property: multiline, path: ROOT -> body -> elements -> [0](tag: markdown)".to_owned()),
        ("PATCH md_1", json!({"partial_element": "{\"element_id\":\"hr_1\"}"}), duplicate.to_owned()),
        ("PATCH md_1", json!({"partial_element": "{}"}), empty.to_owned()),
        ("DELETE nobody", json!({}), format!("400 300314 Failed to delete element, {missing}")),
        ("CONTENT md_1", json!({"content": "x"}), "400 300309 Card streaming closed".to_owned()),
        ("batch_update", json!({"actions": "{}"}), "400 10002 Your request contains an invalid request parameter, ext=actions is no array".to_owned()),
        ("batch_update", batch(json!([{"action": "dance", "params": {}}])), "400 10002 Your request contains an invalid request parameter, ext=unknown action: dance".to_owned()),
        ("batch_update", batch(json!([{"action": "add_elements", "params": {"type": "append"}}])), "400 300315 Failed to add element, ext=elements is required".to_owned()),
        ("batch_update", batch(json!([{"action": "partial_update_element", "params": {"element_id": "nobody", "partial_element": {"content": "x"}}}])), format!("400 300313 Failed to update element properties, {missing}")),
        ("batch_update", batch(json!([{"action": "partial_update_element", "params": {"element_id": "md_1", "partial_element": {"tag": "hr"}}}])), "400 300312 Unable to update element tag".to_owned()),
        ("batch_update", batch(json!([{"action": "update_element", "params": {"element_id": "nobody", "element": {"tag": "hr"}}}])), format!("400 300121 Failed to replace element, {missing}")),
        ("batch_update", batch(json!([{"action": "partial_update_setting", "params": {"settings": []}}])), "400 300122 Failed to update card configuration, ext=settings is no object".to_owned()),
    ];
    for (kind, body, told) in cases {
        assert_eq!(change(main, &card_id, kind, 1, body.clone()).await.told(), told, "{kind} {body}");
    }
    let nowhere = change(main, &card_id, "elements", 1, json!({"type": "beside", "elements": "[]"})).await;
    assert_eq!(nowhere.violations(), "type: options: [insert_before,insert_after,append]");
    let long = change(main, &"7".repeat(21), "settings", 1, json!({"settings": "{}"})).await;
    assert_eq!(long.violations(), "card_id: the max len is 20");
}

#[tokio::test]
async fn texts_are_typed_out_while_the_card_streams() {
    let (clock, builder) = clocked();
    let world = World::with(builder.rate_limit(false)).await;
    let main = world.main();
    let text = json!({"tag": "plain_text", "element_id": "text_1", "content": ""});
    let new = json!({
        "schema": "2.0", "config": {"streaming_mode": true},
        "body": {"elements": [words("md_1", ""), {"tag": "div", "element_id": "div_1", "text": text}]}
    });
    let card_id = made(main, &new).await;
    let message_id = show(main, world.group("open"), &card_id).await.data("message_id");
    let write = async |sequence: i64, element_id: &str| {
        change(
            main,
            &card_id,
            &format!("CONTENT {element_id}"),
            sequence,
            json!({"content": format!("{sequence}")}),
        )
        .await
        .told()
    };
    assert_eq!(write(1, "md_1").await, OK);
    assert_eq!(write(2, "text_1").await, OK);
    let shown = read(main, &message_id).await;
    assert_eq!(shown.pointer("/body/elements/0/content"), Some(&json!("1")));
    assert_eq!(shown.pointer("/body/elements/1/text/content"), Some(&json!("2")));
    assert_eq!(write(3, "div_1").await, "400 300310 Only update text");
    assert_eq!(
        write(3, "nobody").await,
        "400 300313 Failed to update element properties, ext=not find elementID : nobody"
    );

    let switch = async |sequence: i64, on: bool| {
        let settings = json!({"config": {"streaming_mode": on}}).to_string();
        assert_eq!(
            change(main, &card_id, "settings", sequence, json!({"settings": settings})).await.told(),
            OK
        );
    };
    switch(4, false).await;
    assert_eq!(write(5, "md_1").await, "400 300309 Card streaming closed");
    switch(6, true).await;
    clock.advance(Duration::from_secs(10 * 60) - Duration::from_millis(1));
    assert_eq!(write(7, "md_1").await, OK);
    clock.advance(Duration::from_millis(1));
    assert_eq!(write(8, "md_1").await, "400 200850 Card streaming timeout");
    // Other changes are made whether it streams or not, and do not turn it on.
    assert_eq!(
        change(main, &card_id, "elements", 8, json!({"type": "append", "elements": "[{\"tag\":\"hr\"}]"}))
            .await
            .told(),
        OK
    );
    assert_eq!(read(main, &message_id).await.pointer("/config/streaming_mode"), Some(&json!(false)));
    assert_eq!(write(9, "md_1").await, "400 200850 Card streaming timeout");
    switch(9, true).await;
    assert_eq!(write(10, "md_1").await, OK);
}

#[tokio::test]
async fn a_card_that_does_not_stream_is_changed_ten_times_a_second() {
    let (_clock, builder) = clocked();
    let world = World::with(builder).await;
    let main = world.main();
    let body = || json!({"settings": "{\"config\":{}}"});
    let (still, moving) = (made(main, &card(json!([]))).await, made(main, &streaming("x")).await);
    for sequence in 1..=10 {
        assert_eq!(change(main, &still, "settings", sequence, body()).await.told(), OK);
        assert_eq!(change(main, &moving, "settings", sequence, body()).await.told(), OK);
    }
    let too_often = "400 230020 This operation triggers the frequency limit.";
    assert_eq!(change(main, &still, "settings", 11, body()).await.told(), too_often);
    assert_eq!(change(main, &moving, "settings", 11, body()).await.told(), OK);
}

#[tokio::test]
async fn a_card_that_is_being_clicked_is_not_changed() {
    let (stage, world) = Stage::new().await;
    let card_id = made(world.main(), &streaming("x")).await;
    let message_id = show(world.main(), world.group("open"), &card_id).await.data("message_id");
    world.stop().await;
    let clicked = message_id.clone();
    stage
        .change(move |tx, context| {
            let app = tx.app_by_app_id(MAIN.0)?.expect("the app").id;
            let message = tx.message(&clicked)?.expect("the message").id;
            card::mint_token(tx, context, app, message)
        })
        .await;
    let main = stage.start(MAIN.0, MAIN.1).await;
    for (kind, body) in changes() {
        let locked = change(&main, &card_id, kind, 1, body).await;
        assert_eq!(
            locked.told(),
            "400 200810 The card is in an ongoing interaction and cannot be updated",
            "{kind}"
        );
    }
    let path = format!("im/v1/messages/{message_id}");
    let patch = json!({"content": streaming("y").to_string()});
    assert_eq!(
        main.call(Method::PATCH, &path, patch.clone()).await.told(),
        "400 230099 Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock"
    );
    // An app has three seconds to answer.
    stage.clock.advance(Duration::from_secs(3));
    assert_eq!(
        change(&main, &card_id, "settings", 1, json!({"settings": "{\"config\":{}}"})).await.told(),
        OK
    );
    assert_eq!(main.call(Method::PATCH, &path, patch).await.told(), OK);
}

#[tokio::test]
async fn the_entity_of_a_message_is_found_or_made() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let convert = async |home: &Home, message_id: &str| {
        home.post("cardkit/v1/cards/id_convert", json!({"message_id": message_id})).await
    };
    let card_id = made(main, &streaming("x")).await;
    let sent = show(main, open, &card_id).await.data("message_id");
    assert_eq!(convert(main, &sent).await.data("card_id"), card_id);
    let raw = main.say(open, "interactive", &card(json!([words("md_1", "x")]))).await.data("message_id");
    let made = convert(main, &raw).await.data("card_id");
    assert_eq!(convert(main, &raw).await.data("card_id"), made);
    let body = json!({"partial_element": r#"{"content":"y"}"#});
    assert_eq!(change(main, &made, "PATCH md_1", 1, body).await.told(), OK);
    assert_eq!(read(main, &raw).await, card(json!([words("md_1", "y")])));

    let first = main.say(open, "interactive", &json!({"elements": []})).await.data("message_id");
    let text = main.text(open, "x").await;
    let theirs = world.app("shy").say(open, "interactive", &card(json!([]))).await.data("message_id");
    let invalid = "400 10002 Your request contains an invalid request parameter, ext=";
    let cases = [
        (&first, "400 300303 Only schema 2.0 is supported".to_owned()),
        (&text, format!("{invalid}the message is not a card")),
        (
            &theirs,
            "400 300311 The current application does not have permission to update/use this card".to_owned(),
        ),
        (&"om_none".to_owned(), format!("{invalid}message_id")),
    ];
    for (message_id, told) in cases {
        assert_eq!(convert(main, message_id).await.told(), told);
    }
}
