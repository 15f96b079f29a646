//! Long connections, at a server on which things go wrong.

use std::{sync::Arc, time::Duration};

use larkspur::{
    Client,
    event::{card::action::trigger, im::message::receive_v1},
    receive::{ConnectionError, Dispatcher, Handle, LongConnection, Received, State},
};
use larkspur_push::{Ack, ClientConfig, Frame, discovery, frame::header};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};
use tokio_tungstenite::tungstenite::Message;

use super::{Log, message, pressed};
use crate::faulty_server::{Fault, FaultyServer, Peer, QUICK};

/// Writes down the texts that come. `slow` ones wait for the gate, `bad` ones fail.
fn writing(log: &Log, gate: &Arc<Semaphore>) -> Dispatcher {
    let (log, gate) = (log.clone(), Arc::clone(gate));
    let dispatcher = Dispatcher::builder().on(move |message: Received<receive_v1::Event>| {
        let (log, gate) = (log.clone(), Arc::clone(&gate));
        async move {
            let text = message.event.content().text().unwrap_or_default().to_owned();
            log.add(text.clone());
            match text.as_str() {
                "slow" => gate.acquire().await?.forget(),
                "bad" => return Err("no luck".into()),
                _ => {}
            }
            Ok(())
        }
    });
    let answer = |_: Received<trigger::Event>| async { Ok(trigger::Answer::card(json!({"n": 1}))) };
    dispatcher.on_callback(answer).build()
}

struct Bot {
    server: FaultyServer,
    log: Log,
    gate: Arc<Semaphore>,
    dispatcher: Dispatcher,
}

impl Bot {
    async fn new() -> Self {
        let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
        let dispatcher = writing(&log, &gate);
        Self { server: FaultyServer::start().await, log, gate, dispatcher }
    }

    fn connection(&self) -> LongConnection {
        LongConnection::of(&client(&self.server.url).build().expect("builds"), self.dispatcher.clone())
    }

    async fn connect(&mut self) -> (Handle, Peer) {
        let handle = self.connection().connect().await.expect("connects");
        (handle, self.server.opened().await)
    }
}

fn client(url: &str) -> larkspur::ClientBuilder {
    Client::builder("cli_a1b2c3d4e5f60718", "secret").base_url(url).no_proxy()
}

async fn until(state: &mut watch::Receiver<State>, wanted: impl Fn(&State) -> bool) -> State {
    state.wait_for(|state| wanted(state)).await.expect("it runs").clone()
}

fn connected(conn_id: &str) -> State {
    State::Connected { conn_id: conn_id.to_owned() }
}

#[tokio::test]
async fn events_are_handled_and_answered() {
    let mut bot = Bot::new().await;
    let (handle, mut peer) = bot.connect().await;
    assert_eq!(*handle.state().borrow(), connected("1"));
    peer.ping().await;
    let mut frame = peer.frame(&message("1", "oc_1", "hi"));
    frame.headers.push(larkspur_push::Header::new("unknown", "kept"));
    peer.frames(&[frame.clone()]).await;
    let (answered, ack) = peer.ack().await;
    assert_eq!(ack, Ack::ok());
    assert_eq!(answered.headers[..frame.headers.len()], frame.headers);
    peer.event(&message("2", "oc_1", "bad")).await;
    assert_eq!(peer.ack().await.1, Ack::no_handler());
    peer.event(&pressed("3")).await;
    let data: Value = serde_json::from_slice(&peer.ack().await.1.data.expect("data")).expect("JSON");
    assert_eq!(data, json!({"card": {"type": "raw", "data": {"n": 1}}}));
    assert_eq!(bot.log.all(), ["hi", "bad"]);
}

