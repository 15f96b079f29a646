//! `custom_bot`: messages to the address of a custom bot.

use std::{sync::Arc, time::Duration};

use larkspur_server::{Builder, Platform};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Home, behind::Stage, clocked, shows};

const SEED: &str = r#"
[[tenants]]
name = "Garden"

[[tenants.apps]]
name = "main"
app_id = "cli_00000000000000a1"
app_secret = "main"

[[tenants.apps]]
name = "other"
app_id = "cli_00000000000000a2"
app_secret = "other"

[[tenants.users]]
name = "Ada"
user_id = "ada"

[[tenants.users]]
name = "Bo"
user_id = "bo"

[[tenants.groups]]
name = "open"
users = ["Ada"]
bots = ["main"]

[[tenants.groups.hooks]]
name = "Alerts"
token = "plain"

[[tenants.groups.hooks]]
name = "Signed"
token = "signed"
secret = "demo"

[[tenants.groups.hooks]]
name = "Keyed"
token = "keyed"
keywords = ["alert", "更新"]

[[tenants.groups.hooks]]
name = "Walled"
token = "walled"
ip_list = ["10.0.0.1", "123.12.1.*", "192.168.0.0/16"]

[[tenants.groups.hooks]]
name = "Local"
token = "local"
ip_list = ["127.0.0.0/8"]

[[tenants.groups]]
name = "second"
users = ["Bo"]
bots = ["main"]

[[tenants.groups]]
name = "moderated"
owner = "Ada"
bots = ["main"]
settings = { moderation_permission = "only_owner" }

[[tenants.groups.hooks]]
name = "Muted"
token = "muted"

[[tenants.groups]]
name = "guarded"
owner = "Ada"
bots = ["main"]
settings = { at_all_permission = "only_owner" }

[[tenants.groups.hooks]]
name = "Guarded"
token = "guarded"

[[tenants.groups]]
name = "threads"
bots = ["main"]
settings = { group_message_type = "thread" }

[[tenants.groups.hooks]]
name = "Threaded"
token = "threaded"

[[tenants]]
name = "Other"

[[tenants.apps]]
name = "foreign"
app_id = "cli_00000000000000b1"
app_secret = "foreign"
"#;

async fn garden(builder: Builder) -> Home {
    let platform = builder.seed(SEED).start().await.expect("the platform starts");
    Home::of(Arc::new(platform), "cli_00000000000000a1", "main").await
}

async fn unhurried() -> Home {
    garden(Platform::builder().rate_limit(false)).await
}

/// A call without a token.
async fn call(home: &Home, token: &str, body: Value) -> Answer {
    home.send(home.request(Method::POST, &format!("bot/v2/hook/{token}")).json(&body)).await
}

async fn text(home: &Home, token: &str, text: &str) -> String {
    call(home, token, json!({"msg_type": "text", "content": {"text": text}})).await.told()
}

/// The chat that a hook speaks in.
fn chat_of(home: &Home, token: &str) -> String {
    let hooks = &home.platform.workspace().hooks;
    hooks.iter().find(|hook| hook.url.ends_with(&format!("/{token}"))).expect("the hook").chat_id.clone()
}

/// The newest message of a chat, with its content read.
async fn newest(home: &Home, chat: &str) -> (Value, Value) {
    let path = format!(
        "im/v1/messages?container_id_type=chat&container_id={chat}&sort_type=ByCreateTimeDesc&page_size=1&card_msg_content_type=raw_card_content&with_sender_name=true"
    );
    let mut listed = home.get(&path).await;
    let message = listed.body["data"]["items"][0].take();
    let content = message["body"]["content"].as_str().expect("content").to_owned();
    (serde_json::from_str(&content).expect("JSON"), message)
}

#[tokio::test]
async fn the_ready_line_says_where_hooks_are() {
    let home = unhurried().await;
    let hooks = &home.platform.workspace().hooks;
    let first = &hooks[0];
    assert_eq!((first.name.as_str(), first.secret.as_str()), ("Alerts", ""));
    assert_eq!(first.url, format!("{}/open-apis/bot/v2/hook/plain", home.platform.base_url()));
    assert_eq!((hooks[1].secret.as_str(), hooks.len()), ("demo", 8));
    let line = serde_json::to_value(home.platform.ready()).expect("JSON");
    assert_eq!(line["hooks"][0]["url"], first.url);
    assert_eq!(line["app_id"], "cli_00000000000000a1");
    let plain = serde_json::to_value(Home::new().await.platform.ready()).expect("JSON");
    assert_eq!(plain.get("hooks"), None);
}

