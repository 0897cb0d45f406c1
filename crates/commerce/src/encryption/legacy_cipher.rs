//! The ciphers of Magento 1 and the first Commerce 2 releases, read only. None is authenticated:
//! a wrong key or a changed value decrypts to garbage, and only a length that no block cipher
//! puts out can be refused. Padding is NULs, which the caller trims.

use super::DecryptError;
use super::keyring::{KEY_LENGTH, Key};
use super::rijndael_256::{BLOCK_LENGTH, Rijndael256};
use aes::Aes256;
use blowfish::Blowfish;
use blowfish::cipher::{Block, BlockCipherDecrypt, BlockSizeUser, KeyInit};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

/// A cipher that only old values use.
pub(super) enum LegacyCipher<'a> {
    /// Id 0: Blowfish in ECB mode.
    Blowfish,
    /// Id 1: Rijndael with a block of 128 bits, which is AES-256, in ECB mode.
    Rijndael128,
    /// Id 2: Rijndael with a block of 256 bits in CBC mode; without a vector it starts at zero.
    Rijndael256 { vector: Option<&'a [u8]> },
}

/// The plaintext with its padding; empty for an empty payload.
pub(super) fn decrypt(
    cipher: LegacyCipher<'_>,
    key: &Key,
    payload: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let key = key.expose_secret();
    match cipher {
        LegacyCipher::Blowfish => decrypt_blocks::<Blowfish>(key, payload),
        LegacyCipher::Rijndael128 => decrypt_blocks::<Aes256>(key, payload),
        LegacyCipher::Rijndael256 { vector } => decrypt_chain(key, vector, payload),
    }
}

fn decrypt_blocks<C: KeyInit + BlockCipherDecrypt>(
    key: &[u8; KEY_LENGTH],
    payload: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let cipher = C::new_from_slice(key).map_err(|_| DecryptError::Incomplete)?;
    let length = <C as BlockSizeUser>::block_size();
    if !payload.len().is_multiple_of(length) {
        return Err(DecryptError::Incomplete);
    }
    let mut plaintext = Zeroizing::new(payload.to_vec());
    for bytes in plaintext.chunks_exact_mut(length) {
        let block = <&mut Block<C>>::try_from(bytes).map_err(|_| DecryptError::Incomplete)?;
        cipher.decrypt_block(block);
    }
    Ok(plaintext)
}

fn decrypt_chain(
    key: &[u8; KEY_LENGTH],
    vector: Option<&[u8]>,
    payload: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut previous = match vector {
        Some(vector) => vector.try_into().map_err(|_| DecryptError::Incomplete)?,
        None => [0; BLOCK_LENGTH],
    };
    let (blocks, []) = payload.as_chunks::<BLOCK_LENGTH>() else {
        return Err(DecryptError::Incomplete);
    };
    let cipher = Rijndael256::new(key);
    let mut plaintext = Zeroizing::new(Vec::with_capacity(payload.len()));
    for block in blocks {
        let opened = Zeroizing::new(cipher.decrypt_block(block));
        plaintext.extend(
            opened
                .iter()
                .zip(previous)
                .map(|(opened, previous)| opened ^ previous),
        );
        previous = *block;
    }
    Ok(plaintext)
}
