//! The text around an encrypted value: which key, which cipher, which start vector. The number
//! of parts between colons decides what they mean, from the newest form
//! `<key>:<cipher>:<base64>` back to the bare base64 of Magento 1.

use super::DecryptError;
use super::legacy_cipher::LegacyCipher;
use crate::php_text;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// A stored value taken apart.
pub(super) struct StoredValue<'a> {
    /// Position of the key in `crypt/key`, from 0; as stored, so perhaps none that exists.
    pub(super) key_version: i64,
    pub(super) cipher: Cipher<'a>,
    pub(super) payload: Vec<u8>,
}

pub(super) enum Cipher<'a> {
    ChaCha20Poly1305,
    Legacy(LegacyCipher<'a>),
}

impl<'a> StoredValue<'a> {
    /// Reads every form that Commerce reads; numbers and base64 as leniently as PHP.
    pub(super) fn parse(stored: &'a str) -> Result<Self, DecryptError> {
        let parts: Vec<&str> = stored.splitn(4, ':').collect();
        let (key_version, cipher, payload) = match *parts.as_slice() {
            [key, _, vector, payload] => {
                let vector = Some(vector).filter(|vector| !matches!(*vector, "" | "0"));
                let cipher = LegacyCipher::Rijndael256 {
                    vector: vector.map(str::as_bytes),
                };
                (php_text::integer(key), Cipher::Legacy(cipher), payload)
            }
            [key, cipher, payload] => (php_text::integer(key), Cipher::parse(cipher)?, payload),
            [cipher, payload] => (0, Cipher::parse(cipher)?, payload),
            _ => (0, Cipher::Legacy(LegacyCipher::Blowfish), stored),
        };
        Ok(Self {
            key_version,
            cipher,
            payload: php_text::decode_base64(payload.as_bytes()),
        })
    }

    /// The newest form, as it is written today.
    pub(super) fn format(key_version: usize, sealed: &[u8]) -> String {
        format!("{key_version}:3:{}", BASE64_STANDARD.encode(sealed))
    }
}

impl Cipher<'_> {
    fn parse(text: &str) -> Result<Self, DecryptError> {
        match php_text::integer(text) {
            0 => Ok(Self::Legacy(LegacyCipher::Blowfish)),
            1 => Ok(Self::Legacy(LegacyCipher::Rijndael128)),
            2 => Ok(Self::Legacy(LegacyCipher::Rijndael256 { vector: None })),
            3 => Ok(Self::ChaCha20Poly1305),
            other => Err(DecryptError::UnknownCipher(other)),
        }
    }
}

/// Whether `text` has the form of an encrypted value, so that a search through a database opens
/// it. Bare base64 (Magento 1) is left out: every other word has that form, and nothing that
/// knows Adobe IMS has ever written it.
pub fn looks_encrypted(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(4, ':').collect();
    let (key, cipher, vector, payload) = match *parts.as_slice() {
        [key, cipher, vector, payload] => (key, cipher, vector, payload),
        [key, cipher, payload] => (key, cipher, "", payload),
        [cipher, payload] => ("0", cipher, "", payload),
        _ => return false,
    };
    // The least each cipher can put out: one block, or a nonce and a tag.
    let least_bytes = match cipher {
        "0" => 8,
        "1" => 16,
        "2" => 32,
        "3" if vector.is_empty() => 28,
        _ => return false,
    };
    let is_number = |text: &str| {
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_payload = |byte: u8| {
        byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=".contains(&byte)
    };
    is_number(key)
        && matches!(vector.len(), 0 | 32)
        && payload.bytes().all(is_payload)
        && php_text::decode_base64(payload.as_bytes()).len() >= least_bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_values_are_told_from_other_text() {
        let payload = "VwgQ7ZhXutLzwSJfBVMzy/snJP8i/+gVH8m9hFt+Qns=";
        for encrypted in [
            format!("0:3:{payload}"),
            format!("12:3:{payload}"),
            format!("3:{payload}"),
            format!("0:2:{payload}"),
            format!("0:2:qYxk3ZbB1vT9sLr0aWnEJc7uMDh5gG2o:{payload}"),
            format!("0:3:{}\n{}", &payload[..20], &payload[20..]),
            "0:0:ffSuoQmQaaREGsgnJY2EUw==".to_owned(),
        ] {
            assert!(looks_encrypted(&encrypted), "{encrypted}");
        }
        for other in [
            "",
            "0",
            "a:1:{i:0;s:1:\"x\";}",
            "12:30",
            "12:30:15",
            "0:3:",
            "0:3:AAAA",
            payload,
            "http://localhost:8080",
            "9e2d:salt:1",
            "0:4:VwgQ7ZhXutLzwSJfBVMzysnJP8igVH8m9hFtQns=",
            "0:3:mCmUDUrzodI3Ar*FnawRcY8cXE24fNgI1MaXM4ZWueSncX0CSQ==",
        ] {
            assert!(!looks_encrypted(other), "{other}");
        }
    }
}
