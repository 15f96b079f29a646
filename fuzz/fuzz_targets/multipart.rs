//! Forms with a file in them, whole and broken.

#![no_main]

use std::{collections::HashMap, sync::LazyLock};

use axum::{body::Body, extract::Request};
use larkspur_api::endpoint::find;
use larkspur_domain::{Apps, Context, Pace, SystemClock, SystemEntropy};
use larkspur_store::Blobs;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};

static CONTEXT: LazyLock<Context> = LazyLock::new(|| Context {
    clock: std::sync::Arc::new(SystemClock),
    entropy: std::sync::Arc::new(SystemEntropy),
    apps: Apps::default(),
    pace: Pace::unlimited(),
    base_url: String::new(),
});

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));

fuzz_target!(|input: (&str, &[u8])| {
    let (boundary, body) = input;
    let content_type = format!("multipart/form-data; boundary={boundary}");
    let Ok(request) = Request::builder().header("content-type", content_type).body(Body::from(body.to_vec()))
    else {
        return;
    };
    let meta = find("im.v1.image.create").expect("registered");
    let received =
        RUNTIME.block_on(larkspur_server::upload::receive(&CONTEXT, &Blobs::in_memory(), meta, request));
    if let Ok(form) = received {
        let texts: HashMap<_, _> = form.texts.into_iter().collect();
        assert!(texts.keys().all(|name| name == "image_type"));
        assert!(form.files.iter().all(|name| name == "image"));
    }
});
