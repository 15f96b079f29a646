//! The bots of the examples, on the platform, with users who talk to them.

#[path = "../../examples/card_bot.rs"]
mod card_bot;
#[path = "../../examples/echo_bot.rs"]
mod echo_bot;
#[path = "../../examples/image_bot.rs"]
mod image_bot;
#[path = "../../examples/streaming_bot.rs"]
mod streaming_bot;

use std::{collections::BTreeMap, time::Duration};

use futures_util::TryStreamExt;
use larkspur::{
    Client, act,
    bot::{Bot, CardContext, Context, MessageContext},
    content::{Content, Received},
    event::{
        card::action::{ToastType, trigger::Answer},
        im::message::recalled_v1,
    },
    id::{ChatId, MessageId},
    im::v1::{
        image,
        message::{self, CardMsgContentType, Message, MsgType},
        message_reaction, message_resource,
    },
    receive::Handle,
};
use serde_json::json;

use crate::{Home, messages::PNG};

/// Who talks.
const USER: &str = "Ada Okafor";

/// A bot at work, and the chat in which a user talks to it.
struct Stage {
    home: Home,
    _handle: Handle,
}

impl Stage {
    async fn with(bot: impl FnOnce(Client) -> Bot) -> Self {
        let home = Home::new().await;
        let handle = bot(home.client.clone()).long_connection().connect().await.expect("connects");
        Self { home, _handle: handle }
    }

    /// The user writes to the bot alone.
    async fn say(&self, content: &Content) -> act::send::Response {
        let request = act::send::Request {
            msg_type: Some(content.msg_type()),
            content: Some(content.to_wire()),
            ..act::send::Request::new(USER)
        };
        self.home.client.send(request).await.expect("the user writes")
    }

