//! Values that Commerce keeps encrypted, and the keys of `crypt/key` they are encrypted with.
//! We write the current cipher only, read every one Commerce reads, and refuse with a reason where
//! Commerce answers an empty text. Layout of a stored value: `stored_value`; the ciphers before
//! the current one: `legacy_cipher`.

mod current_cipher;
mod keyring;
mod legacy_cipher;
mod rijndael_256;
mod stored_value;

pub use keyring::{InvalidKey, Keyring};
pub use stored_value::looks_encrypted;

/// Why a stored value cannot be opened. None of them carries any part of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecryptError {
    /// The value names a key by position that `crypt/key` does not have.
    #[error("the value was encrypted with key {0}, which crypt/key does not hold")]
    UnknownKey(i64),
    /// The value names a cipher that no Commerce release has written.
    #[error("the value names cipher {0}, which Commerce does not support")]
    UnknownCipher(i64),
    /// The value was changed after it was written, or written with another key.
    #[error("the value was tampered with or encrypted with another key")]
    NotAuthentic,
    /// The value cannot be the output of its cipher: not whole blocks, or a wrong start vector.
    #[error("the value is not a whole ciphertext")]
    Incomplete,
    /// The plaintext was asked for as text and is not UTF-8.
    #[error("the decrypted value is not UTF-8 text")]
    NotText,
}
