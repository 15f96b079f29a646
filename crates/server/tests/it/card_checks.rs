//! What is refused of the JSON of a card, wherever a card is sent or replaced.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Home, world::World};

const FAILED: &str = "400 230099 Failed to create card content, ext=ErrCode: ";

fn card(elements: Value) -> Value {
    json!({"schema": "2.0", "body": {"elements": elements}})
}

fn plain(text: &str) -> Value {
    json!({"tag": "plain_text", "content": text})
}

/// Cards that are refused, and what is said of each.
fn wrong() -> Vec<(Value, String)> {
    let hr = |id: &str| json!({"tag": "hr", "element_id": id});
    let button =
        json!({"tag": "button", "name": "send", "form_action_type": "submit", "text": plain("Send")});
    vec![
        (json!({"elements": [{"tag": "divider"}]}), "11310; ErrMsg: unsupported type of block; ErrorValue: divider".to_owned()),
        (json!({"schema": "2.0", "elements": []}), "200621; ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: unknown property, property: elements, path: ROOT".to_owned()),
        (card(json!([{"tag": "action", "actions": []}])), "200861; ErrPath: ROOT -> body -> elements -> [0](tag: action); ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: unsupported tag action".to_owned()),
        (card(json!(vec![json!({"tag": "hr"}); 201])), "11310; ErrMsg: element exceeds the limit".to_owned()),
        (card(json!(vec![json!({"tag": "table", "columns": []}); 6])), "11310; ErrMsg: card table number over limit; ErrorValue: table".to_owned()),
        (card(json!([hr("a"), hr("a")])), "300301; ErrMsg: Duplicate element_id in card component.; ErrorValue: a".to_owned()),
        (card(json!([hr("1")])), "300301; ErrMsg: elementID format error; ErrorValue: 1".to_owned()),
        (card(json!([{"tag": "form", "elements": [button]}])), "11310; ErrPath: ROOT -> elements -> [0](tag: form); ErrMsg: form's name is required and can not be empty string".to_owned()),
        (card(json!([{"tag": "form", "name": "send", "elements": [button]}])), "11310; ErrPath: ROOT -> elements -> [0](tag: form) -> elements -> [0](tag: button); ErrMsg: name(send) duplicate".to_owned()),
        (card(json!([{"tag": "chart", "chart_spec": {"type": "bar", "axes": null}}])), "200550; ErrPath: ROOT -> elements -> [0](tag: chart); ErrMsg: chart spec is invalid; ErrorValue: - (root): Must validate at least one schema (anyOf)\n- axes: Invalid type. Expected: array, given: null\n".to_owned()),
        (card(json!([{"tag": "table", "columns": [{"name": "a", "data_type": "number"}], "rows": [{"a": "x"}]}])), "200914; ErrMsg: table rows is invalid; ErrorValue: row 0, column 0".to_owned()),
        (card(json!([{"tag": "table", "columns": [{"name": "a"}], "rows": [{"b": "x"}]}])), "200915; ErrMsg: table rows name is invalid; ErrorValue: b".to_owned()),
        (card(json!([{"tag": "audio", "file_key": "f", "audio_id": "a"}, {"tag": "audio", "file_key": "f", "audio_id": "a"}])), "300230; ErrMsg: duplicate audio id;".to_owned()),
        (json!({"schema": "2.0", "config": {"update_multi": false}}), "300302; ErrMsg: update_multi property is false".to_owned()),
    ]
}

async fn send(home: &Home, chat: &str, card: &Value) -> String {
    home.say(chat, "interactive", card).await.told()
}

#[tokio::test]
async fn the_shape_is_checked_wherever_a_card_goes() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let shared = json!({"schema": "2.0", "body": {"elements": []}});
    let message_id = main.say(open, "interactive", &shared).await.data("message_id");
    let ada = world.open_id("main", "ada").await;
    for (card, told) in wrong() {
        let content = card.to_string();
        assert_eq!(send(main, open, &card).await, format!("{FAILED}{told}"), "{card}");
        let body = json!({"msg_type": "interactive", "content": content});
        let replied = main.post(&format!("im/v1/messages/{message_id}/reply"), body).await;
        assert_eq!(replied.told(), format!("{FAILED}{told}"));
        let path = format!("im/v1/messages/{message_id}");
        let patched = main.call(Method::PATCH, &path, json!({"content": content})).await;
        assert_eq!(patched.told(), format!("{FAILED}{told}"));
        let body =
            json!({"chat_id": world.group("easy"), "open_id": ada, "msg_type": "interactive", "card": card});
        let alone = main.post("ephemeral/v1/send", body).await;
        assert!(alone.told().ends_with(&format!("ErrCode: {told}")), "{alone:?}");
        let body = json!({"open_ids": [ada], "msg_type": "interactive", "card": card});
        let many = main.post("message/v4/batch_send/", body).await;
        assert!(many.told().ends_with(&format!("ErrCode: {told}")), "{many:?}");
    }
    let long = card(json!([{"tag": "markdown", "content": "x".repeat(30 * 1024)}]));
    assert_eq!(
        send(main, open, &long).await,
        "400 230025 The length of the message content reaches its limit."
    );
}

