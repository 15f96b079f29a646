//! What an app answers to callbacks, as the platform reads it, and what is posted to a bot, as the client reads it.

#![no_main]

use std::sync::LazyLock;

use larkspur::receive::{Dispatcher, Webhook};
use larkspur_api::event::{
    card::action::{trigger, trigger_v1},
    url::preview::get,
};
use larkspur_delivery::Answer;
use larkspur_domain::{act::answer::Wanted, content::card};
use larkspur_push::seal;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tokio::runtime::{Builder, Runtime};

const KEY: &str = "key";

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));

static OPEN: LazyLock<Webhook> =
    LazyLock::new(|| Webhook::new(Dispatcher::builder().build()).accept_unverified());

static LOCKED: LazyLock<Webhook> = LazyLock::new(|| {
    Webhook::new(Dispatcher::builder().build()).encrypt_key(KEY).verification_token("token")
});

/// What is read as a type is written so that it reads as the same.
fn typed<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(body: &Map<String, Value>) {
    if let Ok(read) = serde_json::from_value::<T>(Value::Object(body.clone())) {
        let written = serde_json::to_value(&read).expect("its own writing");
        assert_eq!(serde_json::from_value::<T>(written).expect("its own writing"), read);
    }
}

fuzz_target!(|input: (bool, bool, &[u8])| {
    let (over_http, old, body) = input;
    if let Ok(answer) = Answer::read(200, body, over_http) {
        if let Ok(Wanted { card: Some(one), .. }) = Wanted::read(&answer.body, old) {
            let _ = card::check(&one);
        }
        typed::<trigger::Answer>(&answer.body);
        typed::<trigger_v1::Answer>(&answer.body);
        typed::<get::Answer>(&answer.body);
    }
    let post = |webhook: &Webhook, body: Vec<u8>| {
        RUNTIME.block_on(webhook.handle(&Default::default(), body.into())).status().as_u16()
    };
    assert!(matches!(post(&OPEN, body.to_vec()), 200 | 400));
    assert!(matches!(post(&LOCKED, body.to_vec()), 400 | 401));
    // Sealed it may be the check of an address, with the right token.
    let sealed = seal::sealed_body(KEY, [7; 16], body).into_bytes();
    assert!(matches!(post(&LOCKED, sealed), 200 | 400 | 401));
});
