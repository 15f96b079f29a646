//! What a rule answers when it does not do it.

use larkspur_api::{Code, Refusal};

/// A refusal, or a store that failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The request is refused, and nothing was changed.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] larkspur_store::Error),
}

/// What rules return.
pub type Result<T> = std::result::Result<T, Failure>;

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Refusal::from(code).into()
    }
}