    /// All that bot and user have said, when it is as it should be.
    async fn chat(&self, chat_id: &ChatId, is_done: impl Fn(&[Message]) -> bool) -> Vec<Message> {
        loop {
            let request = message::list::Request::of_chat(chat_id.clone());
            let all: Vec<_> = self.home.client.pages(request).try_collect().await.expect("lists");
            if is_done(&all) {
                return all;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn click(&self, card: &MessageId, element: &str) -> act::click::Response {
        let request = act::click::Request {
            element: Some(element.to_owned()),
            ..act::click::Request::new(USER, card.clone())
        };
        self.home.client.send(request).await.expect("the user presses")
    }

    async fn card(&self, card: &MessageId) -> String {
        let request = message::get::Request {
            card_msg_content_type: Some(CardMsgContentType::UserCardContent),
            ..message::get::Request::new(card.clone())
        };
        let got = self.home.client.send(request).await.expect("reads");
        got.items[0].body.as_ref().map(|body| body.content.clone()).unwrap_or_default()
    }
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(|message| message.content().text().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn the_echo_bot_repeats() {
    let stage = Stage::with(echo_bot::bot).await;
    let said = stage.say(&Content::text("hello")).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 2).await;
    assert_eq!(texts(&all), ["hello", "hello"]);
    assert_eq!(all[1].parent_id.as_ref(), Some(&said.message_id));
    stage.say(&Content::text(" /HELP me")).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 4).await;
    assert_eq!(texts(&all)[3], "I repeat what I am told. In a group, mention me.");

    // In a group, those it is mentioned to are not repeated.
    let at = act::send::Request {
        chat_id: Some(stage.home.chat_id().into()),
        text: Some("hello".to_owned()),
        at: Some(vec![app_name(&stage).await]),
        ..act::send::Request::new(USER)
    };
    let said = stage.home.client.send(at).await.expect("the user writes");
    let is_reply = |message: &Message| message.parent_id.as_ref() == Some(&said.message_id);
    let all = stage.chat(&said.chat_id, |all| all.iter().any(is_reply)).await;
    let reply = all.iter().find(|message| is_reply(message)).expect("a reply");
    assert_eq!(reply.content().text(), Some("hello"));
}

async fn app_name(stage: &Stage) -> String {
    stage
        .home
        .client
        .send(larkspur::bot::v3::bot::info::Request::default())
        .await
        .expect("is known")
        .bot
        .app_name
}

#[tokio::test]
async fn the_image_bot_sends_back_the_same_bytes() {
    let stage = Stage::with(image_bot::bot).await;
    let client = &stage.home.client;
    let uploaded = image::create::Request::new(image::create::ImageType::Message, PNG.to_vec());
    let image_key = client.send(uploaded).await.expect("uploads").image_key;
    let said = stage.say(&Content::image(image_key)).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 2).await;
    let Received::Image(image) = all[1].content() else { panic!("an image") };
    let request = message_resource::get::Request::new(
        all[1].message_id.clone(),
        image.image_key.as_str(),
        message_resource::get::ResourceType::Image,
    );
    let bytes = client.download(request).await.expect("downloads").bytes(1 << 20).await.expect("arrives");
    assert_eq!(bytes, PNG);
    stage.say(&Content::text("what?")).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 4).await;
    assert_eq!(texts(&all)[3], "Send me a picture.");
}

#[tokio::test]
async fn the_card_bot_takes_a_request_and_decides() {
    let stage = Stage::with(card_bot::bot).await;
    let said = stage.say(&Content::text("/request")).await;
    let is_card = |message: &Message| message.msg_type == MsgType::Interactive;
    let all = stage.chat(&said.chat_id, |all| all.iter().any(is_card)).await;
    let form = all[1].message_id.clone();

    let submit = |reason: &str| {
        let form_value = BTreeMap::from([("reason".to_owned(), json!(reason))]);
        stage.home.client.send(act::submit::Request::new(USER, form.clone(), form_value))
    };
    let empty = submit(" ").await.expect("the user sends the form");
    assert_eq!((empty.toast.as_deref(), empty.card_updated), (Some("Say why."), false));
    let sent = submit("holiday").await.expect("the user sends the form");
    assert!(sent.card_updated, "{sent:?}");
    assert!(stage.card(&form).await.contains("The request was sent."));

    let all = stage.chat(&said.chat_id, |all| all.len() == 3).await;
    let request = &all[2].message_id;
    let clicked = stage.click(request, "Approved").await;
    assert_eq!((clicked.toast.as_deref(), clicked.card_updated), (Some("Done"), true));
    let decided = stage.card(request).await;
    assert!(decided.contains("holiday") && decided.contains("Approved"), "{decided}");
}

#[tokio::test]
async fn the_streaming_bot_fills_its_card() {
    let stage = Stage::with(|client| streaming_bot::bot(client, Duration::from_millis(5))).await;
    let said = stage.say(&Content::text("why?")).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 2).await;
    let card = &all[1].message_id;
    let whole = "That is a good question. ".repeat(20);
    while !stage.card(card).await.contains(whole.trim_end()) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(stage.chat(&said.chat_id, |_| true).await.len(), 2);
}

#[tokio::test]
async fn a_text_that_does_not_fit_in_a_card_goes_on_in_another() {
    let bot = |client: Client| {
        let bot = Bot::builder(client).on_message(|message: MessageContext| async move {
            let card = message.stream_card().await?;
            for line in 0..3_000 {
                card.push(&format!("line {line}\n"));
            }
            card.finish().await?;
            Ok(())
        });
        bot.build()
    };
    let stage = Stage::with(bot).await;
    let said = stage.say(&Content::text("go")).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 3).await;
    while !stage.card(&all[2].message_id).await.contains("line 2999") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(stage.card(&all[1].message_id).await.contains("line 0"));
}

#[tokio::test]
async fn a_card_that_takes_long_is_changed_later() {
    let bot = |client: Client| {
        let bot = Bot::builder(client)
            .on_message(|message: MessageContext| async move {
                message.reply(&Content::card(card(&["Go"]))).await?;
                Ok(())
            })
            .receive(|dispatcher| {
                dispatcher
                    .answer_within(Duration::from_millis(50))
                    .late_toast(larkspur::event::card::action::Toast::new(ToastType::Info, "Soon"))
            })
            .card_action("Go", |_: CardContext| async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                Ok(Answer::card(card(&["Again"])))
            });
        bot.build()
    };
    let stage = Stage::with(bot).await;
    let said = stage.say(&Content::text("go")).await;
    let all = stage.chat(&said.chat_id, |all| all.len() == 2).await;
    let message_id = &all[1].message_id;
    let clicked = stage.click(message_id, "Go").await;
    assert_eq!((clicked.toast.as_deref(), clicked.card_updated), (Some("Soon"), false));
    while !stage.card(message_id).await.contains("Again") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn card(buttons: &[&str]) -> serde_json::Value {
    let button = |name: &&str| {
        json!({
            "tag": "button",
            "text": {"tag": "plain_text", "content": name},
            "behaviors": [{"type": "callback", "value": {*name: true}}],
        })
    };
    let elements: Vec<_> = buttons.iter().map(button).collect();
    json!({"schema": "2.0", "config": {"update_multi": true}, "body": {"elements": elements}})
}

