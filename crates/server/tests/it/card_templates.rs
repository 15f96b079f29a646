//! Templates of cards: `platform.card_template`, and messages that name one.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, Platform, world::World};

const FAILED: &str = "400 230099 Failed to create card content, ext=ErrCode: ";
const MAIN: &str = "cli_00000000000000a1";

async fn release(home: &Home, app_id: &str, template: Value) -> Answer {
    home.own(Method::POST, &format!("apps/{app_id}/card_templates"), template).await
}

fn use_of(template_id: &str, version: Option<&str>, variables: Value) -> Value {
    let mut data = json!({"template_id": template_id, "template_variable": variables});
    if let Some(version) = version {
        data["template_version_name"] = version.into();
    }
    json!({"type": "template", "data": data})
}

/// The card in a message.
async fn read(home: &Home, message_id: &str) -> Value {
    let path = format!("im/v1/messages/{message_id}?card_msg_content_type=raw_card_content");
    let got = home.get(&path).await.body["data"]["items"][0].take();
    serde_json::from_str(got["body"]["content"].as_str().expect("content")).expect("JSON")
}

fn greeting(word: &str) -> Value {
    json!({"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": format!("{word} ${{name}}, ${{count}}")}, {"tag": "table", "columns": [{"name": "a"}], "rows": "${rows}"}]}})
}

fn variables() -> Value {
    json!([{"name": "name", "type": "text"}, {"name": "count", "type": "integer", "default": 7}, {"name": "rows", "type": "table_row_array", "default": []}])
}

#[tokio::test]
async fn a_message_fills_a_template_with_its_values() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let template = json!({"template_id": "AAq1", "card": greeting("Hello"), "variables": variables()});
    let made = release(main, MAIN, template.clone()).await;
    assert_eq!(made.told(), "200 0 success");
    assert_eq!(
        (&made.body["data"]["template_version_name"], &made.body["data"]["card"]),
        (&json!("1.0.0"), &greeting("Hello"))
    );
    let newer = json!({"template_id": "AAq1", "template_version_name": "1.0.1", "card": greeting("Hi"), "variables": variables()});
    assert_eq!(release(main, MAIN, newer).await.told(), "200 0 success");

    let filled = |words: &str, rows: Value| json!({"schema": "2.0", "body": {"elements": [{"tag": "markdown", "content": words}, {"tag": "table", "columns": [{"name": "a"}], "rows": rows}]}});
    for (version, values, expected) in [
        (
            None,
            json!({"name": "Ada", "count": "3", "rows": [{"a": "x"}], "more": 1}),
            filled("Hi Ada, 3", json!([{"a": "x"}])),
        ),
        (Some("1.0.0"), json!({"name": "Ada"}), filled("Hello Ada, 7", json!([]))),
        (None, json!({}), filled("Hi , 7", json!([]))),
    ] {
        let sent = main.say(open, "interactive", &use_of("AAq1", version, values)).await;
        assert_eq!(read(main, &sent.data("message_id")).await, expected);
    }
    // Wherever a card goes, a template goes.
    let sent =
        main.say(open, "interactive", &use_of("AAq1", None, json!({"name": "Ada"}))).await.data("message_id");
    let content = use_of("AAq1", None, json!({"name": "Bo"})).to_string();
    let patched =
        main.call(Method::PATCH, &format!("im/v1/messages/{sent}"), json!({"content": content})).await;
    assert_eq!(patched.told(), "200 0 success");
    assert_eq!(read(main, &sent).await, filled("Hi Bo, 7", json!([])));
    let body = json!({"msg_type": "interactive", "content": content});
    let replied = main.post(&format!("im/v1/messages/{sent}/reply"), body).await.data("message_id");
    assert_eq!(read(main, &replied).await, filled("Hi Bo, 7", json!([])));
    let ada = world.open_id("main", "ada").await;
    let alone = json!({"chat_id": world.group("easy"), "open_id": ada, "msg_type": "interactive", "card": use_of("AAq1", None, json!({}))});
    assert_eq!(main.post("ephemeral/v1/send", alone).await.told(), "200 0 success");
    let data = json!({"template_id": "AAq1", "template_variable": {"name": "Cy"}}).to_string();
    let entity =
        main.post("cardkit/v1/cards", json!({"type": "template", "data": data})).await.data("card_id");
    let shown = main.say(open, "interactive", &json!({"type": "card", "data": {"card_id": entity}})).await;
    assert_eq!(read(main, &shown.data("message_id")).await, filled("Hi Cy, 7", json!([])));

    let listed = main.own(Method::GET, &format!("apps/{MAIN}/card_templates"), Value::Null).await;
    let versions: Vec<_> = listed.body["data"]["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["template_version_name"].clone())
        .collect();
    assert_eq!(versions, ["1.0.0", "1.0.1"]);
}