#[tokio::test]
async fn people_and_pictures_must_be_there_for_the_app() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let (ada, theirs) = (world.open_id("main", "ada").await, world.open_id("shy", "ada").await);
    let (own, other) = (main.image_key().await, world.app("shy").image_key().await);
    let bot = main.get("bot/v3/info").await.body["bot"]["open_id"].as_str().expect("an open_id").to_owned();
    let markdown = |content: String| card(json!([{"tag": "markdown", "content": content}]));
    for fine in [
        markdown(format!(
            "<at id={ada}></at> <at id=bo></at> <at id={bot}></at> <at id=all></at> ![x]({own})"
        )),
        markdown(
            "<person id='nobody'></person> `<at id=nobody></at>` <at email=nobody@x.cn></at>".to_owned(),
        ),
        card(json!([{"tag": "person", "user_id": ada}, {"tag": "person_list", "persons": [{"id": "ada"}]}])),
        card(json!([{"tag": "person_list", "drop_invalid_user_id": true, "persons": [{"id": "nobody"}]}])),
        card(json!([{"tag": "img", "img_key": own}])),
        json!({"elements": [{"tag": "div", "text": {"tag": "lark_md", "content": format!("<at id={ada}></at>")}}]}),
    ] {
        assert_eq!(send(main, open, &fine).await, "200 0 success", "{fine}");
    }
    let person = |ids: &str| {
        format!(
            "{FAILED}100290; ErrMsg: There is an invalid user resource(at/person) in your card; ErrorValue: {ids}"
        )
    };
    let image = |key: &str| {
        format!("{FAILED}200570; ErrMsg: card contains invalid image keys; ErrorValue: image key {key}")
    };
    let cases = [
        (markdown("<at id=ou_x></at> <at ids=nobody,ada></at>".to_owned()), person("ou_x,nobody")),
        (markdown(format!("<at id={theirs}></at>")), person(&theirs)),
        (card(json!([{"tag": "person", "user_id": "nobody"}])), person("nobody")),
        (card(json!([{"tag": "person_list", "persons": [{"id": ada}, {"id": "nobody"}]}])), person("nobody")),
        (
            json!({"elements": [{"tag": "note", "elements": [{"tag": "lark_md", "content": "<at id=nobody></at>"}]}]}),
            person("nobody"),
        ),
        (markdown("![x](img_v3_none)".to_owned()), image("img_v3_none")),
        (markdown(format!("![x]({other})")), image(&other)),
        (
            card(
                json!([{"tag": "img_combination", "combination_mode": "double", "img_list": [{"img_key": own}, {"img_key": other}]}]),
            ),
            image(&other),
        ),
        (card(json!([{"tag": "div", "icon": {"tag": "custom_icon", "img_key": other}}])), image(&other)),
    ];
    for (card, told) in cases {
        assert_eq!(send(main, open, &card).await, told, "{card}");
    }
}

#[tokio::test]
async fn recordings_are_the_apps_own_and_stay() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let upload = async |home: &Home| home.upload_file("stream", "a.mp3", b"ID3").await;
    let own = upload(main).await.data("file_key");
    let other = upload(world.app("shy")).await.data("file_key");
    let with = |key: &str, forward: bool| json!({"schema": "2.0", "config": {"enable_forward": forward}, "body": {"elements": [{"tag": "audio", "file_key": key}]}});
    assert_eq!(send(main, open, &with(&own, false)).await, "200 0 success");
    assert_eq!(
        send(main, open, &with(&own, true)).await,
        format!("{FAILED}300220; ErrMsg: audio elem don't support forward;")
    );
    let told = "300240; ErrMsg: This application cannot retrieve audio information. Please check if the application used for uploading audio is the same as the one used for sending messages;";
    assert_eq!(send(main, open, &with(&other, false)).await, format!("{FAILED}{told}"));
}

#[tokio::test]
async fn everyone_is_mentioned_where_that_is_allowed() {
    let world = World::new().await;
    let everyone = card(json!([{"tag": "markdown", "content": "<at id=all></at>"}]));
    let told = world.main().say(world.group("guarded"), "interactive", &everyone).await.told();
    assert_eq!(
        told,
        world
            .main()
            .say(world.group("guarded"), "text", &json!({"text": "<at user_id=\"all\">x</at>"}))
            .await
            .told()
    );
    assert!(told.starts_with("400 "), "{told}");
}
