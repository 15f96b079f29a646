//! Signatures of webhooks, and of what is posted to custom bots.
//!
//! The functions that verify take the same time whether the first character differs or the last. They do not
//! look at the age of a timestamp: no SDK does for webhooks, and for custom bots it is up to the platform.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Header of a signed request: seconds since 1970, in decimal digits.
pub const TIMESTAMP: &str = "X-Lark-Request-Timestamp";
/// Header of a signed request: a random text.
pub const NONCE: &str = "X-Lark-Request-Nonce";
/// Header of a signed request: the signature.
pub const SIGNATURE: &str = "X-Lark-Signature";

/// Signs an event or a callback, for apps that have an Encrypt Key: lower-case hex of SHA-256.
///
/// `raw_body` is what is transmitted, that is after encryption. The Node SDK signs what `JSON.stringify` makes
/// of it instead, so a sender writes exactly that: see [`sealed_body`](crate::seal::sealed_body).
pub fn event_signature(timestamp: &str, nonce: &str, encrypt_key: &str, raw_body: &[u8]) -> String {
    hex::encode(digest::<Sha256>(timestamp, nonce, encrypt_key, raw_body))
}

/// Whether this is the signature of an event or a callback.
pub fn verify_event_signature(
    timestamp: &str,
    nonce: &str,
    encrypt_key: &str,
    raw_body: &[u8],
    signature: &str,
) -> bool {
    same(&event_signature(timestamp, nonce, encrypt_key, raw_body), signature)
}

/// Signs an old card callback (`card.action.trigger_v1`): lower-case hex of SHA-1.
///
/// Its body is never encrypted. A sender writes it with [`stringify`](crate::javascript::stringify).
pub fn card_signature(timestamp: &str, nonce: &str, verification_token: &str, raw_body: &[u8]) -> String {
    hex::encode(digest::<Sha1>(timestamp, nonce, verification_token, raw_body))
}

/// Whether this is the signature of an old card callback.
pub fn verify_card_signature(
    timestamp: &str,
    nonce: &str,
    verification_token: &str,
    raw_body: &[u8],
    signature: &str,
) -> bool {
    same(&card_signature(timestamp, nonce, verification_token, raw_body), signature)
}

/// Signs what is posted to a custom bot: base64 of HMAC-SHA256, with the text as the key and no message.
///
/// `timestamp` is in seconds; the platform takes it for an hour.
pub fn custom_bot_sign(timestamp: &str, secret: &str) -> String {
    let key = format!("{timestamp}\n{secret}");
    // A key that is longer than a block counts as its hash, a shorter one is filled up with zeros (RFC 2104).
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(start) => start.copy_from_slice(key.as_bytes()),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    BASE64_STANDARD.encode(Hmac::<Sha256>::new(&block.into()).finalize().into_bytes())
}

/// Whether this is the `sign` of what was posted to a custom bot.
pub fn verify_custom_bot_sign(timestamp: &str, secret: &str, sign: &str) -> bool {
    same(&custom_bot_sign(timestamp, secret), sign)
}

fn digest<D: Digest>(timestamp: &str, nonce: &str, key: &str, raw_body: &[u8]) -> impl AsRef<[u8]> {
    D::new().chain_update(timestamp).chain_update(nonce).chain_update(key).chain_update(raw_body).finalize()
}

fn same(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}