#[tokio::test]
async fn templates_and_values_that_are_wrong_are_refused() {
    let world = World::new().await;
    let (main, open) = (world.main(), world.group("open"));
    let template = json!({"template_id": "AAq1", "card": greeting("Hello"), "variables": variables()});
    release(main, MAIN, template.clone()).await;
    let dated = json!({"template_id": "AAq2", "card": {"elements": [{"tag": "${tag}", "initial_date": "${day}"}]}, "variables": [{"name": "day", "type": "date"}, {"name": "tag", "type": "text"}]});
    release(main, MAIN, dated).await;

    let unknown = |id: &str| {
        format!(
            "{FAILED}200380; ErrMsg: template does not exist, please confirm whether this template has been released; ErrorValue: templateID: {id}"
        )
    };
    let inconsistent = "200732; ErrMsg: the actual type of the variable is inconsistent with the specified type in the template. Please check the type of the variable; ErrorValue:  varName: ";
    let cases = [
        (use_of("AAq", None, json!({})), unknown("AAq")),
        (use_of("AAq1", Some("9.9.9"), json!({})), unknown("AAq1")),
        (json!({"type": "template", "data": {}}), unknown("")),
        (
            json!({"type": "template"}),
            format!(
                "{FAILED}200621; ErrMsg: parse card json err, please check whether the card json is correct"
            ),
        ),
        (
            use_of("AAq1", None, json!([])),
            format!(
                "{FAILED}200621; ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: template_variable is no object"
            ),
        ),
        (
            use_of("AAq1", None, json!({"name": true})),
            format!("{FAILED}{inconsistent}name, specifiedType:  string, actualType:  bool"),
        ),
        (
            use_of("AAq1", None, json!({"rows": {}})),
            format!("{FAILED}{inconsistent}rows, specifiedType:  array, actualType:  object"),
        ),
        (
            use_of("AAq2", None, json!({"day": "2024"})),
            format!(
                "{FAILED}200737; ErrMsg: the format of the variable is incorrect. Please check the format of the variable; ErrorValue: varName: day, specifiedFormat: yyyy-MM-dd, actualFormat: 2024"
            ),
        ),
        (
            use_of("AAq2", None, json!({"day": "2024-01-01", "tag": "clock"})),
            format!("{FAILED}11310; ErrMsg: unsupported type of block; ErrorValue: clock"),
        ),
        (
            use_of("AAq1", None, json!({"name": "x".repeat(29 * 1024), "rows": [{"a": "x".repeat(900)}]})),
            "400 230025 The length of the message content reaches its limit.".to_owned(),
        ),
    ];
    for (content, told) in cases {
        assert_eq!(main.say(open, "interactive", &content).await.told(), told, "{content}");
    }
    let theirs = world.app("shy").say(open, "interactive", &use_of("AAq1", None, json!({}))).await;
    assert_eq!(
        theirs.told(),
        format!(
            "{FAILED}200381; ErrMsg: template is not visible to app, please confirm whether the app is allowed to use this template; ErrorValue: cli_00000000000000a4, templateID: AAq1"
        )
    );

    assert_eq!(
        release(main, MAIN, template.clone()).await.violations(),
        "template_version_name: released already"
    );
    assert_eq!(
        release(main, "cli_00000000000000a4", template).await.violations(),
        "template_id: another app has it"
    );
    assert_eq!(release(main, "cli_none", json!({"card": {}})).await.violations(), "app_id: no such app");
    let nested = release(main, MAIN, json!({"card": use_of("AAq1", None, json!({}))})).await;
    assert_eq!(
        nested.told(),
        format!("{FAILED}200621; ErrMsg: parse card json err, please check whether the card json is correct")
    );
    let named = release(main, MAIN, json!({"card": {}})).await.data("template_id");
    assert!(named.starts_with("AAq") && named.len() == 13, "{named}");
}

#[tokio::test]
async fn a_seed_brings_templates_along() {
    let seed = r#"
[[tenants]]
name = "Garden"

[[tenants.apps]]
name = "main"
app_id = "cli_00000000000000a1"
app_secret = "main"

[[tenants.apps.card_templates]]
template_id = "AAqseed"
card = '{"elements":[{"tag":"div","text":{"tag":"plain_text","content":"Hi ${name}"}}]}'
variables = [{ name = "name", type = "text", default = "you" }]

[[tenants.users]]
name = "Ada"

[[tenants.groups]]
name = "open"
users = ["Ada"]
bots = ["main"]
"#;
    let home = Home::with(Platform::builder().seed(seed)).await;
    let sent = home.say(home.chat_id(), "interactive", &use_of("AAqseed", None, json!({}))).await;
    let card = read(&home, &sent.data("message_id")).await;
    assert_eq!(card["elements"][0]["text"]["content"], json!("Hi you"));

    let broken = seed.replace(r#"{"elements""#, r#"{"elements"#);
    let refused = Platform::builder().seed(broken).start().await.err().expect("no platform");
    assert!(refused.to_string().contains("expected the JSON of a card"), "{refused}");
}