#[tokio::test]
async fn a_message_to_a_hook_is_answered_in_its_own_form() {
    let home = unhurried().await;
    let answer = call(&home, "plain", json!({"msg_type": "text", "content": {"text": "hi"}})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body,
        json!({"code": 0, "msg": "success", "data": {}, "Extra": null, "StatusCode": 0, "StatusMessage": "success"})
    );
    let refused = call(&home, "nothing", json!({})).await;
    assert_eq!(refused.status, 200);
    assert_eq!(
        refused.body,
        json!({"code": 19001, "data": {}, "msg": "param invalid: incoming webhook access token invalid"})
    );
    assert!(refused.headers.contains_key("x-tt-logid"));
}

#[tokio::test]
async fn every_type_of_message_is_sent_as_the_bot() {
    let home = unhurried().await;
    let chat = chat_of(&home, "plain");
    let image_key = home.image_key().await;
    let card = json!({"schema": "2.0", "body": {"elements": [{"tag": "img", "img_key": image_key}]}});
    let post = json!({"zh_cn": {"title": "T", "content": [[{"tag": "text", "text": "a"}, {"tag": "a", "href": "https://x.example", "text": "x"}, {"tag": "img", "image_key": image_key}]]}});
    let cases = [
        (json!({"msg_type": "text", "content": {"text": "hi"}}), "text", json!({"text": "hi"})),
        (
            json!({"msg_type": "image", "content": {"image_key": image_key}}),
            "image",
            json!({"image_key": image_key}),
        ),
        (
            json!({"msg_type": "share_chat", "content": {"share_chat_id": chat}}),
            "share_chat",
            json!({"chat_id": chat}),
        ),
        (json!({"msg_type": "interactive", "card": card}), "interactive", card.clone()),
        (json!({"msg_type": "post", "content": {"post": post}}), "post", Value::Null),
    ];
    for (body, msg_type, shown) in cases {
        assert_eq!(call(&home, "plain", body).await.told(), "200 0 success", "{msg_type}");
        let (content, message) = newest(&home, &chat).await;
        assert_eq!(message["msg_type"], msg_type);
        assert_eq!(
            (&message["sender"]["sender_type"], &message["sender"]["id_type"]),
            (&json!("app"), &json!("app_id"))
        );
        assert_eq!(message["sender"]["sender_name"], "Alerts");
        if shown.is_null() {
            assert_eq!((&content["title"], &content["content"][0][0]["text"]), (&json!("T"), &json!("a")));
        } else {
            assert_eq!(content, shown);
        }
    }
    let (_, message) = newest(&home, &chat).await;
    assert_ne!(message["sender"]["id"], "cli_00000000000000a1");
    let counted = home.get(&format!("im/v1/chats/{chat}")).await;
    assert_eq!(counted.data("bot_count"), "6");
    assert_eq!(text(&home, "threaded", "x").await, "200 0 success");
    let (_, message) = newest(&home, &chat_of(&home, "threaded")).await;
    assert!(message["thread_id"].as_str().is_some_and(|id| id.starts_with("omt_")), "{message}");
}

