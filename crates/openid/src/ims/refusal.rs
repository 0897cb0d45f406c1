//! Why credentials were not taken.
//!
//! Client ID, secret, redirect URI, address, network and provider are different people's work, so
//! each has a variant and a sentence that says what to do. None repeats the secret.

use std::fmt;

use super::endpoints::InvalidAddress;
use crate::{answer::Unexpected, client::CallFailed, unreachable::Unreachable};

/// Why the credentials could not be shown to hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsRefused {
    /// The provider does not know the client, or does not let it sign people in.
    #[error(
        "{host} refused the client ID; compare it with the credential in the Adobe Developer Console"
    )]
    ClientId {
        /// Who refused.
        host: String,
    },
    /// The client ID holds, the secret does not.
    #[error(
        "{host} accepted the client ID but refused the client secret; copy the secret again from \
         the Adobe Developer Console"
    )]
    ClientSecret {
        /// Who refused.
        host: String,
    },
    /// The client holds, but a sign-in would not come back to this shop.
    #[error(
        "{host} does not lead back to {redirect_uri}; register it as redirect URI of the client"
    )]
    RedirectUri {
        /// Who refused.
        host: String,
        /// What would have to be registered.
        redirect_uri: String,
    },
    /// The redirect URI that was to be tried is no URL: the shop's own address is at fault.
    #[error("the redirect URI is not a complete URL; set the base URL of the shop")]
    MalformedRedirectUri,
    /// The provider refused for a reason of its own.
    #[error("{host} refused to answer {place}: `{error}`")]
    Other {
        /// Who refused.
        host: String,
        /// What it refused.
        place: &'static str,
        /// The word of the protocol for it.
        error: ErrorCode,
    },
    /// An address in the configuration cannot be used.
    #[error(transparent)]
    Address(#[from] InvalidAddress),
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

impl From<CallFailed> for CredentialsRefused {
    fn from(failed: CallFailed) -> Self {
        match failed {
            CallFailed::Unreachable(unreachable) => Self::Unreachable(unreachable),
            CallFailed::Unexpected(unexpected) => Self::Unexpected(unexpected),
        }
    }
}

/// The `error` word of RFC 6749, section 5.2, when it looks like one; anything else is shown as
/// `unrecognized`, so that a provider can neither write into our messages nor echo a secret there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode(String);

impl ErrorCode {
    pub(crate) fn new(word: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        if (1..=40).contains(&word.len()) && word.bytes().all(plain) {
            Self(word.to_owned())
        } else {
            Self("unrecognized".to_owned())
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_cannot_write_into_our_messages() {
        for hostile in ["", "no\n\u{1b}[31m", "<b>", "Secret-123", &"a".repeat(41)] {
            assert_eq!(ErrorCode::new(hostile).as_str(), "unrecognized");
        }
        assert_eq!(ErrorCode::new("invalid_scope").as_str(), "invalid_scope");
    }
}