#[tokio::test]
async fn frames_that_make_no_sense_do_no_harm() {
    let mut bot = Bot::new().await;
    let (handle, mut peer) = bot.connect().await;
    peer.message(Message::text("hello")).await;
    peer.message(Message::binary(vec![0xff; 100])).await;
    peer.message(Message::binary(Vec::new())).await;
    let event = peer.frame(&message("1", "oc_1", "hi"));
    let unknown_method = Frame { method: 7, ..event.clone() };
    let no_headers = Frame { headers: Vec::new(), ..event.clone() };
    let mut bad_sum = event.clone();
    bad_sum
        .headers
        .iter_mut()
        .filter(|header| header.key == header::SUM)
        .for_each(|sum| sum.value = "-1".into());
    let bad_pong = Frame { payload: Some("{".into()), ..Frame::pong(1, &QUICK) };
    let empty_pong = Frame { payload: None, ..Frame::pong(1, &QUICK) };
    peer.frames(&[unknown_method, no_headers, bad_sum, bad_pong, empty_pong]).await;
    // What was sent as an event is answered, even if it is none.
    peer.frames(&[Frame { payload: Some("no JSON".into()), ..event.clone() }]).await;
    assert_eq!(peer.ack().await.1, Ack::no_handler());
    peer.frames(&[event]).await;
    assert_eq!(peer.ack().await.1, Ack::ok());
    assert_eq!(*handle.state().borrow(), connected("1"), "it is still the same connection");
    assert_eq!(bot.log.all(), ["hi"]);
}

#[tokio::test]
async fn fragments_are_joined_and_a_lost_one_costs_one_event() {
    let mut bot = Bot::new().await;
    let (_handle, mut peer) = bot.connect().await;
    let fragments = peer.frame(&message("1", "oc_1", "你好")).split(100);
    // One is lost.
    peer.frames(&fragments[1..]).await;
    peer.event(&message("2", "oc_1", "other")).await;
    assert_eq!(peer.ack().await.1, Ack::ok());
    // It comes again, backwards, and then only the last fragment is answered.
    let mut again = peer.frame(&message("1", "oc_1", "你好")).split(100);
    again.reverse();
    peer.frames(&again).await;
    let (frame, ack) = peer.ack().await;
    assert_eq!((frame.header(header::SEQ), ack), (Some("0"), Ack::ok()));
    assert_eq!(bot.log.all(), ["other", "你好"]);
}

#[tokio::test]
async fn an_event_that_comes_again_over_another_connection_is_handled_once() {
    let mut bot = Bot::new().await;
    let (handle, mut peer) = bot.connect().await;
    peer.event(&message("1", "oc_1", "slow")).await;
    bot.log.reaches(1).await;
    // The connection breaks before the answer.
    drop(peer);
    let mut peer = bot.server.opened().await;
    peer.event(&message("1", "oc_1", "slow")).await;
    bot.gate.add_permits(2);
    assert_eq!(peer.ack().await.1, Ack::ok());
    peer.event(&message("1", "oc_1", "slow")).await;
    assert_eq!(peer.ack().await.1, Ack::ok());
    assert_eq!(bot.log.all(), ["slow"]);
    assert_eq!(*handle.state().borrow(), connected("2"));
}

#[tokio::test]
async fn a_connection_that_is_closed_is_opened_again() {
    let mut bot = Bot::new().await;
    let (handle, peer) = bot.connect().await;
    let mut state = handle.state();
    peer.close().await;
    let peer = bot.server.opened().await;
    until(&mut state, |state| *state == connected("2")).await;
    drop(peer);
    let _peer = bot.server.opened().await;
    until(&mut state, |state| *state == connected("3")).await;
}

#[tokio::test]
async fn silence_is_noticed() {
    let mut bot = Bot::new().await;
    bot.server.configure(ClientConfig { ping_interval: 1, ..QUICK });
    let (handle, peer) = bot.connect().await;
    let mut state = handle.state();
    // It is there and says nothing, like a router that forgot the connection.
    let lost = until(&mut state, |state| matches!(state, State::Reconnecting { .. })).await;
    let State::Reconnecting { attempt: 1, why, .. } = lost else { panic!("{lost:?}") };
    assert_eq!(why, "nothing came for 2 s");
    let mut next = bot.server.opened().await;
    next.event(&message("1", "oc_1", "hi")).await;
    assert_eq!(next.ack().await.1, Ack::ok());
    drop(peer);
}

#[tokio::test]
async fn a_late_pong_is_good_enough() {
    let mut bot = Bot::new().await;
    let config = ClientConfig { ping_interval: 1, ..QUICK };
    bot.server.configure(config);
    let (handle, mut peer) = bot.connect().await;
    peer.ping().await;
    for _ in 0..3 {
        // Each comes when the next ping is there already.
        peer.ping().await;
        peer.pong(&config).await;
    }
    assert_eq!(*handle.state().borrow(), connected("1"));
}

