//! Encryption, both ways.

use larkspur_push::seal::{SealError, open, open_body, seal, sealed_body};
use proptest::{collection::vec, prelude::*};

use crate::vectors::{bytes, list, text};

#[test]
fn every_vector_is_encrypted_and_decrypted() {
    for case in list("encryption", "valid") {
        let (name, key, plaintext) =
            (text(&case, "name"), text(&case, "encrypt_key"), text(&case, "plaintext"));
        let (iv, sealed) = (bytes(&case, "iv_hex"), text(&case, "encrypt"));
        let iv = iv.try_into().expect("16 bytes");
        assert_eq!(seal(key, iv, plaintext.as_bytes()), sealed, "{name}");
        assert_eq!(open(key, sealed).as_deref(), Ok(plaintext.as_bytes()), "{name}");
        let Some(body) = case.get("http_body").and_then(|body| body.as_str()) else {
            assert_eq!(name, "official_sample");
            continue;
        };
        assert_eq!(sealed_body(key, iv, plaintext.as_bytes()), body, "{name}");
        assert_eq!(open_body(key, body.as_bytes()).as_deref(), Ok(plaintext.as_bytes()), "{name}");
        let spaced = body.replace(':', " : ").replace('}', ",\"more\":1}");
        assert_eq!(open_body(key, spaced.as_bytes()).as_deref(), Ok(plaintext.as_bytes()), "{name}");
    }
}

#[test]
fn what_is_wrong_stays_closed() {
    let errors: Vec<_> = list("encryption", "invalid")
        .iter()
        .map(|case| {
            let error = open(text(case, "encrypt_key"), text(case, "encrypt")).expect_err("stays closed");
            (text(case, "name").to_owned(), error)
        })
        .collect();
    let expected = [
        ("wrong_key", SealError::Padding),
        ("iv_only", SealError::Length { bytes: 16 }),
        ("not_block_multiple", SealError::Length { bytes: 33 }),
        ("bad_padding_byte_zero", SealError::Padding),
    ];
    assert_eq!(errors, expected.map(|(name, error)| (name.to_owned(), error)));
    assert_eq!(open("key", ""), Err(SealError::Length { bytes: 0 }));
    assert!(matches!(open("key", "no base64"), Err(SealError::Base64(_))));
    for body in ["", "{}", "[]", r#"{"encrypt":null}"#, r#"{"type":"url_verification"}"#, r#"{"encrypt":"""#]
    {
        assert_eq!(open_body("key", body.as_bytes()), Err(SealError::NotSealed), "{body}");
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(key in ".{0,40}", iv: [u8; 16], body in vec(any::<u8>(), 0..100)) {
        let sealed = seal(&key, iv, &body);
        prop_assert_eq!(open(&key, &sealed), Ok(body.clone()));
        let whole = sealed_body(&key, iv, &body);
        prop_assert_eq!(open_body(&key, whole.as_bytes()), Ok(body));
        // What is signed has to be what Node makes of it.
        let value = serde_json::from_str(&whole).expect("JSON");
        prop_assert_eq!(larkspur_push::javascript::stringify(&value), whole);
    }

    #[test]
    fn anything_opens_or_stays_closed(key in ".{0,8}", text in "[A-Za-z0-9+/]{0,100}={0,2}", body in vec(any::<u8>(), 0..100)) {
        let _ = open(&key, &text);
        let _ = open_body(&key, &body);
        let _ = open_body(&key, format!(r#"{{"encrypt":"{text}"}}"#).as_bytes());
    }
}
