//! Signatures, made and verified.

use larkspur_push::signature::*;
use serde_json::Value;

use crate::vectors::{list, text};

type Sign = fn(&str, &str, &str, &[u8]) -> String;
type Verify = fn(&str, &str, &str, &[u8], &str) -> bool;

/// Holds a way of signing to the cases of a file; `key` is where they have the key.
fn check(file: &str, key: &str, sign: Sign, verify: Verify) {
    for case in list(file, "cases") {
        let (key, body, signature) =
            (text(&case, key), text(&case, "body").as_bytes(), text(&case, "signature"));
        let header = |name: &str| text(&case["headers"], name);
        let (timestamp, nonce) = (header(TIMESTAMP), header(NONCE));
        assert_eq!(header(SIGNATURE), signature);
        assert_eq!(sign(timestamp, nonce, key, body), signature, "{}", case["name"]);
        assert!(verify(timestamp, nonce, key, body, signature), "{}", case["name"]);

        let (start, last) = signature.split_at(signature.len() - 1);
        let other = format!("{start}{}", if last == "0" { "1" } else { "0" });
        for wrong in ["", start, &other, &signature.to_uppercase()] {
            assert!(!verify(timestamp, nonce, key, body, wrong), "{wrong}");
        }
        assert!(!verify("1608725990", nonce, key, body, signature));
        assert!(!verify(timestamp, "nonce", key, body, signature));
        assert!(!verify(timestamp, nonce, "key", body, signature));
        assert!(!verify(timestamp, nonce, key, &body[1..], signature));
    }
}

#[test]
fn events_are_signed_with_the_encrypt_key() {
    check("event_signature", "encrypt_key", event_signature, verify_event_signature);
}

#[test]
fn old_card_callbacks_are_signed_with_the_verification_token() {
    check("card_signature_sha1", "verification_token", card_signature, verify_card_signature);
}

#[test]
fn custom_bots_are_signed_with_the_text_as_the_key() {
    let cases = list("custom_bot_sign", "cases");
    let cases = cases
        .iter()
        .map(|case: &Value| (text(case, "timestamp"), text(case, "secret").to_owned(), text(case, "sign")));
    // Keys of exactly a block, of one byte more, and of several blocks; from Python's `hmac`.
    let long = [
        ("1700000000", "x".repeat(53), "sPounXmEtbkRDvcNCJCg6EMvO0GWJEgMKaT6v/MM+rs="),
        ("1700000000", "x".repeat(54), "YxpXbLRDgpT7jp4TmH+P5Ob0szGJGyj/ognKE6eK82A="),
        ("1700000000", "long ".repeat(40), "wfBLVntxkWNnuZazfKKQExV2TX/qnLmezmyvOIFzv+I="),
    ];
    for (timestamp, secret, sign) in cases.chain(long) {
        assert_eq!(custom_bot_sign(timestamp, &secret), sign);
        assert!(verify_custom_bot_sign(timestamp, &secret, sign));
        assert!(!verify_custom_bot_sign("1599360474", &secret, sign));
        assert!(!verify_custom_bot_sign(timestamp, "other", sign));
        assert!(!verify_custom_bot_sign(timestamp, &secret, &sign[1..]));
    }
}
