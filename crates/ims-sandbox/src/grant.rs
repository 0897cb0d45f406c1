//! That somebody has signed in for the client, and what the client asked for.
//!
//! Every code and token of one sign-in shares one grant, so that all of them can be ended together.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{person::Person, realm::Realm};

/// One sign-in for the client.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) realm: Realm,
    pub(crate) person: Person,
    /// The name of the session at the provider (`sid`).
    pub(crate) session: String,
    /// When the person last proved who they are.
    pub(crate) authenticated_at: Timestamp,
    /// As the request had it, not as it was put right.
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    /// The S256 challenge of the request.
    pub(crate) challenge: Option<String>,
}

impl Grant {
    /// Whether this scope was asked for; scopes are parted by spaces or, as Commerce does, commas.
    pub(crate) fn has_scope(&self, wanted: &str) -> bool {
        self.scope.split([' ', ',']).any(|scope| scope == wanted)
    }

    /// Whether the verifier belongs to the challenge (RFC 7636, section 4.6), or there is neither.
    pub(crate) fn accepts_verifier(&self, verifier: Option<&str>) -> bool {
        match (&self.challenge, verifier) {
            (None, None) => true,
            (Some(challenge), Some(verifier)) => {
                let digest = Sha256::digest(verifier.as_bytes());
                *challenge == BASE64URL_NOPAD.encode(&digest)
            }
            _ => false,
        }
    }

    /// Whether the redirect URI is that of the request. Commerce sends none to IMS.
    pub(crate) fn accepts_redirect_uri(&self, redirect_uri: Option<&str>) -> bool {
        match redirect_uri {
            None => self.realm == Realm::Ims,
            Some(redirect_uri) => self.redirect_uri == redirect_uri,
        }
    }
}
