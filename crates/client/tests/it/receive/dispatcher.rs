//! The dispatcher alone, with the clock in hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use larkspur::{
    event::{Envelope, card::action::trigger, im::message::receive_v1, url::preview},
    receive::{BoxFuture, Dispatcher, DispatcherBuilder, FileSeen, Received, Reply, SeenStore},
};
use serde_json::{Value, json};
use tokio::{sync::Semaphore, time::Instant};

use super::{Log, envelope, message, pressed};

type Message = Received<receive_v1::Event>;
type Pressed = Received<trigger::Event>;

fn text(message: &Message) -> String {
    message.event.content().text().unwrap_or_default().to_owned()
}

fn answer(reply: &Reply) -> Value {
    let Reply::Answer(json) = reply else { panic!("an answer: {reply:?}") };
    serde_json::from_slice(json).expect("JSON")
}

/// Writes down what comes, when it is let through.
fn gated(log: &Log, gate: &Arc<Semaphore>) -> DispatcherBuilder {
    let (log, gate) = (log.clone(), Arc::clone(gate));
    Dispatcher::builder().on(move |message: Message| {
        let (log, gate) = (log.clone(), Arc::clone(&gate));
        async move {
            log.add(format!("{} begins", text(&message)));
            gate.acquire().await?.forget();
            log.add(format!("{} ends", text(&message)));
            Ok(())
        }
    })
}

#[tokio::test(start_paused = true)]
async fn messages_of_a_chat_wait_for_each_other_and_other_chats_do_not() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let dispatcher = gated(&log, &gate).build();
    for (id, chat, text) in [("1", "oc_a", "a1"), ("2", "oc_a", "a2"), ("3", "oc_b", "b1")] {
        // Nobody waits for the reply, and yet it is handled.
        drop(dispatcher.dispatch(envelope(message(id, chat, text))));
    }
    assert_eq!(log.reaches(2).await, ["a1 begins", "b1 begins"]);
    gate.add_permits(3);
    dispatcher.idle().await;
    let all = log.all();
    let place = |what: &str| all.iter().position(|one| one == what).expect("it happened");
    assert!(place("a1 ends") < place("a2 begins"), "{all:?}");
    assert_eq!(all.len(), 6);
}

#[tokio::test(start_paused = true)]
async fn no_more_run_at_a_time_than_may() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let dispatcher = gated(&log, &gate).concurrency(2).build();
    let replies: Vec<_> = (0..5)
        .map(|number| {
            dispatcher.dispatch(envelope(message(&number.to_string(), &format!("oc_{number}"), "x")))
        })
        .collect();
    log.reaches(2).await;
    // Time passes only when nothing else can happen.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(log.all().len(), 2);
    gate.add_permits(5);
    for reply in replies {
        assert_eq!(reply.await, Reply::Done);
    }
    assert_eq!(log.all().len(), 10);
}

#[tokio::test(start_paused = true)]
async fn what_is_too_much_comes_again_later() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let dispatcher = gated(&log, &gate).backlog(1).build();
    let first = dispatcher.dispatch(envelope(message("1", "oc_a", "first")));
    assert_eq!(dispatcher.dispatch(envelope(message("2", "oc_b", "second"))).await, Reply::Failed);
    gate.add_permits(2);
    assert_eq!(first.await, Reply::Done);
    dispatcher.idle().await;
    assert_eq!(dispatcher.dispatch(envelope(message("2", "oc_b", "second"))).await, Reply::Done);
    assert_eq!(log.all(), ["first begins", "first ends", "second begins", "second ends"]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_told_and_the_event_may_come_again() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let dispatcher = Dispatcher::builder().on(move |_: Message| {
        let call = count.fetch_add(1, Ordering::SeqCst);
        async move {
            match call {
                0 => Err("no luck".into()),
                1 => panic!("as a handler may"),
                _ => Ok(()),
            }
        }
    });
    let dispatcher = dispatcher.build();
    let dispatch = || dispatcher.dispatch(envelope(message("1", "oc_a", "x")));
    assert_eq!(dispatch().await, Reply::Failed);
    assert_eq!(dispatch().await, Reply::Failed);
    assert_eq!(dispatch().await, Reply::Done);
    assert_eq!(dispatch().await, Reply::Done);
    assert_eq!(calls.load(Ordering::SeqCst), 3, "the last one was known");
}

#[tokio::test(start_paused = true)]
async fn a_slow_handler_is_not_waited_for_and_not_called_twice() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let dispatcher = gated(&log, &gate).build();
    let began = Instant::now();
    assert_eq!(dispatcher.dispatch(envelope(message("1", "oc_a", "slow"))).await, Reply::Done);
    assert_eq!(began.elapsed(), Duration::from_millis(2_500));
    // It comes again while it is being handled, under another event_id.
    let mut again = message("1", "oc_a", "slow");
    again["header"]["event_id"] = "another".into();
    let repeated = dispatcher.dispatch(envelope(again));
    gate.add_permits(2);
    assert_eq!(repeated.await, Reply::Done);
    assert_eq!(dispatcher.dispatch(envelope(message("1", "oc_a", "slow"))).await, Reply::Done);
    assert_eq!(log.all(), ["slow begins", "slow ends"]);
}

#[tokio::test(start_paused = true)]
async fn a_repetition_shares_the_outcome_of_the_first() {
    let gate = Arc::new(Semaphore::new(0));
    let waits = Arc::clone(&gate);
    let dispatcher = Dispatcher::builder().on(move |_: Message| {
        let waits = Arc::clone(&waits);
        async move {
            waits.acquire().await?.forget();
            Err("no luck".into())
        }
    });
    let dispatcher = dispatcher.build();
    let dispatch = || dispatcher.dispatch(envelope(message("1", "oc_a", "x")));
    let (first, second) = (dispatch(), dispatch());
    gate.add_permits(1);
    assert_eq!((first.await, second.await), (Reply::Failed, Reply::Failed));
}

