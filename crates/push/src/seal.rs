//! Encryption of webhook bodies, for apps that have an Encrypt Key.
//!
//! `base64(IV ‖ AES-256-CBC(SHA-256(Encrypt Key), IV, PKCS#7(body)))`, as the documents say under
//! `event-subscription-guide`. How long a body may be is up to who receives it.

use aes::Aes256;
use base64::{Engine, prelude::BASE64_STANDARD};
use cbc::{
    Decryptor, Encryptor,
    cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Bytes in a block of the cipher, and in the IV before the first.
const BLOCK: usize = 16;

/// A body that cannot be opened.
///
/// A sender is told no more than that: whoever learns if the padding was right can decrypt without the key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The body is not `{"encrypt":"…"}`.
    #[error("the body is not encrypted")]
    NotSealed,
    /// Not base64.
    #[error("the encrypted body is not base64: {0}")]
    Base64(#[from] base64::DecodeError),
    /// Not an IV and one or more whole blocks.
    #[error("an encrypted body of {bytes} bytes, not whole blocks")]
    Length {
        /// How many there are.
        bytes: usize,
    },
    /// Another key, or damaged.
    #[error("the encrypted body has wrong padding: it was encrypted with another Encrypt Key, or changed")]
    Padding,
}

/// Encrypts a body. The IV is random and used once.
///
/// The body starts with `{` and ends with `}`: the Go SDK takes what is between them, the Java SDK cuts off
/// what looks like padding.
pub fn seal(encrypt_key: &str, iv: [u8; BLOCK], body: &[u8]) -> String {
    let cipher = Encryptor::<Aes256>::new(&Sha256::digest(encrypt_key), &iv.into());
    let mut sealed = iv.to_vec();
    sealed.extend(cipher.encrypt_padded_vec::<Pkcs7>(body));
    BASE64_STANDARD.encode(sealed)
}

/// Decrypts what [`seal`] encrypted. Wrong padding is an error, but the right padding proves nothing: that is
/// what the signature is for.
pub fn open(encrypt_key: &str, sealed: &str) -> Result<Vec<u8>, SealError> {
    let sealed = BASE64_STANDARD.decode(sealed)?;
    let length = SealError::Length { bytes: sealed.len() };
    let Some((iv, blocks)) = sealed.split_first_chunk::<BLOCK>() else {
        return Err(length);
    };
    if blocks.is_empty() || !blocks.len().is_multiple_of(BLOCK) {
        return Err(length);
    }
    let cipher = Decryptor::<Aes256>::new(&Sha256::digest(encrypt_key), &(*iv).into());
    cipher.decrypt_padded_vec::<Pkcs7>(blocks).map_err(|_| SealError::Padding)
}

/// The whole encrypted body, `{"encrypt":"…"}`.
///
/// There are no blanks in it: the Node SDK signs what `JSON.stringify` makes of it, not what it received.
pub fn sealed_body(encrypt_key: &str, iv: [u8; BLOCK], body: &[u8]) -> String {
    // Nothing in base64 needs an escape.
    format!(r#"{{"encrypt":"{}"}}"#, seal(encrypt_key, iv, body))
}

/// Decrypts what [`sealed_body`] encrypted, blanks and other fields or not.
pub fn open_body(encrypt_key: &str, body: &[u8]) -> Result<Vec<u8>, SealError> {
    #[derive(Deserialize)]
    struct Sealed {
        encrypt: String,
    }
    let sealed: Sealed = serde_json::from_slice(body).map_err(|_| SealError::NotSealed)?;
    open(encrypt_key, &sealed.encrypt)
}