#[tokio::test]
async fn the_old_form_sends_texts() {
    let home = unhurried().await;
    let old = async |token: &str, body: Value| {
        home.send(home.request(Method::POST, &format!("bot/hook/{token}")).json(&body)).await
    };
    let answer = old("plain", json!({"title": "Hello", "text": "Example"})).await;
    assert_eq!(answer.body, json!({"code": 0, "msg": "ok", "ok": true}));
    let chat = chat_of(&home, "plain");
    assert_eq!(newest(&home, &chat).await.0, json!({"text": "Hello\nExample"}));
    old("plain", json!({"text": "Example"})).await;
    assert_eq!(newest(&home, &chat).await.0, json!({"text": "Example"}));

    let refused = old("nothing", json!({"text": "x"})).await;
    let msg = "param invalid: incoming webhook access token invalid";
    assert_eq!(refused.body, json!({"code": 19001, "data": {}, "msg": msg, "error": msg, "ok": false}));
    let unknown = "200 19002 params error, unknown content value";
    assert_eq!(old("plain", json!({"title": "x"})).await.told(), unknown);
    assert_eq!(old("plain", json!({"text": ""})).await.told(), unknown);
    assert_eq!(
        old("signed", json!({"text": "x"})).await.told(),
        "200 19021 sign match fail or timestamp is not within one hour from current time"
    );
    assert_eq!(old("keyed", json!({"text": "x"})).await.told(), "200 19024 Key Words Not Found");
    assert_eq!(old("keyed", json!({"title": "alert", "text": "x"})).await.told(), "200 0 ok");
    assert_eq!(old("walled", json!({"text": "x"})).await.told(), "200 19022 Ip Not Allowed");
    // The body of the new form is none of the old.
    assert_eq!(old("plain", json!({"msg_type": "text", "content": {"text": "x"}})).await.told(), unknown);
}

#[tokio::test]
async fn bodies_that_are_wrong_are_refused() {
    let home = unhurried().await;
    let type_needed = "200 19002 params error, msg_type need";
    let unknown = "200 19002 params error, unknown content value";
    let unknown_card = "200 19002 params error, unknown card value";
    let bad = "200 9499 Bad Request";
    let post =
        |content: Value| json!({"msg_type": "post", "content": {"post": {"zh_cn": {"content": content}}}});
    let card = |card: Value| json!({"msg_type": "interactive", "card": card});
    let cases = [
        (json!({}), type_needed),
        (json!({"title": "x", "text": "y"}), type_needed),
        (json!({"msg_type": "file", "content": {}}), type_needed),
        (json!({"msg_type": "text"}), unknown),
        (json!({"msg_type": "text", "content": {}}), unknown),
        (json!({"msg_type": "text", "content": {"text": ""}}), unknown),
        (json!({"msg_type": "text", "content": "x"}), bad),
        (json!({"msg_type": "text", "content": {"text": 1}}), bad),
        (json!({"msg_type": "text", "content": {"text": "x"}, "timestamp": 1}), bad),
        (json!([]), bad),
        (json!({"msg_type": "image", "content": {}}), unknown),
        (json!({"msg_type": "share_chat", "content": {}}), unknown),
        (json!({"msg_type": "post", "content": {"text": "x"}}), unknown),
        (json!({"msg_type": "post", "content": {"post": {}}}), unknown),
        (post(json!([])), unknown),
        (post(json!([[{"tag": "text", "text": "x", "style": ["bold"]}]])), unknown),
        (post(json!([[{"tag": "md", "text": "x"}]])), unknown),
        (json!({"msg_type": "interactive", "content": {"text": "x"}}), unknown_card),
        (card(json!("{}")), unknown_card),
        (
            card(json!({"type": "template", "data": {"template_id": "AAq"}})),
            "200 11246 ErrCode: 200380; ErrMsg: template does not exist, please confirm whether this template has been released; ErrorValue: templateID: AAq",
        ),
        (
            card(json!({"elements": [{"tag": "img", "img_key": "img_v3_x"}]})),
            "200 11246 ErrCode: 200570; ErrMsg: card contains invalid image keys; ErrorValue: image key img_v3_x",
        ),
        (
            json!({"msg_type": "image", "content": {"image_key": "img_v3_x"}}),
            "200 230001 Your request contains an invalid request parameter, ext=invalid image_key",
        ),
        (
            json!({"msg_type": "share_chat", "content": {"share_chat_id": "oc_x"}}),
            "200 230001 Your request contains an invalid request parameter, ext=invalid chat_id",
        ),
    ];
    for (body, told) in cases {
        assert_eq!(call(&home, "plain", body.clone()).await.told(), told, "{body}");
    }
    let broken = home.request(Method::POST, "bot/v2/hook/plain").body("{");
    let broken = home.send(broken).await;
    assert_eq!(broken.body, json!({"code": 9499, "data": {}, "msg": "Bad Request"}));
    // A token that names nothing is told before anything is said of the body.
    let broken = home.request(Method::POST, "bot/v2/hook/nothing").body("{");
    assert_eq!(home.send(broken).await.body["code"], 19001);

    let sized = async |bytes: usize| {
        let frame = json!({"msg_type": "text", "content": {"text": ""}}).to_string().len();
        text(&home, "plain", &"x".repeat(bytes - frame)).await
    };
    assert_eq!(sized(20 * 1024).await, "200 0 success");
    assert_eq!(sized(20 * 1024 + 1).await, bad);
    shows(&["custom_bot.max_request"]);
    assert_eq!(sized(30 * 1024 + 1).await, "200 19036 The message exceeds the size limit of 30KB");
    assert_eq!(home.get("bot/v2/hook/plain").await.told(), "405 99991301 request method doesn’t match");
}

