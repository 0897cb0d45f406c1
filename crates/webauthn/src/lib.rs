#![doc = include_str!("../README.md")]

mod answer;
mod attestation;
mod authentication;
mod authenticator_data;
mod cbor;
mod client_data;
pub mod options;
mod public_key;
mod refusal;
mod registration;
mod relying_party;
#[cfg(feature = "testing")]
pub mod testing;

pub use answer::{Assertion, Creation, MOST_BYTES};
pub use attestation::{Aaguid, InvalidRoots, Models, TrustRoots};
pub use authentication::{Asked, KnownKey, Used};
pub use public_key::PublicKey;
pub use refusal::Refusal;
pub use registration::{Made, Wanted};
pub use relying_party::{InvalidRelyingParty, RelyingParty, check_id};

/// The longest id that a credential may have, in bytes.
pub const LONGEST_ID: usize = 1023;

/// Whether an authenticator has to verify its user, or only that somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserVerification {
    /// By PIN, finger or face: the answer counts for two factors.
    Required,
    /// A touch is enough: the password was the other factor.
    Discouraged,
    /// As the authenticator can, so that the key may later be used without a password.
    Preferred,
}

impl UserVerification {
    fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Discouraged => "discouraged",
            Self::Preferred => "preferred",
        }
    }
}
