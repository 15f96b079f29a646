//! Whether a request comes from the platform.

use std::{sync::Arc, time::Duration};

use http::HeaderMap;
use larkspur_api::event::{Envelope, EnvelopeError, Incoming, Schema};
use larkspur_push::{
    seal::{self, SealError},
    signature::{self, NONCE, SIGNATURE, TIMESTAMP},
};
use subtle::ConstantTimeEq;

/// How old a signature may be.
const WINDOW: Duration = Duration::from_secs(5 * 60);

/// What tells the platform from others.
#[derive(Clone)]
pub(crate) struct Keys {
    /// Empty if there is none.
    pub(crate) encrypt_key: String,
    /// Empty if there is none.
    pub(crate) verification_token: String,
    pub(crate) accept_unverified: bool,
    pub(crate) window: Duration,
    pub(crate) now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
}

/// Why a request is refused. For the log: the sender is told less.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("there is neither an Encrypt Key nor a Verification Token to check it with")]
    NoKeys,
    #[error("it is old, and signed with a Verification Token, which is not known here")]
    NoToken,
    #[error("it is not encrypted, though there is an Encrypt Key")]
    Plain,
    #[error("it is not signed")]
    Unsigned,
    #[error("the signature is wrong: another key, or a changed body")]
    Signature,
    #[error("it cannot be decrypted: {0}")]
    Sealed(SealError),
    #[error("what was encrypted is not an event: {0}")]
    Unsealed(EnvelopeError),
    #[error("it was signed {seconds} s ago: too long, or one of the two clocks is wrong")]
    Age { seconds: i64 },
    #[error("the Verification Token is wrong")]
    Token,
    #[error("{0}")]
    Malformed(EnvelopeError),
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            encrypt_key: String::new(),
            verification_token: String::new(),
            accept_unverified: false,
            window: WINDOW,
            now_ms: Arc::new(|| i64::try_from(crate::token::now()).unwrap_or(i64::MAX)),
        }
    }
}

/// The headers of a signed request.
struct Signed<'a> {
    timestamp: &'a str,
    nonce: &'a str,
    signature: &'a str,
}

impl<'a> Signed<'a> {
    fn of(headers: &'a HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name)?.to_str().ok();
        Some(Self { timestamp: text(TIMESTAMP)?, nonce: text(NONCE)?, signature: text(SIGNATURE)? })
    }
}

impl Keys {
    /// Reads what was posted, if it comes from the platform.
    pub(crate) fn open(&self, headers: &HeaderMap, body: &[u8]) -> Result<Incoming, Refused> {
        if !self.has_keys() && !self.accept_unverified {
            return Err(Refused::NoKeys);
        }
        let signed = Signed::of(headers);
        if self.encrypt_key.is_empty() {
            return self.open_plain(signed, body);
        }
        // Looked at before anything is decrypted. It does not decide yet: the check of a URL is not signed.
        let verified = self.verify(signed.as_ref(), body);
        match seal::open_body(&self.encrypt_key, body) {
            Ok(plain) => self.open_sealed(signed, verified, &plain),
            // An old card callback is never encrypted.
            Err(SealError::NotSealed) => match self.open_plain(signed, body)? {
                Incoming::Event(envelope) if envelope.schema == Schema::Legacy => {
                    Ok(Incoming::Event(envelope))
                }
                _ => Err(Refused::Plain),
            },
            // Whoever may ask whether a padding is right can decrypt: the answer is that of a wrong signature.
            Err(error) => Err(verified.err().unwrap_or(Refused::Sealed(error))),
        }
    }

    fn has_keys(&self) -> bool {
        !self.encrypt_key.is_empty() || !self.verification_token.is_empty()
    }

    fn open_sealed(
        &self,
        signed: Option<Signed<'_>>,
        verified: Result<(), Refused>,
        plain: &[u8],
    ) -> Result<Incoming, Refused> {
        let incoming = match (Envelope::parse(plain), &verified) {
            (Ok(incoming), _) => incoming,
            (Err(error), Ok(())) => return Err(Refused::Malformed(error)),
            (Err(error), Err(_)) => return Err(Refused::Unsealed(error)),
        };
        match &incoming {
            Incoming::Challenge { token, .. } => self.check_token(token)?,
            Incoming::Event(envelope) => {
                verified?;
                self.check_age(signed.as_ref())?;
                // The signature says enough if there is no token in it.
                if !envelope.header.token.is_empty() {
                    self.check_token(&envelope.header.token)?;
                }
            }
        }
        Ok(incoming)
    }

    fn open_plain(&self, signed: Option<Signed<'_>>, body: &[u8]) -> Result<Incoming, Refused> {
        let mut incoming = Envelope::parse(body).map_err(Refused::Malformed)?;
        match &mut incoming {
            Incoming::Challenge { token, .. } => self.check_token(token)?,
            Incoming::Event(envelope) if envelope.schema == Schema::Legacy => {
                if self.has_keys() {
                    self.verify_card(signed.as_ref(), body)?;
                    self.check_age(signed.as_ref())?;
                }
                // It has no id: its signature is what tells when it comes again.
                if let Some(signed) = signed {
                    signed.signature.clone_into(&mut envelope.header.event_id);
                }
            }
            Incoming::Event(envelope) => self.check_token(&envelope.header.token)?,
        }
        Ok(incoming)
    }

    fn verify(&self, signed: Option<&Signed<'_>>, body: &[u8]) -> Result<(), Refused> {
        let Signed { timestamp, nonce, signature } = signed.ok_or(Refused::Unsigned)?;
        let key = &self.encrypt_key;
        let is_right = signature::verify_event_signature(timestamp, nonce, key, body, signature);
        if is_right { Ok(()) } else { Err(Refused::Signature) }
    }

    fn verify_card(&self, signed: Option<&Signed<'_>>, body: &[u8]) -> Result<(), Refused> {
        let token = &self.verification_token;
        if token.is_empty() {
            return Err(Refused::NoToken);
        }
        let Signed { timestamp, nonce, signature } = signed.ok_or(Refused::Unsigned)?;
        let is_right = signature::verify_card_signature(timestamp, nonce, token, body, signature);
        if is_right { Ok(()) } else { Err(Refused::Signature) }
    }

    fn check_age(&self, signed: Option<&Signed<'_>>) -> Result<(), Refused> {
        let timestamp = signed.map(|signed| signed.timestamp).unwrap_or_default();
        let timestamp: i64 = timestamp.parse().map_err(|_| Refused::Unsigned)?;
        let seconds = ((self.now_ms)() / 1000).saturating_sub(timestamp);
        let is_within = seconds.unsigned_abs() <= self.window.as_secs();
        if is_within { Ok(()) } else { Err(Refused::Age { seconds }) }
    }

    /// Any token is right if none is known: then something else shows where it comes from, or nothing has to.
    fn check_token(&self, token: &str) -> Result<(), Refused> {
        let known = self.verification_token.as_bytes();
        let is_right = known.is_empty() || bool::from(known.ct_eq(token.as_bytes()));
        if is_right { Ok(()) } else { Err(Refused::Token) }
    }
}
