//! The platform sends, the client receives: over both ways, and while connections are cut.

use std::collections::BTreeSet;

use larkspur::{
    act,
    content::Content,
    event::{
        card::action::{ToastType, trigger, trigger_v1},
        im::message::receive_v1,
    },
    im::v1::message,
    platform::{
        app::{self, App, Mode},
        connection,
    },
    receive::{Dispatcher, LongConnection, Received, State, Webhook},
};
use serde_json::json;

use super::Log;
use crate::Home;

/// Who talks.
const USER: &str = "Ada Okafor";

/// Writes down what users write, and answers what they press.
fn writing(log: &Log) -> Dispatcher {
    let log = log.clone();
    Dispatcher::builder()
        .on(move |message: Received<receive_v1::Event>| {
            log.add(message.event.content().text().unwrap_or_default());
            async { Ok(()) }
        })
        .on_callback(|_: Received<trigger::Event>| async {
            Ok(trigger::Answer::toast(ToastType::Success, "new"))
        })
        .on_callback(|_: Received<trigger_v1::Event>| async { Ok(trigger_v1::Answer::default()) })
        .build()
}

async fn say(home: &Home, text: &str) {
    let request = act::send::Request { text: Some(text.to_owned()), ..act::send::Request::new(USER) };
    home.client.send(request).await.expect("the user writes");
}

#[tokio::test]
async fn what_users_write_arrives_once_though_connections_are_cut() {
    let home = Home::new().await;
    let log = Log::default();
    // Two connections: each event goes to one of them.
    let dispatcher = writing(&log);
    let connect = || LongConnection::of(&home.client, dispatcher.clone()).connect();
    let (first, second) = (connect().await.expect("connects"), connect().await.expect("connects"));
    let mut sent = BTreeSet::new();
    for round in 0..3 {
        for number in 0..20 {
            let text = format!("{round}.{number}");
            say(&home, &text).await;
            sent.insert(text);
            if number == 10 {
                let app_id = home.platform.workspace().app_id.as_str();
                home.client.send(connection::delete::Request::new(app_id)).await.expect("cuts them");
            }
        }
        for handle in [&first, &second] {
            let mut state = handle.state();
            state.wait_for(|state| matches!(state, State::Connected { .. })).await.expect("comes back");
        }
    }
    let heard = log.reaches(sent.len()).await;
    assert_eq!(heard.iter().cloned().collect::<BTreeSet<_>>(), sent);
    assert_eq!(heard.len(), sent.len(), "none came twice: {heard:?}");
    first.stop().await;
    second.stop().await;
}

#[tokio::test]
async fn what_is_written_while_nobody_listens_arrives_later() {
    let home = Home::new().await;
    for text in ["1", "2", "3"] {
        say(&home, text).await;
    }
    let log = Log::default();
    let _handle = LongConnection::of(&home.client, writing(&log)).connect().await.expect("connects");
    assert_eq!(log.reaches(3).await, ["1", "2", "3"]);
}

/// Listens with a webhook, wherever the platform is told to post.
async fn listening(webhook: Webhook) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/events", listener.local_addr().expect("an address"));
    let server = axum::Router::new().route_service("/events", webhook);
    tokio::spawn(async move { axum::serve(listener, server).await });
    url
}

async fn by_webhook(home: &Home, log: &Log, encrypt_key: &str) -> App {
    let workspace = home.platform.workspace();
    let webhook = Webhook::new(writing(log)).verification_token(&workspace.verification_token);
    let url = listening(webhook.encrypt_key(encrypt_key)).await;
    let request = app::update::Request {
        event_mode: Some(Mode::Webhook),
        request_url: Some(url.clone()),
        callback_mode: Some(Mode::Webhook),
        callback_url: Some(url),
        encrypt_key: Some(encrypt_key.to_owned()),
        ..app::update::Request::new(workspace.app_id.as_str())
    };
    home.client.send(request).await.expect("the address answers the check")
}

async fn press(home: &Home) -> act::click::Response {
    let button = json!({
        "tag": "button",
        "text": {"tag": "plain_text", "content": "Go"},
        "behaviors": [{"type": "callback", "value": {"go": true}}],
    });
    let card = Content::card(json!({"schema": "2.0", "body": {"elements": [button]}}));
    let sent = home.client.send(message::create::Request::to_chat(home.chat_id(), &card)).await;
    let message_id = sent.expect("sends").message_id;
    home.client.send(act::click::Request::new(USER, message_id)).await.expect("the user presses")
}

#[tokio::test]
async fn a_webhook_hears_the_same_encrypted_and_plain() {
    for encrypt_key in ["a key of the app", ""] {
        let (home, log) = (Home::new().await, Log::default());
        by_webhook(&home, &log, encrypt_key).await;
        say(&home, "hello 你好").await;
        assert_eq!(log.reaches(1).await, ["hello 你好"]);
        assert_eq!(press(&home).await.toast.as_deref(), Some("new"));
    }
}

#[tokio::test]
async fn an_old_card_callback_is_taken_too() {
    let (home, log) = (Home::new().await, Log::default());
    by_webhook(&home, &log, "a key of the app").await;
    let request = app::update::Request {
        callbacks: Some(vec!["card.action.trigger_v1".to_owned()]),
        ..app::update::Request::new(home.platform.workspace().app_id.as_str())
    };
    home.client.send(request).await.expect("updates");
    assert_eq!(press(&home).await.answer, json!({}));
}

#[tokio::test]
async fn a_webhook_with_another_key_does_not_pass_the_check() {
    let home = Home::new().await;
    let url = listening(Webhook::new(writing(&Log::default())).encrypt_key("another")).await;
    let request = app::update::Request {
        request_url: Some(url),
        encrypt_key: Some("the app's".to_owned()),
        ..app::update::Request::new(home.platform.workspace().app_id.as_str())
    };
    home.client.send(request).await.expect_err("it answers 401");
}
