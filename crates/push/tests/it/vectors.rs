//! The files in `vectors/`.

use larkspur_push::{Frame, Header};
use serde_json::Value;

/// The list under a key of a file.
pub(crate) fn list(file: &str, key: &str) -> Vec<Value> {
    let text = match file {
        "card_signature_sha1" => include_str!("../../vectors/card_signature_sha1.json"),
        "custom_bot_sign" => include_str!("../../vectors/custom_bot_sign.json"),
        "encryption" => include_str!("../../vectors/encryption.json"),
        "event_signature" => include_str!("../../vectors/event_signature.json"),
        "javascript" => include_str!("../../vectors/javascript.json"),
        "ws_captured" => include_str!("../../vectors/ws_captured.json"),
        "ws_frames" => include_str!("../../vectors/ws_frames.json"),
        _ => panic!("no {file}"),
    };
    let all: Value = serde_json::from_str(text).expect("JSON");
    let list = all.pointer(&format!("/{key}")).and_then(Value::as_array).cloned();
    list.filter(|list| !list.is_empty()).unwrap_or_else(|| panic!("no {key} in {file}"))
}

/// A text of a case.
pub(crate) fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("no {key} in {case}"))
}

/// Bytes of a case, as hex.
pub(crate) fn bytes(case: &Value, key: &str) -> Vec<u8> {
    hex::decode(text(case, key)).expect("hex")
}

/// A frame of `ws_frames.json`, decoded.
pub(crate) fn frame(name: &str) -> Frame {
    let frames = list("ws_frames", "frames");
    let case = frames.iter().find(|case| case["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    Frame::decode(&bytes(case, "hex")).expect("a frame")
}

/// What an SDK sent, with what it had received before.
pub(crate) fn recorded(sdk: &str) -> Vec<(Option<String>, Value)> {
    let observations = list("ws_captured", &format!("observations/{sdk}"));
    let frames = observations.into_iter().filter(|one| one.get("hex").is_some());
    frames.map(|one| (one["received_after"].as_str().map(str::to_owned), one)).collect()
}

/// The list of keys and values as the files have it.
pub(crate) fn headers(pairs: &Value) -> Vec<Header> {
    let pairs: Vec<(String, String)> = serde_json::from_value(pairs.clone()).expect("pairs");
    pairs.into_iter().map(|(key, value)| Header::new(key, value)).collect()
}
