//! Frames of the long connection: read, written, joined, answered.

#![no_main]

use larkspur_push::{
    Ack, ClientConfig, Frame, Joiner,
    join::{MAX_BYTES, MAX_OPEN},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Vec<(&[u8], u16)>| {
    let mut joiner = Joiner::default();
    let mut now_ms = 0;
    for (bytes, passed_ms) in input {
        now_ms += i64::from(passed_ms);
        let Ok(frame) = Frame::decode(bytes) else { continue };
        assert_eq!(Frame::decode(&frame.encode()).expect("its own writing"), frame);
        let payload = frame.payload.clone().unwrap_or_default();
        let _ = serde_json::from_slice::<ClientConfig>(&payload);
        if let Ok(ack) = Ack::parse(&payload) {
            let answer = frame.ack(&ack, 1);
            assert_eq!(Ack::parse(&answer.payload.expect("an ack")).expect("its own writing"), ack);
        }
        // What is split joins, whatever the frame says of itself.
        let mut other = Joiner::default();
        let fragments = frame.split(payload.len().div_ceil(7));
        let joined = fragments.into_iter().rev().filter_map(|one| other.take(one, 0).ok().flatten()).last();
        assert!(frame.header("message_id").is_none() || joined.is_some_and(|one| one.payload == payload));
        let _ = joiner.take(frame, now_ms);
        assert!(joiner.open() <= MAX_OPEN && joiner.bytes() <= MAX_BYTES);
    }
});
