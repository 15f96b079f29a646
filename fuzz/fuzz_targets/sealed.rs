//! Bodies of webhooks: decrypted, encrypted, verified, and as Node would write them.

#![no_main]

use larkspur_push::{javascript::stringify, seal, signature};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, [u8; 16], &[u8])| {
    let (key, iv, body) = input;
    let _ = seal::open_body(key, body);
    if let Ok(text) = str::from_utf8(body) {
        let _ = seal::open(key, text);
    }
    let sealed = seal::sealed_body(key, iv, body);
    assert_eq!(seal::open_body(key, sealed.as_bytes()).expect("its own writing"), body);
    let signed = signature::event_signature("1608725989", "nonce", key, sealed.as_bytes());
    assert!(signature::verify_event_signature("1608725989", "nonce", key, sealed.as_bytes(), &signed));
    if let Ok(value) = serde_json::from_slice(body) {
        let once = stringify(&value);
        let again = serde_json::from_str(&once).expect("its own writing");
        assert_eq!(stringify(&again), once);
    }
});