#[tokio::test]
async fn a_handler_that_failed_halfway_says_nothing_twice() {
    let calls = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&calls);
    let home = Home::new().await;
    let bot = Bot::builder(home.client.clone()).on_message(move |message: MessageContext| {
        let call = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            message.reply_text("I am on it.").await?;
            if call == 0 {
                return Err("no luck".into());
            }
            message.reply_text("Done.").await?;
            Ok(())
        }
    });
    let bot = bot.build();
    let said =
        home.client.send(act::send::Request { text: Some("go".to_owned()), ..act::send::Request::new(USER) });
    let said = said.await.expect("the user writes");
    // The event as it came, twice: the platform itself would wait 15 s.
    let message = home.client.send(message::get::Request::new(said.message_id.clone())).await.expect("reads");
    let event = json!({
        "sender": {"sender_type": "user", "tenant_key": "t"},
        "message": {
            "message_id": said.message_id, "create_time": "1", "chat_id": said.chat_id, "chat_type": "p2p",
            "message_type": "text", "content": message.items[0].body.as_ref().map(|body| &body.content),
        },
    });
    let header = json!({"event_id": "1", "event_type": "im.message.receive_v1"});
    let body = json!({"schema": "2.0", "header": header, "event": event});
    for expected in [larkspur::receive::Reply::Failed, larkspur::receive::Reply::Done] {
        let Ok(larkspur::event::Incoming::Event(envelope)) =
            larkspur::event::Envelope::from_json(body.clone())
        else {
            panic!("an event")
        };
        assert_eq!(bot.dispatcher().dispatch(envelope).await, expected);
    }
    let request = message::list::Request::of_chat(said.chat_id);
    let all: Vec<_> = home.client.pages(request).try_collect().await.expect("lists");
    assert_eq!(texts(&all), ["go", "I am on it.", "Done."]);
}

#[tokio::test]
async fn a_bot_reacts_and_hears_of_other_events() {
    let entered = crate::receive::Log::default();
    let log = entered.clone();
    let bot = move |client: Client| {
        let bot = Bot::builder(client)
            .on_message(|message: MessageContext| async move { Ok(message.react("THUMBSUP").await?) })
            .event(move |recalled: Context<recalled_v1::Event>| {
                log.add(recalled.event.message_id.as_str());
                async { Ok(()) }
            });
        bot.build()
    };
    let stage = Stage::with(bot).await;
    let said = stage.say(&Content::text("hello")).await;
    let reactions = message_reaction::list::Request::new(said.message_id.clone());
    while stage.home.client.send(reactions.clone()).await.expect("lists").items.is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let recall = act::recall::Request::new(USER, said.message_id.clone());
    stage.home.client.send(recall).await.expect("the user recalls");
    assert_eq!(entered.reaches(1).await, [said.message_id.as_str()]);
}

#[tokio::test]
async fn a_bot_runs_until_it_is_told_to_stop() {
    let home = Home::new().await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let bot = echo_bot::bot(home.client.clone());
    let run = tokio::spawn(async move { bot.run(stopped).await });
    let request = act::send::Request { text: Some("hello".to_owned()), ..act::send::Request::new(USER) };
    let said = home.client.send(request).await.expect("the user writes");
    let request = message::list::Request::of_chat(said.chat_id);
    while home.client.send(request.clone()).await.expect("lists").items.len() < 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.send(()).expect("it runs");
    assert_eq!(run.await.expect("ends"), Ok(()));

    let wrong =
        Client::builder(&home.platform.workspace().app_id, "wrong").base_url(home.platform.base_url());
    let bot = echo_bot::bot(wrong.build().expect("builds"));
    bot.run(std::future::pending::<()>()).await.expect_err("the secret is wrong");
}
