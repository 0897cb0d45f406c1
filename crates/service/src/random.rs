//! Randomness from the operating system, handed to the pure crates as values.

use crate::error::ServiceError;

/// Random bytes: nonces, keys, session ids.
pub fn bytes<const N: usize>() -> Result<[u8; N], ServiceError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| ServiceError::Fault(format!("the system gave no randomness: {error}")))?;
    Ok(bytes)
}

/// Random characters of `alphabet`, each equally likely.
pub fn text(length: usize, alphabet: &[u8]) -> Result<String, ServiceError> {
    let mut text = String::with_capacity(length);
    let fair = 256 - 256 % alphabet.len().max(1);
    while text.len() < length {
        let letters = bytes::<32>()?
            .into_iter()
            .map(usize::from)
            .filter(|byte| *byte < fair)
            .filter_map(|byte| alphabet.get(byte % alphabet.len()))
            .map(|letter| char::from(*letter));
        text.extend(letters.take(length - text.len()));
    }
    Ok(text)
}

/// The letters and digits of Commerce's own random strings.
pub const ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_length_and_letters_asked_for_and_differ() {
        let first = text(32, ALPHANUMERIC).unwrap();
        assert_eq!(first.len(), 32);
        assert!(first.bytes().all(|byte| ALPHANUMERIC.contains(&byte)));
        assert_ne!(first, text(32, ALPHANUMERIC).unwrap());
    }
}
