//! Keys made for the tests, once for all of them: making RSA keys is slow.

use std::sync::LazyLock;

use jsonwebtoken::{Algorithm, EncodingKey, jwk::Jwk};
use rcgen::{CertificateParams, KeyPair, PublicKeyData, SignatureAlgorithm};
use serde_json::{Value, json};

/// A key that signs.
pub(crate) struct Key {
    pair: KeyPair,
    pub(crate) signing: EncodingKey,
    algorithm: Algorithm,
}

pub(crate) static RSA: LazyLock<Key> =
    LazyLock::new(|| Key::generate(&rcgen::PKCS_RSA_SHA256, Algorithm::RS256));
pub(crate) static OTHER_RSA: LazyLock<Key> =
    LazyLock::new(|| Key::generate(&rcgen::PKCS_RSA_SHA256, Algorithm::RS256));
pub(crate) static EC: LazyLock<Key> =
    LazyLock::new(|| Key::generate(&rcgen::PKCS_ECDSA_P256_SHA256, Algorithm::ES256));
pub(crate) static EC_384: LazyLock<Key> =
    LazyLock::new(|| Key::generate(&rcgen::PKCS_ECDSA_P384_SHA384, Algorithm::ES384));
pub(crate) static ED: LazyLock<Key> =
    LazyLock::new(|| Key::generate(&rcgen::PKCS_ED25519, Algorithm::EdDSA));

impl Key {
    fn generate(kind: &'static SignatureAlgorithm, algorithm: Algorithm) -> Self {
        let pair = KeyPair::generate_for(kind).unwrap();
        let pem = pem("PRIVATE KEY", &pair.serialize_der());
        let signing = match algorithm {
            Algorithm::ES256 | Algorithm::ES384 => EncodingKey::from_ec_pem(pem.as_bytes()),
            Algorithm::EdDSA => EncodingKey::from_ed_pem(pem.as_bytes()),
            _ => EncodingKey::from_rsa_pem(pem.as_bytes()),
        };
        Self {
            pair,
            signing: signing.unwrap(),
            algorithm,
        }
    }

    /// As a provider publishes it.
    pub(crate) fn published(&self, id: &str) -> Value {
        let mut jwk = match self.algorithm {
            Algorithm::EdDSA => {
                let x = data_encoding::BASE64URL_NOPAD.encode(self.pair.public_key_raw());
                json!({"kty": "OKP", "crv": "Ed25519", "x": x})
            }
            algorithm => {
                let jwk = Jwk::from_encoding_key(&self.signing, algorithm).unwrap();
                serde_json::to_value(jwk).unwrap()
            }
        };
        jwk["kid"] = json!(id);
        jwk["use"] = json!("sig");
        jwk
    }

    /// In the form that a shared secret would have.
    pub(crate) fn public_pem(&self) -> String {
        pem("PUBLIC KEY", &self.pair.subject_public_key_info())
    }

    /// A certificate that holds during these years.
    pub(crate) fn certificate(&self, from: i32, until: i32) -> String {
        let mut parameters = CertificateParams::new(vec!["ims.test".to_owned()]).unwrap();
        parameters.not_before = rcgen::date_time_ymd(from, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(until, 1, 1);
        let certificate = parameters.self_signed(&self.pair).unwrap();
        pem("CERTIFICATE", certificate.der())
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let encoded = data_encoding::BASE64.encode(der);
    let lines: Vec<_> = encoded
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line))
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
