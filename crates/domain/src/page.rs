//! Page tokens: where the last page ended, and which request that was.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A place in a list: two numbers whose meaning the list knows.
pub type Place = (i64, i64);

/// Why a token leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadToken {
    /// It is none of ours.
    Malformed,
    /// It belongs to a request with other parameters.
    OtherRequest,
}

/// The token for what follows `place` in the list that `request` asks for.
pub fn token(request: &str, place: Place) -> String {
    let mut bytes = [0; 24];
    let parts = [fingerprint(request).to_be_bytes(), place.0.to_be_bytes(), place.1.to_be_bytes()];
    for (byte, value) in bytes.iter_mut().zip(parts.iter().flatten()) {
        *byte = *value;
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The place that a token names.
pub fn place(request: &str, token: &str) -> Result<Place, BadToken> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| BadToken::Malformed)?;
    let numbers: Vec<i64> =
        bytes.chunks(8).filter_map(|part| part.try_into().ok()).map(i64::from_be_bytes).collect();
    match (bytes.len(), numbers.as_slice()) {
        (24, [print, first, second]) if print.to_be_bytes() == fingerprint(request).to_be_bytes() => {
            Ok((*first, *second))
        }
        (24, [_, _, _]) => Err(BadToken::OtherRequest),
        _ => Err(BadToken::Malformed),
    }
}

/// FNV-1a: stable across versions and machines, which the standard hasher does not promise.
fn fingerprint(request: &str) -> u64 {
    request
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_belongs_to_its_request() {
        let token = token("chat 1 asc", (7, 8));
        assert_eq!(place("chat 1 asc", &token), Ok((7, 8)));
        assert_eq!(place("chat 1 desc", &token), Err(BadToken::OtherRequest));
        assert_eq!(place("chat 1 asc", "x"), Err(BadToken::Malformed));
    }

    proptest! {
        #[test]
        fn no_token_panics(text in ".{0,64}") {
            let _ = place("request", &text);
        }
    }
}
