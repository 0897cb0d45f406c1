//! Why the provider's word was not taken.

use crate::{
    answer::Unexpected, client::CallFailed, ims::InvalidAddress, refusal::Refusal,
    unreachable::Unreachable,
};

/// Why nobody was signed in, or nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No answer: nothing is known about the person.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// An answer that makes no sense: nothing is known about the person.
    #[error(transparent)]
    Unexpected(#[from] Unexpected),
    /// An address in the configuration cannot be used.
    #[error(transparent)]
    Address(#[from] InvalidAddress),
    /// The answer is not to be believed, or says no.
    #[error("{0}")]
    Refused(Refusal),
}

impl Failure {
    /// The stable code, such as `id_token.wrong_audience`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "provider.unreachable",
            Self::Unexpected(_) => "provider.unexpected",
            Self::Address(_) => "provider.address",
            Self::Refused(refusal) => refusal.code(),
        }
    }

    /// Whether nothing is known, rather than that the answer is no.
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.is_about_provider(),
            _ => true,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<CallFailed> for Failure {
    fn from(failed: CallFailed) -> Self {
        match failed {
            CallFailed::Unreachable(unreachable) => Self::Unreachable(unreachable),
            CallFailed::Unexpected(unexpected) => Self::Unexpected(unexpected),
        }
    }
}
