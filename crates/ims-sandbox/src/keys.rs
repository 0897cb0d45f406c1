//! The keys that tokens are signed with.
//!
//! One key is current and published; a second one is published nowhere. Both are made when they are
//! first needed, because most who use the stand-in need no key at all.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    error::Unspecified,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use rcgen::{CertificateParams, DnType, PKCS_RSA_SHA256, date_time_ymd};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Why there is no key, signature or certificate.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("the cryptographic library failed")]
    Library(#[from] Unspecified),
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// An RSA key of 2048 bits and its name.
pub(crate) struct Key {
    pair: RsaKeyPair,
    name: String,
}

impl Key {
    fn generate() -> Result<Self, KeyError> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
        let digest = Sha256::digest(pair.public_key().as_ref());
        let name = HEXLOWER.encode(&digest).chars().take(16).collect();
        Ok(Self { pair, name })
    }

    /// The `kid`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What `x5u` calls its certificate.
    pub(crate) fn certificate_name(&self) -> String {
        format!("{}.cer", self.name)
    }

    /// RS256.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            message,
            &mut signature,
        )?;
        Ok(signature)
    }

    /// The public key as a member of a key set (RFC 7517).
    pub(crate) fn to_jwk(&self) -> Value {
        let public = self.pair.public_key();
        let encode = |number: &[u8]| BASE64URL_NOPAD.encode(number);
        json!({
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.name,
            "n": encode(public.modulus().big_endian_without_leading_zero()),
            "e": encode(public.exponent().big_endian_without_leading_zero()),
        })
    }

    /// The public key as anybody can write it down.
    pub(crate) fn to_public_pem(&self) -> Result<String, KeyError> {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der()?;
        Ok(to_pem("PUBLIC KEY", der.as_ref()))
    }

    /// A certificate over itself, as a PEM file; one that has run out if asked for.
    pub(crate) fn to_certificate(&self, expired: bool) -> Result<String, KeyError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der()?;
        let pair =
            rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&der.as_ref().into(), &PKCS_RSA_SHA256)?;
        let mut parameters = CertificateParams::default();
        parameters
            .distinguished_name
            .push(DnType::CommonName, "ims-sandbox");
        if expired {
            parameters.not_after = date_time_ymd(2001, 1, 1);
        }
        let certificate = parameters.self_signed(&pair)?;
        Ok(to_pem("CERTIFICATE", certificate.der()))
    }
}

/// The current key and the one that nobody is told of.
#[derive(Default)]
pub(crate) struct Keys {
    current: Slot,
    foreign: Slot,
}

#[derive(Default)]
struct Slot(Mutex<Option<Arc<Key>>>);

impl Slot {
    fn key(&self) -> Result<Arc<Key>, KeyError> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = &*slot {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(Key::generate()?);
        *slot = Some(Arc::clone(&key));
        Ok(key)
    }

    fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Keys {
    /// The key that signs and is published.
    pub(crate) fn current(&self) -> Result<Arc<Key>, KeyError> {
        self.current.key()
    }

    /// A key that is published nowhere.
    pub(crate) fn foreign(&self) -> Result<Arc<Key>, KeyError> {
        self.foreign.key()
    }

    /// The current key is gone, and another one takes its place.
    pub(crate) fn rotate(&self) {
        self.current.forget();
    }
}

fn to_pem(label: &str, der: &[u8]) -> String {
    let mut lines = format!("-----BEGIN {label}-----\n");
    for (position, letter) in BASE64.encode(der).chars().enumerate() {
        if position > 0 && position % 64 == 0 {
            lines.push('\n');
        }
        lines.push(letter);
    }
    format!("{lines}\n-----END {label}-----\n")
}
