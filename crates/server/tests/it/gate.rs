//! What is refused before an endpoint is asked, and what every answer carries.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::{Home, bearer, clocked, world::World};

#[tokio::test]
async fn a_call_needs_a_token_that_holds() {
    let home = Home::new().await;
    let told = async |token: Option<&str>| {
        let mut request = home.request(Method::GET, "bot/v3/info");
        if let Some(token) = token {
            let (name, value) = bearer(token);
            request = request.header(name, value);
        }
        home.send(request).await.told()
    };
    assert_eq!(told(None).await, "400 99991661 Need a token");
    assert_eq!(told(Some("")).await, "400 99991661 Need a token");
    assert_eq!(told(Some("nonsense")).await, "400 99991671 Invalid token: must start with t-/u-");
    let invalid = "Invalid access token for authorization. Please make a request with token attached";
    assert_eq!(told(Some("t-unknown")).await, format!("400 99991663 {invalid}"));
    assert_eq!(told(Some("u-unknown")).await, format!("400 99991668 {invalid}."));
    assert_eq!(told(Some("a-unknown")).await, "400 99991664 invalid app token");
    assert_eq!(told(Some(&home.token)).await, "200 0 ok");
}

#[tokio::test]
async fn every_answer_has_a_log_id() {
    let home = Home::new().await;
    for path in ["bot/v3/info", "no/such/path", "im/v1/messages/om_x"] {
        let answer = home.get(path).await;
        let log_id = answer.headers["x-tt-logid"].to_str().expect("text").to_owned();
        assert_eq!(log_id.len(), 34, "{log_id}");
        if answer.body["code"] != 0 {
            assert_eq!(answer.body["error"]["log_id"], log_id, "{path}");
            assert!(
                answer.body["error"]["troubleshooter"].as_str().is_some_and(|text| text.contains(&log_id))
            );
        }
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_apart() {
    let home = Home::new().await;
    assert_eq!(home.get("im/v1/nothing").await.told(), "404 99991201 resource not find");
    let answer = home.call(Method::DELETE, "im/v1/chats", json!({})).await;
    assert_eq!(answer.told(), "405 99991301 request method doesn’t match");
}

#[tokio::test]
async fn slashes_do_not_matter() {
    let home = Home::new().await;
    assert_eq!(home.get("/im//v1/chats/").await.told(), "200 0 success");
}

#[tokio::test]
async fn broken_json_is_a_bad_request() {
    let home = Home::new().await;
    let path = "im/v1/messages?receive_id_type=chat_id";
    for body in
        ["{", "[]", "\"text\"", r#"{"receive_id":7,"msg_type":"text","content":"{}"}"#, "{\"a\":\u{0}}"]
    {
        let request = home.request(Method::POST, path).bearer_auth(&home.token).body(body.to_owned());
        let answer = home.send(request.header("content-type", "application/json")).await;
        assert_eq!(answer.told(), "400 9499 Bad Request", "{body}");
    }
    let huge = format!(r#"{{"receive_id":"{}"}}"#, "x".repeat(10 << 20));
    let request = home.request(Method::POST, path).bearer_auth(&home.token).body(huge);
    assert_eq!(home.send(request).await.told(), "400 9499 Bad Request");
}

#[tokio::test]
async fn the_media_type_of_a_json_body_does_not_matter() {
    let home = Home::new().await;
    let body =
        json!({"receive_id": home.chat_id(), "msg_type": "text", "content": r#"{"text":"x"}"#}).to_string();
    let request =
        home.request(Method::POST, "im/v1/messages?receive_id_type=chat_id").bearer_auth(&home.token);
    assert_eq!(home.send(request.body(body)).await.told(), "200 0 success");
}

#[tokio::test]
async fn fields_are_refused_one_by_one() {
    let home = Home::new().await;
    let send = async |query: &str, body| home.post(&format!("im/v1/messages{query}"), body).await;
    let answer = send("", json!({"receive_id": "oc_1"})).await;
    assert_eq!(answer.told(), "400 99992402 field validation failed");
    assert_eq!(
        answer.violations(),
        "receive_id_type: receive_id_type is required; msg_type: msg_type is required; content: content is required"
    );
    let body = json!({"receive_id": "oc_1", "msg_type": "text", "content": "{}", "uuid": "x".repeat(51)});
    let answer = send("?receive_id_type=phone", body).await;
    assert_eq!(answer.told(), "400 99992402 field validation failed");
    assert_eq!(
        answer.violations(),
        "receive_id_type: options: [open_id,union_id,user_id,email,chat_id]; uuid: the max len is 50"
    );
    let answer = home.get("im/v1/chats?page_size=101").await;
    assert_eq!(answer.violations(), "page_size: the max value is 100");
    assert_eq!(home.get("im/v1/chats?page_size=ten").await.told(), "400 99992402 field validation failed");
}

#[tokio::test]
async fn scopes_are_needed_and_named() {
    let world = World::new().await;
    let narrow = world.app("narrow");
    let answer = narrow.upload_image("message", crate::images::png(1, 1)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body["code"], 99_991_672);
    let msg = answer.body["msg"].as_str().expect("a message");
    assert!(
        msg.starts_with(
            "Access denied. One of the following scopes is required: [im:resource, im:resource:upload]."
        ),
        "{msg}"
    );
    let violations = &answer.body["error"]["permission_violations"];
    assert_eq!(violations[0], json!({"type": "action_scope_required", "subject": "im:resource"}));
    // One of several suffices.
    assert_eq!(narrow.get("im/v1/chats").await.told(), "200 0 success");
}

#[tokio::test]
async fn messages_of_groups_need_a_scope_of_their_own() {
    let world = World::new().await;
    let (main, narrow, open) = (world.main(), world.app("narrow"), world.group("open"));
    let message_id = main.text(open, "hello").await;
    let lacking = "400 230027 Lack of necessary permissions, ext=need scope: im:message.group_msg";
    assert_eq!(narrow.get(&format!("im/v1/messages/{message_id}")).await.told(), lacking);
    let listed = narrow.get(&format!("im/v1/messages?container_id_type=chat&container_id={open}")).await;
    assert_eq!(listed.told(), lacking);
}

#[tokio::test]
async fn an_app_that_is_off_or_has_no_bot_is_refused() {
    let world = World::new().await;
    assert_eq!(world.app("off").get("bot/v3/info").await.told(), "400 99991662 app not in use");
    let mute = world.app("mute");
    let open = world.group("open");
    let bot = "Bot ability is not activated.";
    assert_eq!(mute.say(open, "text", &json!({"text": "x"})).await.told(), format!("400 230006 {bot}"));
    assert_eq!(mute.get(&format!("im/v1/chats/{open}")).await.told(), format!("400 232025 {bot}"));
    assert_eq!(
        mute.upload_image("message", crate::images::png(1, 1)).await.told(),
        "400 234007 App does not enable bot feature."
    );
}

#[tokio::test]
async fn limits_are_told_in_headers() {
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let main = world.main();
    // `im.v1.chat.list` allows 50 calls a second.
    clock.advance(Duration::from_secs(60));
    for _ in 0..50 {
        assert_eq!(main.get("im/v1/chats").await.told(), "200 0 success");
    }
    let refused = main.get("im/v1/chats").await;
    assert_eq!(refused.told(), "429 99991400 request trigger frequency limit");
    assert_eq!(refused.headers["x-ogw-ratelimit-limit"], "50");
    assert_eq!(refused.headers["x-ogw-ratelimit-reset"], "1");
    assert_eq!(world.app("shy").get("im/v1/chats").await.told(), "200 0 success");
    clock.advance(Duration::from_secs(1));
    assert_eq!(main.get("im/v1/chats").await.told(), "200 0 success");
}

#[tokio::test]
async fn a_chat_takes_five_messages_a_second_from_its_bots() {
    let (clock, builder) = clocked();
    let world = World::with(builder).await;
    let (open, text) = (world.group("open"), json!({"text": "x"}));
    for app in ["main", "shy", "main", "shy", "main"] {
        assert_eq!(world.app(app).say(open, "text", &text).await.told(), "200 0 success");
    }
    let refused = "400 230020 This operation triggers the frequency limit.";
    assert_eq!(world.app("shy").say(open, "text", &text).await.told(), refused);
    clock.advance(Duration::from_secs(1));
    assert_eq!(world.app("shy").say(open, "text", &text).await.told(), "200 0 success");
}

#[tokio::test]
async fn production_hosts_are_turned_away() {
    let home = Home::new().await;
    let request = home.request(Method::GET, "bot/v3/info").header("host", "open.feishu.cn");
    let answer = home.send(request).await;
    assert_eq!(answer.told(), "400 9499 Bad Request");
    assert!(answer.violations().contains("do not send it production credentials"));
}

#[tokio::test]
async fn names_in_headers_are_written_in_title_case() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let home = Home::new().await;
    let address = home.platform.base_url().trim_start_matches("http://").to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.expect("connects");
    let request =
        format!("GET /open-apis/bot/v3/info HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    for name in
        ["\r\nX-Tt-Logid: ", "\r\nX-Request-Id: ", "\r\nContent-Type: application/json; charset=utf-8"]
    {
        assert!(answer.contains(name), "{answer}");
    }
}
