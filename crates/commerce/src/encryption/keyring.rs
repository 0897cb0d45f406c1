//! The keys of `crypt/key` in `env.php`, oldest first. New values, digests and admin tokens use
//! the last; older ones stay because Commerce never re-encrypts everything when a key is added.

use super::stored_value::{Cipher, StoredValue};
use super::{DecryptError, current_cipher, legacy_cipher};
use crate::php_text;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretBox, SecretSlice, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

/// Marks a key of Commerce 2.4.7 and later: base64 of 32 random bytes follows.
const ENCODED_KEY_PREFIX: &str = "base64";

/// Bytes of every key.
pub(super) const KEY_LENGTH: usize = 32;

/// A key as the ciphers want it; wiped when dropped.
pub(super) type Key = SecretBox<[u8; KEY_LENGTH]>;

/// Every key of an instance, oldest first; never empty.
pub struct Keyring {
    older: Vec<Key>,
    newest: Key,
    newest_text: SecretString,
}

/// Why `crypt/key` cannot be used. Positions count from 1, as a person counts lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// Nothing but white space.
    #[error("the encryption key (crypt/key) is empty")]
    Missing,
    /// Neither 32 characters nor `base64` followed by base64 of 32 bytes.
    #[error(
        "encryption key {0} in crypt/key must be 32 characters without any white space, \
         or base64 of 32 bytes after the prefix \"base64\""
    )]
    Malformed(usize),
}

impl Keyring {
    /// Reads the text of `crypt/key`: keys separated by any white space, oldest first. A key of
    /// another length than Commerce's ciphers take is refused here instead of at its first use.
    pub fn parse(crypt_key_text: &str) -> Result<Self, InvalidKey> {
        let mut older = Vec::new();
        let mut newest = None;
        for (position, text) in crypt_key_text.split_ascii_whitespace().enumerate() {
            let key = parse_key(text).ok_or(InvalidKey::Malformed(position + 1))?;
            if let Some((previous, _)) = newest.replace((key, text)) {
                older.push(previous);
            }
        }
        let (newest, text) = newest.ok_or(InvalidKey::Missing)?;
        Ok(Self {
            older,
            newest,
            newest_text: SecretString::from(text),
        })
    }

    /// The stored form of `plaintext`, under the last key and the current cipher. A nonce must
    /// come from a secure random source and never be used twice.
    pub fn encrypt(&self, plaintext: &[u8], nonce: [u8; 12]) -> String {
        let sealed = current_cipher::seal(&self.newest, plaintext, nonce);
        StoredValue::format(self.older.len(), &sealed)
    }

    /// The plaintext of a stored value, without white space and NULs at its ends, as Commerce
    /// reads it. The texts that Commerce takes for "nothing stored" (empty and `0`) give an empty
    /// plaintext. The ciphers before the current one cannot tell a wrong key: they give garbage.
    pub fn decrypt(&self, stored: &str) -> Result<SecretSlice<u8>, DecryptError> {
        if matches!(stored, "" | "0") {
            return Ok(SecretSlice::from(Vec::new()));
        }
        let value = StoredValue::parse(stored)?;
        let key = self.key(value.key_version)?;
        let plaintext = match value.cipher {
            Cipher::ChaCha20Poly1305 => current_cipher::open(key, &value.payload)?,
            Cipher::Legacy(cipher) => legacy_cipher::decrypt(cipher, key, &value.payload)?,
        };
        // The copy has exactly the length of the text, so nothing is left behind when it shrinks.
        Ok(SecretSlice::from(php_text::trim(&plaintext).to_vec()))
    }

    /// As [`Self::decrypt`], for values that are text.
    pub fn decrypt_text(&self, stored: &str) -> Result<SecretString, DecryptError> {
        let plaintext = self.decrypt(stored)?;
        let text = std::str::from_utf8(plaintext.expose_secret());
        text.map(SecretString::from)
            .map_err(|_| DecryptError::NotText)
    }

    /// HMAC-SHA256 of `message` under the last key, in lower-case hex. Commerce stores it where a
    /// value must be found again without being kept: token hashes, session IDs in the database.
    pub fn keyed_digest(&self, message: &[u8]) -> String {
        keyed_digest(&self.newest, message)
    }

    /// The same under every key, the last first: what was stored before a key was added is found by
    /// one of the others.
    pub fn keyed_digests(&self, message: &[u8]) -> impl Iterator<Item = String> {
        let newest_first = [&self.newest].into_iter().chain(self.older.iter().rev());
        newest_first.map(move |key| keyed_digest(key, message))
    }

    /// Whether `digest` is the keyed digest of `message`, compared in constant time.
    pub fn is_keyed_digest(&self, digest: &str, message: &[u8]) -> bool {
        let expected = self.keyed_digest(message);
        !expected.is_empty() && expected.as_bytes().ct_eq(digest.as_bytes()).into()
    }

    /// The literal text of the last key, prefix included: what admin tokens are signed with.
    pub(crate) fn newest_text(&self) -> &str {
        self.newest_text.expose_secret()
    }

