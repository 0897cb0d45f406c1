//! Why a registration could not be shown to hold.
//!
//! Issuer, client ID, secret and redirect URI are different people's work, so each has a variant
//! and a sentence that says what to do. None repeats the secret or the provider's own words.

use crate::{
    answer::Unexpected,
    client::CallFailed,
    failure::Failure,
    ims::{CredentialsRefused, ErrorCode},
    unreachable::Unreachable,
};

/// Why the credentials could not be shown to hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrialRefused {
    /// Adobe did not take them.
    #[error(transparent)]
    Adobe(#[from] CredentialsRefused),
    /// What stands below the issuer's address does not describe a provider that can be used.
    #[error(
        "the provider's own description cannot be used: {0}; compare the issuer with what the \
         provider calls itself, to the letter"
    )]
    Provider(Failure),
    /// The provider does not know the client, or its secret is another.
    #[error(
        "{host} refused the client ID or its secret; copy both again from the registration there"
    )]
    Client {
        /// Who refused.
        host: String,
    },
    /// The provider refused to let the client sign people in, before it asked anybody anything.
    #[error(
        "{host} refused the authorization request (`{error}`); register {redirect_uri} as redirect \
         URI of the client, and allow it the authorization code flow and the scopes"
    )]
    Authorization {
        /// Who refused.
        host: String,
        /// The word of the protocol for it, where one was given.
        error: ErrorCode,
        /// What would have to be registered.
        redirect_uri: String,
    },
    /// The token endpoint refused for a reason of its own.
    #[error("{host} refused to answer the token request: `{error}`")]
    Token {
        /// Who refused.
        host: String,
        /// The word of the protocol for it.
        error: ErrorCode,
    },
    /// The redirect URI that was to be tried is no URL: the shop's own address is at fault.
    #[error("the redirect URI is not a complete URL; set the base URL of the shop")]
    MalformedRedirectUri,
    /// No answer.
    #[error("{0}; nothing is known about the credentials, try again later")]
    Unreachable(#[from] Unreachable),
    /// An answer that makes no sense.
    #[error(
        "{0}; nothing is known about the credentials, check the address of the provider or try \
         again later"
    )]
    Unexpected(#[from] Unexpected),
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes for a trial code")]
    NoRandomness,
}

impl From<CallFailed> for TrialRefused {
    fn from(failed: CallFailed) -> Self {
        match failed {
            CallFailed::Unreachable(unreachable) => Self::Unreachable(unreachable),
            CallFailed::Unexpected(unexpected) => Self::Unexpected(unexpected),
        }
    }
}

impl From<Failure> for TrialRefused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable(unreachable) => Self::Unreachable(unreachable),
            Failure::Unexpected(unexpected) => Self::Unexpected(unexpected),
            other => Self::Provider(other),
        }
    }
}