#[tokio::test]
async fn pictures_and_groups_are_those_of_the_tenant() {
    let home = unhurried().await;
    let other = Home::of(home.platform.clone(), "cli_00000000000000a2", "other").await;
    let foreign = Home::of(home.platform.clone(), "cli_00000000000000b1", "foreign").await;
    let image = |key: String| json!({"msg_type": "image", "content": {"image_key": key}});
    assert_eq!(call(&home, "plain", image(other.image_key().await)).await.told(), "200 0 success");
    assert_eq!(
        call(&home, "plain", image(foreign.image_key().await)).await.told(),
        "200 230017 Bot is NOT the owner of the resource."
    );
    let second = home.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let share = json!({"msg_type": "share_chat", "content": {"share_chat_id": second}});
    assert_eq!(call(&home, "plain", share).await.told(), "200 230002 The bot can not be outside the group.");
}

#[tokio::test]
async fn members_are_mentioned_by_the_names_that_other_apps_have_for_them() {
    let home = unhurried().await;
    let other = Home::of(home.platform.clone(), "cli_00000000000000a2", "other").await;
    let open_id = async |home: &Home, user_id: &str| {
        let user = home.get(&format!("contact/v3/users/{user_id}?user_id_type=user_id")).await;
        user.body["data"]["user"]["open_id"].as_str().expect("an open_id").to_owned()
    };
    let (ours, theirs) = (open_id(&home, "ada").await, open_id(&other, "ada").await);
    let chat = chat_of(&home, "plain");
    for id in [ours.as_str(), theirs.as_str(), "ada"] {
        let said = format!(r#"<at user_id="{id}">A</at> look"#);
        assert_eq!(text(&home, "plain", &said).await, "200 0 success");
        let (content, message) = newest(&home, &chat).await;
        assert_eq!(content, json!({"text": "@_user_1 look"}), "{id}");
        assert_eq!(
            (&message["mentions"][0]["id"], &message["mentions"][0]["name"]),
            (&json!(ours), &json!("Ada"))
        );
    }
    // Someone outside the group is not mentioned.
    let said = r#"<at user_id="bo">B</at> look"#;
    assert_eq!(text(&home, "plain", said).await, "200 0 success");
    let (content, message) = newest(&home, &chat).await;
    assert_eq!((content, message.get("mentions")), (json!({"text": said}), None));
    let post = json!({"zh_cn": {"content": [[{"tag": "at", "user_id": "ada"}]]}});
    let sent = call(&home, "plain", json!({"msg_type": "post", "content": {"post": post}})).await;
    assert_eq!(sent.told(), "200 0 success");
    assert_eq!(newest(&home, &chat).await.1["mentions"][0]["name"], "Ada");

    let to_all = r#"<at user_id="all">all</at>"#;
    assert_eq!(text(&home, "plain", to_all).await, "200 0 success");
    let forbidden = "200 230018 These operations are NOT allowed at current group settings.";
    assert_eq!(text(&home, "guarded", to_all).await, forbidden);
    assert_eq!(text(&home, "guarded", "x").await, "200 0 success");
    assert_eq!(text(&home, "muted", "x").await, forbidden);
}

#[tokio::test]
async fn a_signature_holds_for_an_hour() {
    crate::shows(&["custom_bot.sign_window"]);
    let (clock, builder) = clocked();
    let home = garden(builder.rate_limit(false)).await;
    // The clock stands at 1800000000; the signatures are of the secret `demo`.
    let say = async |timestamp: &str, sign: &str| {
        let body =
            json!({"timestamp": timestamp, "sign": sign, "msg_type": "text", "content": {"text": "x"}});
        call(&home, "signed", body).await.told()
    };
    let mismatch = "200 19021 sign match fail or timestamp is not within one hour from current time";
    let (now, sign) = ("1800000000", "pF+te9OMpCvukBCWTEVHBcbeXFREZySl8/biApB5r08=");
    assert_eq!(say(now, sign).await, "200 0 success");
    assert_eq!(say("1800000001", sign).await, mismatch);
    assert_eq!(say(now, "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=").await, mismatch);
    assert_eq!(say("1599360473", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=").await, mismatch);
    assert_eq!(say("now", sign).await, mismatch);
    assert_eq!(text(&home, "signed", "x").await, mismatch);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(say(now, sign).await, "200 0 success");
    clock.advance(Duration::from_secs(1));
    assert_eq!(say(now, sign).await, mismatch);
    // One that asks for no signature does not mind a wrong one.
    let body = json!({"timestamp": "1", "sign": "x", "msg_type": "text", "content": {"text": "x"}});
    assert_eq!(call(&home, "plain", body).await.told(), "200 0 success");
}

#[tokio::test]
async fn keywords_are_looked_for_in_texts_and_titles() {
    let home = unhurried().await;
    let missing = "200 19024 Key Words Not Found";
    let image_key = home.image_key().await;
    let post = |title: &str, href: &str| json!({"msg_type": "post", "content": {"post": {"zh_cn": {"title": title, "content": [[{"tag": "a", "text": "x", "href": href}]]}}}});
    let card = |text: &str| json!({"msg_type": "interactive", "card": {"header": {"title": {"tag": "plain_text", "content": "T"}}, "elements": [{"tag": "div", "text": {"tag": "plain_text", "content": text}}]}});
    let cases = [
        (json!({"msg_type": "text", "content": {"text": "an alert"}}), "200 0 success"),
        (json!({"msg_type": "text", "content": {"text": "项目更新"}}), "200 0 success"),
        (json!({"msg_type": "text", "content": {"text": "Alert"}}), missing),
        (post("alert", "https://x.example"), "200 0 success"),
        (post("T", "https://x.example/alert"), missing),
        (card("alert"), "200 0 success"),
        (card("x"), missing),
        (json!({"msg_type": "image", "content": {"image_key": image_key}}), missing),
        (json!({"msg_type": "share_chat", "content": {"share_chat_id": chat_of(&home, "keyed")}}), missing),
    ];
    for (body, told) in cases {
        assert_eq!(call(&home, "keyed", body.clone()).await.told(), told, "{body}");
    }
}

#[tokio::test]
async fn a_hook_is_called_from_where_it_may() {
    let home = unhurried().await;
    assert_eq!(text(&home, "walled", "x").await, "200 19022 Ip Not Allowed");
    assert_eq!(text(&home, "local", "x").await, "200 0 success");
}

#[tokio::test]
async fn a_hook_is_called_five_times_a_second_and_a_hundred_a_minute() {
    crate::shows(&["ratelimit.custom_bot"]);
    let (clock, builder) = clocked();
    let home = garden(builder).await;
    let limited = "200 11232 create message service trigger rate limit";
    for _ in 0..5 {
        assert_eq!(text(&home, "plain", "x").await, "200 0 success");
    }
    assert_eq!(text(&home, "plain", "x").await, limited);
    let old = home.request(Method::POST, "bot/hook/plain").json(&json!({"text": "x"}));
    assert_eq!(home.send(old).await.told(), limited, "both forms count together");
    // The group gets five a second, from all its bots.
    assert_eq!(text(&home, "local", "x").await, limited);
    assert_eq!(text(&home, "guarded", "x").await, "200 0 success");
    // The two that were refused count in the minute as well: 7 so far.
    for _ in 0..18 {
        clock.advance(Duration::from_secs(1));
        for _ in 0..5 {
            assert_eq!(text(&home, "plain", "x").await, "200 0 success");
        }
    }
    clock.advance(Duration::from_secs(1));
    for _ in 0..3 {
        assert_eq!(text(&home, "plain", "x").await, "200 0 success");
    }
    assert_eq!(text(&home, "plain", "x").await, limited);
    clock.advance(Duration::from_secs(41));
    assert_eq!(text(&home, "plain", "x").await, "200 0 success");
}

#[tokio::test]
async fn a_custom_bot_is_nothing_but_its_address() {
    let home = unhurried().await;
    let chat = chat_of(&home, "plain");
    text(&home, "plain", "x").await;
    let app_id = newest(&home, &chat).await.1["sender"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(home.mint(&app_id, "x").await.told(), "200 10014 app id not exists");
    assert_eq!(home.mint(&app_id, "").await.told(), "200 10003 invalid param");
    // It is in one chat and stays there.
    let other = home.post("im/v1/chats", json!({"name": "x"})).await.data("chat_id");
    let members = async |method: Method, chat: &str| {
        let path = format!("im/v1/chats/{chat}/members?member_id_type=app_id");
        home.call(method, &path, json!({"id_list": [app_id]})).await.told()
    };
    let unavailable = "400 232043 Your request contains unavailable ids.";
    assert_eq!(members(Method::POST, &other).await, unavailable);
    let made = home.post("im/v1/chats", json!({"bot_id_list": [app_id]})).await;
    assert_eq!(made.told(), "400 232021 Bot can NOT be found.");

    // Removed from its chat, or with the chat gone, it is gone.
    let gone = "200 19001 param invalid: incoming webhook access token invalid";
    assert_eq!(members(Method::DELETE, &chat).await, "200 0 success");
    assert_eq!(text(&home, "plain", "x").await, gone);
    assert_eq!(members(Method::POST, &chat).await, unavailable);
    assert_eq!(text(&home, "local", "x").await, "200 0 success");
    home.call(Method::DELETE, &format!("im/v1/chats/{chat}"), json!({})).await;
    assert_eq!(text(&home, "local", "x").await, gone);
}

#[tokio::test]
async fn bots_hear_of_a_custom_bot_that_mentions_them_and_it_hears_nothing() {
    let (clock, builder) = clocked();
    let folder = tempfile::tempdir().expect("a folder");
    let home = garden(builder.data(folder.path()).rate_limit(false)).await;
    let bot = home.get("bot/v3/info").await.body["bot"]["open_id"].as_str().expect("an id").to_owned();
    assert_eq!(text(&home, "plain", "x").await, "200 0 success");
    assert_eq!(text(&home, "plain", &format!(r#"<at user_id="{bot}">B</at> x"#)).await, "200 0 success");
    home.stop().await;
    let stage = Stage::over(folder, clock);
    let heard = stage.heard("cli_00000000000000a1").await;
    let types: Vec<_> = heard.iter().map(|(event_type, _)| event_type.as_str()).collect();
    assert_eq!(types, ["im.message.receive_v1"]);
    assert_eq!(heard[0].1["sender"]["sender_type"], "bot");
    let deaf = stage.read(|view| {
        let hook = view.hook("plain")?.expect("the hook");
        Ok(view.events(hook.app, i64::MAX, 1)?.is_empty())
    });
    assert!(deaf.await);
}

#[tokio::test]
async fn seeds_with_hooks_that_are_wrong_are_refused() {
    let refused = async |hook: &str| {
        let seed = format!(
            "[[tenants]]\nname = \"T\"\n[[tenants.groups]]\nname = \"G\"\n[[tenants.groups.hooks]]\nname = \"H\"\n{hook}"
        );
        let error = Platform::builder().seed(seed).start().await.err().expect("refused");
        error.to_string()
    };
    assert!(refused("ip_list = [\"x\"]").await.contains("ip_list \"x\": expected a.b.c.d"));
    assert!(refused("token = \"a/b\"").await.contains("token \"a/b\": expected letters"));
    assert!(refused("secret = \"\"").await.contains("secret"));
    assert!(refused("keyword = \"x\"").await.contains("unknown field"));
    let eleven: Vec<_> = (0..11).map(|n| format!("\"k{n}\"")).collect();
    assert!(refused(&format!("keywords = [{}]", eleven.join(","))).await.contains("at most 10"));
    let eleven: Vec<_> = (0..11).map(|n| format!("\"10.0.0.{n}\"")).collect();
    assert!(refused(&format!("ip_list = [{}]", eleven.join(","))).await.contains("at most 10"));
    shows(&["custom_bot.max_keywords", "custom_bot.max_ip_rules"]);
}