    fn key(&self, version: i64) -> Result<&Key, DecryptError> {
        usize::try_from(version)
            .ok()
            .and_then(|position| self.older.iter().chain([&self.newest]).nth(position))
            .ok_or(DecryptError::UnknownKey(version))
    }
}

fn keyed_digest(key: &Key, message: &[u8]) -> String {
    // HMAC takes keys of every length; the branch for a refusal is never taken.
    Hmac::<Sha256>::new_from_slice(key.expose_secret())
        .map(|mac| HEXLOWER.encode(&mac.chain_update(message).finalize().into_bytes()))
        .unwrap_or_default()
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Keyring")
            .field("keys", &(self.older.len() + 1))
            .finish_non_exhaustive()
    }
}

fn parse_key(text: &str) -> Option<Key> {
    let bytes = match text.strip_prefix(ENCODED_KEY_PREFIX) {
        Some(encoded) if is_base64(encoded) => php_text::decode_base64(encoded.as_bytes()),
        Some(_) => return None,
        None => text.as_bytes().to_vec(),
    };
    let bytes = Zeroizing::new(bytes);
    let mut key = <[u8; KEY_LENGTH]>::try_from(bytes.as_slice()).ok()?;
    let boxed = Box::new(key);
    key.zeroize();
    Some(SecretBox::new(boxed))
}

fn is_base64(text: &str) -> bool {
    let characters = text
        .strip_suffix("==")
        .or_else(|| text.strip_suffix('='))
        .unwrap_or(text);
    characters
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "0123456789abcdef0123456789abcdef";
    const ENCODED: &str = "base64M5L1h5rY5TlkjjSUTWPcovaFQ/R4N5qLNfAB8AVBfDk=";

    #[test]
    fn keys_are_separated_by_any_white_space() {
        let keyring = Keyring::parse(&format!("  {PLAIN}\n\n \t{ENCODED}\r\n")).unwrap();
        assert_eq!(keyring.older.len(), 1);
        assert_eq!(keyring.newest_text(), ENCODED);
        assert_eq!(keyring.newest.expose_secret()[..3], [0x33, 0x92, 0xf5]);
    }

    #[test]
    fn a_key_that_no_cipher_takes_is_refused_by_its_position() {
        let refused = |text: &str| Keyring::parse(text).unwrap_err();
        assert_eq!(refused(" \n"), InvalidKey::Missing);
        assert_eq!(refused("short"), InvalidKey::Malformed(1));
        assert_eq!(
            refused(&format!("{PLAIN} {PLAIN}0")),
            InvalidKey::Malformed(2)
        );
        assert_eq!(refused("base64AAAA"), InvalidKey::Malformed(1));
        assert_eq!(
            refused(&ENCODED.replace('/', "*")),
            InvalidKey::Malformed(1)
        );
        assert_eq!(
            refused(&ENCODED.replace("Dk=", "===")),
            InvalidKey::Malformed(1)
        );
    }

    #[test]
    fn debug_output_holds_no_key() {
        let shown = format!("{:?}", Keyring::parse(PLAIN).unwrap());
        assert_eq!(shown, "Keyring { keys: 1, .. }");
    }

    #[test]
    fn what_is_encrypted_is_decrypted_and_looks_encrypted() {
        let keyring = Keyring::parse(&format!("{PLAIN}\n{ENCODED}")).unwrap();
        let stored = keyring.encrypt("clé".as_bytes(), [7; 12]);
        assert!(stored.starts_with("1:3:"));
        assert!(crate::encryption::looks_encrypted(&stored));
        assert_eq!(
            keyring.decrypt_text(&stored).unwrap().expose_secret(),
            "clé"
        );
    }

    #[test]
    fn a_plaintext_that_is_not_text_is_refused_as_text_only() {
        let keyring = Keyring::parse(PLAIN).unwrap();
        let stored = keyring.encrypt(&[0xff, 0xfe], [7; 12]);
        assert_eq!(
            keyring.decrypt(&stored).unwrap().expose_secret(),
            [0xff, 0xfe]
        );
        assert_eq!(
            keyring.decrypt_text(&stored).unwrap_err(),
            DecryptError::NotText
        );
    }

    #[test]
    fn a_keyed_digest_matches_only_its_own_message() {
        let keyring = Keyring::parse(PLAIN).unwrap();
        let digest = keyring.keyed_digest(b"token");
        assert!(keyring.is_keyed_digest(&digest, b"token"));
        assert!(!keyring.is_keyed_digest(&digest, b"other"));
        assert!(!keyring.is_keyed_digest("", b"token"));
    }

    #[test]
    fn what_was_stored_under_an_older_key_is_among_the_digests_the_newest_first() {
        let before = Keyring::parse(PLAIN).unwrap();
        let after = Keyring::parse(&format!("{PLAIN}\n{}", "n".repeat(32))).unwrap();
        let digests: Vec<_> = after.keyed_digests(b"code").collect();
        let expected = [after.keyed_digest(b"code"), before.keyed_digest(b"code")];
        assert_eq!(digests, expected);
    }
}