#[tokio::test]
async fn a_pong_changes_how_often_to_ping() {
    let mut bot = Bot::new().await;
    let (_handle, mut peer) = bot.connect().await;
    peer.ping().await;
    // Until now it was every 10 min.
    peer.pong(&ClientConfig { ping_interval: 1, ..QUICK }).await;
    peer.ping().await;
}

#[tokio::test]
async fn a_refusal_for_good_is_an_error_and_not_a_loop() {
    let bot = Bot::new().await;
    let refused = |code: i64| serde_json::to_string(&discovery::Response::refused(code, "no")).expect("JSON");
    for code in [discovery::BAD_CREDENTIAL, discovery::TOO_MANY_CONNECTIONS, 10_014] {
        bot.server.at_discovery(Fault::status(200, &refused(code)));
        let error = bot.connection().connect().await.err().expect("refused");
        assert_eq!(error, ConnectionError::Refused { code, msg: "no".to_owned() });
    }
    bot.server.at_discovery(Fault::status(200, &refused(discovery::WRONG_DOMAIN)));
    let error = bot.connection().run().await.expect_err("refused");
    assert!(error.to_string().contains("Feishu or Lark"), "{error}");

    bot.server.at_handshake(Fault::handshake(&[("Handshake-Status", "403"), ("Handshake-Msg", "no")]));
    let handle = bot.connection().start();
    let error = handle.ended().await.expect_err("refused");
    assert_eq!(error, ConnectionError::Refused { code: 403, msg: "no".to_owned() });
    assert_eq!(*handle.state().borrow(), State::Failed(error));

    let token = Client::with_token("t-1").base_url(&bot.server.url).build().expect("builds");
    let error = LongConnection::of(&token, bot.dispatcher.clone()).run().await.expect_err("no secret");
    assert!(matches!(error, ConnectionError::Config(_)), "{error}");
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let mut bot = Bot::new().await;
    let busy =
        serde_json::to_string(&discovery::Response::refused(discovery::SYSTEM_BUSY, "busy")).expect("JSON");
    bot.server.at_discovery(Fault::status(502, "<html>"));
    bot.server.at_discovery(Fault::Cut);
    let handle = bot.connection().start();
    let mut state = handle.state();
    let waits = until(&mut state, |state| matches!(state, State::Reconnecting { .. })).await;
    let State::Reconnecting { attempt: 1, why, .. } = waits else { panic!("{waits:?}") };
    assert!(why.contains("502"), "{why}");
    bot.server.opened().await;
    until(&mut state, |state| *state == connected("1")).await;

    // Once it is known how often to try, the rest goes quickly.
    for fault in [
        Fault::status(200, &busy),
        Fault::status(200, "<html>"),
        Fault::status(200, "{}"),
        Fault::status(200, r#"{"code":0,"msg":"","data":{"URL":"garbage"}}"#),
        Fault::status(200, r#"{"code":0,"msg":"","data":{}}"#),
        Fault::status(200, &"x".repeat(100_000)),
    ] {
        bot.server.at_discovery(fault);
    }
    bot.server.at_handshake(Fault::Cut);
    bot.server.at_handshake(Fault::status(500, ""));
    bot.server
        .at_handshake(Fault::handshake(&[("Handshake-Status", "514"), ("Handshake-Msg", "old ticket")]));
    let mut peer = bot.server.opened().await;
    peer.event(&message("1", "oc_1", "hi")).await;
    assert_eq!(peer.ack().await.1, Ack::ok());
}

#[tokio::test]
async fn it_is_given_up_when_the_platform_says_so() {
    let mut bot = Bot::new().await;
    bot.server.configure(ClientConfig { reconnect_count: 2, ..QUICK });
    let (handle, peer) = bot.connect().await;
    for _ in 0..2 {
        bot.server.at_discovery(Fault::status(500, ""));
    }
    drop(peer);
    let error = handle.ended().await.expect_err("given up");
    assert!(matches!(&error, ConnectionError::GaveUp { attempts: 2, why } if why.contains("500")), "{error}");
}

#[tokio::test]
async fn stopping_waits_for_handlers_and_acknowledges() {
    let mut bot = Bot::new().await;
    let (handle, mut peer) = bot.connect().await;
    let state = handle.state();
    peer.event(&message("1", "oc_1", "slow")).await;
    bot.log.reaches(1).await;
    let stopping = tokio::spawn(handle.stop_within(Duration::from_secs(60)));
    bot.gate.add_permits(1);
    assert_eq!(peer.ack().await.1, Ack::ok());
    stopping.await.expect("stops");
    assert_eq!(*state.borrow(), State::Stopped);
    assert_eq!(peer.gone().await, 0);
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let mut bot = Bot::new().await;
    let (handle, mut peer) = bot.connect().await;
    peer.event(&message("1", "oc_1", "slow")).await;
    bot.log.reaches(1).await;
    handle.stop().await;
    // It was not handled, so it is not acknowledged: it comes again.
    assert_eq!(peer.gone().await, 0);
    bot.gate.add_permits(1);
    bot.dispatcher.idle().await;

    // Nor for a platform that cannot be reached, nor for one that says nothing.
    bot.server.at_discovery(Fault::Answer(String::new()));
    let handle = bot.connection().start();
    handle.stop().await;
}

#[tokio::test]
async fn a_handle_that_is_dropped_stops_it() {
    let mut bot = Bot::new().await;
    let (handle, peer) = bot.connect().await;
    drop(handle);
    assert_eq!(peer.gone().await, 0);

    let run = tokio::spawn(bot.connection().run());
    let peer = bot.server.opened().await;
    run.abort();
    assert_eq!(peer.gone().await, 0);

    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let run = tokio::spawn(bot.connection().run_until(stopped));
    let peer = bot.server.opened().await;
    stop.send(()).expect("it runs");
    assert_eq!((run.await.expect("ends"), peer.gone().await), (Ok(()), 0));
}

#[tokio::test]
async fn starting_and_stopping_leaves_nothing_behind() {
    let mut bot = Bot::new().await;
    let metrics = tokio::runtime::Handle::current().metrics();
    for _ in 0..1_000 {
        let (handle, peer) = bot.connect().await;
        tokio::join!(handle.stop(), peer.gone());
    }
    // The idle connection that discovery uses stays.
    while metrics.num_alive_tasks() > 8 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_proxy_leads_to_it() {
    let mut bot = Bot::new().await;
    let proxy = super::proxy::start(bot.server.url.trim_start_matches("http://").to_owned()).await;
    // Nobody but the proxy knows this name.
    let client = client("http://platform.test:8080").proxy(format!("http://user:pass@{}", proxy.address));
    let connection = LongConnection::of(&client.build().expect("builds"), bot.dispatcher.clone());
    let handle = connection.connect().await.expect("connects");
    let mut peer = bot.server.opened().await;
    peer.event(&message("1", "oc_1", "hi")).await;
    assert_eq!(peer.ack().await.1, Ack::ok());
    handle.stop().await;
    let asked = proxy.asked.lock().expect("not poisoned").clone();
    assert_eq!(asked.len(), 2, "discovery and the connection: {asked:?}");
    for head in asked {
        assert!(head.starts_with("CONNECT platform.test:8080 HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("Basic dXNlcjpwYXNz"), "{head}");
    }
}

#[tokio::test]
async fn a_private_authority_is_trusted_if_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (acceptor, ca_file) = super::tls::authority(folder.path());
    let mut server = FaultyServer::with_tls(Some(acceptor)).await;
    let log = Log::default();
    let dispatcher = writing(&log, &Arc::new(Semaphore::new(0)));

    let trusting = client(&server.url).ca_file(ca_file).build().expect("builds");
    let handle = LongConnection::of(&trusting, dispatcher.clone()).connect().await.expect("connects");
    let mut peer = server.opened().await;
    peer.event(&message("1", "oc_1", "hi")).await;
    assert_eq!(peer.ack().await.1, Ack::ok());
    handle.stop().await;

    let others = LongConnection::of(&client(&server.url).build().expect("builds"), dispatcher).start();
    let waits = until(&mut others.state(), |state| matches!(state, State::Reconnecting { .. })).await;
    let State::Reconnecting { why, .. } = waits else { panic!("{waits:?}") };
    assert!(why.contains("certificate"), "{why}");
}
