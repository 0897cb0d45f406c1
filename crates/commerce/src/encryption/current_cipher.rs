//! Cipher 3, the only one we write: ChaCha20-Poly1305 (RFC 8439) with a nonce of 12 bytes that
//! stands in front of the ciphertext and is authenticated a second time as additional data.

use super::DecryptError;
use super::keyring::Key;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

const NONCE_LENGTH: usize = 12;

/// Nonce, ciphertext and tag of `plaintext`.
pub(super) fn seal(key: &Key, plaintext: &[u8], nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
    let cipher = ChaCha20Poly1305::new(key.expose_secret().into());
    // Encryption fails only beyond 256 GiB; an empty payload then reads as "incomplete".
    let sealed = cipher.encrypt(
        &nonce.into(),
        Payload {
            msg: plaintext,
            aad: &nonce,
        },
    );
    sealed
        .map(|sealed| [nonce.as_slice(), &sealed].concat())
        .unwrap_or_default()
}

/// The plaintext of what [`seal`] or Commerce made.
pub(super) fn open(key: &Key, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let (nonce, ciphertext) = sealed
        .split_first_chunk::<NONCE_LENGTH>()
        .ok_or(DecryptError::Incomplete)?;
    ChaCha20Poly1305::new(key.expose_secret().into())
        .decrypt(
            &(*nonce).into(),
            Payload {
                msg: ciphertext,
                aad: nonce,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| DecryptError::NotAuthentic)
}
