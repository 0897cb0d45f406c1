//! What a token may be signed with.
//!
//! Public keys only: `none` is no signature, and with `HS256` and its kin anybody who knows our
//! client secret, or takes a public key for a secret, could sign (RFC 8725, section 2.1).

use jsonwebtoken::Algorithm;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Everything that is accepted from anybody.
pub(crate) const ACCEPTED: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// An accepted algorithm by its name.
pub(crate) fn accepted(name: &str) -> Option<Algorithm> {
    let algorithm = name.parse().ok()?;
    ACCEPTED.contains(&algorithm).then_some(algorithm)
}

/// Whether a value is the left half of a text's hash, as `at_hash` is (OpenID Connect Core,
/// section 3.1.3.6).
pub(crate) fn is_half_hash(algorithm: Algorithm, text: &str, value: &str) -> bool {
    let text = text.as_bytes();
    let hash = match algorithm {
        Algorithm::RS384 | Algorithm::PS384 | Algorithm::ES384 => Sha384::digest(text).to_vec(),
        // Ed25519 hashes with SHA-512 within.
        Algorithm::RS512 | Algorithm::PS512 | Algorithm::EdDSA => Sha512::digest(text).to_vec(),
        _ => Sha256::digest(text).to_vec(),
    };
    let (half, _) = hash.split_at(hash.len() / 2);
    data_encoding::BASE64URL_NOPAD.encode(half) == value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_none_nor_shared_secrets_are_accepted() {
        for name in [
            "none", "None", "nOnE", "", "HS256", "HS384", "HS512", "rs256", "ES512", "ES256K",
        ] {
            assert_eq!(accepted(name), None, "{name}");
        }
        for algorithm in ACCEPTED {
            assert_eq!(accepted(&format!("{algorithm:?}")), Some(algorithm));
        }
    }

    #[test]
    fn the_hash_is_that_of_openid_connect_core_appendix_a() {
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert!(is_half_hash(
            Algorithm::RS256,
            token,
            "77QmUPtjPfzWtF2AnpK9RQ"
        ));
        assert!(!is_half_hash(
            Algorithm::RS512,
            token,
            "77QmUPtjPfzWtF2AnpK9RQ"
        ));
    }
}