#[tokio::test(start_paused = true)]
async fn what_nobody_handles_is_taken_and_a_callback_fails() {
    let empty = Dispatcher::builder().build();
    assert_eq!(empty.dispatch(envelope(message("1", "oc_a", "x"))).await, Reply::Done);
    assert_eq!(empty.dispatch(envelope(pressed("2"))).await, Reply::Failed);

    let log = Log::default();
    let seen = log.clone();
    let any = Dispatcher::builder().on_any(move |envelope: Envelope| {
        seen.add(envelope.header.event_type.clone());
        async { Ok(()) }
    });
    let any = any.build();
    let unknown =
        json!({"schema": "2.0", "header": {"event_id": "3", "event_type": "x.new_v9"}, "event": [1]});
    assert_eq!(any.dispatch(envelope(unknown)).await, Reply::Done);
    assert_eq!(answer(&any.dispatch(envelope(pressed("4"))).await), json!({}));
    assert_eq!(log.all(), ["x.new_v9", "card.action.trigger"]);

    let raw = Dispatcher::builder().on_any_callback(|_| async { Ok(json!({"a": 1})) }).build();
    assert_eq!(answer(&raw.dispatch(envelope(pressed("5"))).await), json!({"a": 1}));
}

#[tokio::test(start_paused = true)]
async fn an_event_of_another_form_than_documented_fails() {
    let dispatcher = Dispatcher::builder().on(|_: Message| async { Ok(()) }).build();
    let mut body = message("1", "oc_a", "x");
    body["event"] = json!({"message": 7});
    assert_eq!(dispatcher.dispatch(envelope(body)).await, Reply::Failed);
}

#[tokio::test(start_paused = true)]
async fn callbacks_are_answered_and_do_not_wait_for_messages() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let dispatcher = gated(&log, &gate)
        .concurrency(1)
        .on_callback(|_: Pressed| async { Ok(trigger::Answer::card(json!({"schema": "2.0"}))) });
    let dispatcher = dispatcher.build();
    drop(dispatcher.dispatch(envelope(message("1", "oc_1", "slow"))));
    log.reaches(1).await;
    let reply = dispatcher.dispatch(envelope(pressed("2"))).await;
    assert_eq!(answer(&reply), json!({"card": {"type": "raw", "data": {"schema": "2.0"}}}));
    assert_eq!(log.all().len(), 1, "the message is still being handled");
}

#[tokio::test(start_paused = true)]
async fn a_late_card_is_put_in_place_after_the_answer() {
    let late = Log::default();
    let put = late.clone();
    let dispatcher = Dispatcher::builder()
        .late_toast(larkspur::event::card::action::Toast {
            content: Some("soon".into()),
            ..Default::default()
        })
        .on_late_card(move |card| {
            put.add(format!("{} {}", card.token, card.card));
            async { Ok(()) }
        })
        .on_callback(|_: Pressed| async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(trigger::Answer::card(json!({"n": 1})))
        })
        .build();
    let began = Instant::now();
    let reply = dispatcher.dispatch(envelope(pressed("1"))).await;
    assert_eq!(answer(&reply), json!({"toast": {"content": "soon"}}));
    assert_eq!(began.elapsed(), Duration::from_millis(2_500));
    assert_eq!(late.reaches(1).await, [r#"c-1 {"n":1}"#]);
    assert!(began.elapsed() > Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn other_callbacks_are_answered_in_time_too() {
    let slow = Dispatcher::builder().on_callback(|_: Received<preview::get::Event>| async {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Ok(preview::get::Answer::default())
    });
    let slow = slow.build();
    let mut body = pressed("1");
    body["header"]["event_type"] = "url.preview.get".into();
    assert_eq!(answer(&slow.dispatch(envelope(body)).await), json!({}));
}

#[tokio::test]
async fn what_was_handled_is_known_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("seen");
    let log = Log::default();
    for _ in 0..2 {
        let log = log.clone();
        let dispatcher = Dispatcher::builder().seen_store(FileSeen::open(&path).expect("opens")).on(
            move |message: Message| {
                log.add(text(&message));
                async { Ok(()) }
            },
        );
        let dispatcher = dispatcher.build();
        assert_eq!(dispatcher.dispatch(envelope(message("1", "oc_a", "once"))).await, Reply::Done);
        dispatcher.idle().await;
    }
    assert_eq!(log.all(), ["once"]);
}

/// A store whose disk is full.
struct Broken;

impl SeenStore for Broken {
    fn contains<'a>(&'a self, _: &'a str) -> BoxFuture<'a, std::io::Result<bool>> {
        Box::pin(async { Err(std::io::Error::other("full")) })
    }

    fn record<'a>(&'a self, _: &'a str) -> BoxFuture<'a, std::io::Result<()>> {
        Box::pin(async { Err(std::io::Error::other("full")) })
    }
}

#[tokio::test]
async fn a_store_that_fails_loses_nothing() {
    let log = Log::default();
    let seen = log.clone();
    let dispatcher = Dispatcher::builder().seen_store(Broken).on(move |message: Message| {
        seen.add(text(&message));
        async { Ok(()) }
    });
    let dispatcher = dispatcher.build();
    let dispatch = || dispatcher.dispatch(envelope(message("1", "oc_a", "once")));
    assert_eq!((dispatch().await, dispatch().await), (Reply::Done, Reply::Done));
    assert_eq!(log.all(), ["once"]);
}
