//! The salt of a password hash: 32 letters and digits in new rows, anything in old ones.

/// Bytes libsodium takes as a salt.
const ARGON2_SALT_LENGTH: usize = 16;

const ALPHABET: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The salt of a new hash: 32 characters of `[a-zA-Z0-9]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salt(String);

impl Salt {
    /// Made from 32 bytes of a secure random source. Argon2id sees the first 16 characters: 90
    /// bits at the least, the slight bias of the remainder included.
    pub fn from_random(random: &[u8; 32]) -> Self {
        let character = |byte: &u8| {
            let index = usize::from(*byte) % ALPHABET.len();
            ALPHABET.get(index).copied().map_or('a', char::from)
        };
        Self(random.iter().map(character).collect())
    }

    /// The characters that are stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The 16 bytes Commerce gives to libsodium: the salt cut, or repeated until it is long enough.
/// The salt must not be empty; Commerce fails on that before it hashes, and so does our parser.
pub(super) fn for_argon2(salt: &str) -> [u8; ARGON2_SALT_LENGTH] {
    let mut bytes = salt.bytes().cycle();
    std::array::from_fn(|_| bytes.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_salt_has_32_letters_and_digits() {
        let salt = Salt::from_random(&std::array::from_fn(|index| index as u8 * 8));
        assert_eq!(salt.as_str().len(), 32);
        assert!(
            salt.as_str()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric())
        );
        assert_eq!(&salt.as_str()[..3], "aiq");
    }

    #[test]
    fn libsodium_gets_16_bytes_of_any_salt() {
        assert_eq!(&for_argon2("abc"), b"abcabcabcabcabca");
        assert_eq!(&for_argon2("0123456789abcdefXYZ"), b"0123456789abcdef");
    }
}
