//! Encrypted values inside other text: `<key>:<cipher>:<base64>`, or with an initialisation vector
//! as a fourth part. The older forms without a key number are not looked for in running text:
//! they look like any base64, and no release that wrote them had anything of Adobe's to encrypt.

use super::super::forms::SecretBytes;
use commerce::encryption::{DecryptError, Keyring};
use secrecy::{ExposeSecret, SecretSlice};
use std::borrow::Cow;
use zeroize::Zeroizing;

/// One block of the oldest cipher in base64.
const SHORTEST_BODY: usize = 11;

/// Nonce, tag and nothing in between, in base64 without padding.
const SHORTEST_CURRENT_BODY: usize = 38;

/// How many keys are tried. Each rotation adds one; nobody rotates this often.
const MOST_KEYS: usize = 32;

/// Calls `found` with every encrypted value in `bytes` and where it begins.
pub(super) fn find_each<'b>(bytes: &'b [u8], mut found: impl FnMut(&'b [u8], usize)) {
    let mut from = 0;
    for colon in memchr::memchr_iter(b':', bytes) {
        if colon < from {
            continue;
        }
        if let Some((start, end)) = around(bytes, colon)
            && let Some(token) = bytes.get(start..end)
        {
            found(token, start);
            from = end;
        }
    }
}

/// Whether the value claims to be in today's cipher, so that a failure to open it means something.
pub(super) fn is_current(token: &[u8]) -> bool {
    let mut parts = token.splitn(3, |byte| *byte == b':').skip(1);
    parts.next() == Some(b"3")
        && parts
            .next()
            .is_some_and(|body| body.len() >= SHORTEST_CURRENT_BODY)
}

/// Opens a value with the key it names, else with any other: rows survive a restored backup of
/// `env.php` whose keys are in another order.
pub(super) fn open(keyring: &Keyring, token: &[u8]) -> Option<SecretBytes> {
    let text = std::str::from_utf8(token).ok()?;
    let text = match text.contains('\\') {
        true => Cow::Owned(text.replace("\\/", "/")),
        false => Cow::Borrowed(text),
    };
    let (_, rest) = text.split_once(':')?;
    match keyring.decrypt(&text) {
        Ok(plain) => Some(own(&plain)),
        // Only today's cipher tells a wrong key from a right one.
        Err(_) if is_current(token) => open_with_any(keyring, rest),
        Err(_) => None,
    }
}

fn open_with_any(keyring: &Keyring, rest: &str) -> Option<SecretBytes> {
    for key in 0..MOST_KEYS {
        match keyring.decrypt(&format!("{key}:{rest}")) {
            Ok(plain) => return Some(own(&plain)),
            Err(DecryptError::UnknownKey(_)) => return None,
            Err(_) => {}
        }
    }
    None
}

fn own(plain: &SecretSlice<u8>) -> SecretBytes {
    Zeroizing::new(plain.expose_secret().to_vec())
}

/// The value whose first colon is at `colon`.
fn around(bytes: &[u8], colon: usize) -> Option<(usize, usize)> {
    let before = bytes.get(..colon)?;
    let digits = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let after = bytes.get(colon + 1..)?;
    let cipher = after
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if !(1..=3).contains(&digits) || cipher != 1 || after.get(1) != Some(&b':') {
        return None;
    }
    let body = colon + 3;
    let mut end = body + body_length(bytes.get(body..)?);
    if bytes.get(end) == Some(&b':') {
        // The part was an initialisation vector, the body follows.
        let vector = end + 1;
        let length = body_length(bytes.get(vector..)?);
        if length >= SHORTEST_BODY {
            end = vector + length;
        }
    }
    if is_next(bytes.get(end..)?) {
        // Columns of a row lie side by side: the digits of the next value's key are not of this one.
        end -= (end - body) % 4;
    }
    (end - body >= SHORTEST_BODY).then_some((colon - digits, end))
}

/// Whether the rest of another value's beginning stands there, from the colon behind its key on.
fn is_next(bytes: &[u8]) -> bool {
    matches!(bytes, [b':', cipher, b':', ..] if cipher.is_ascii_digit())
}

/// How far base64 reaches, with the `/` that JSON escapes and the padding that ends it.
fn body_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), Some(b'/')) => at += 2,
            (Some(byte), _) if byte.is_ascii_alphanumeric() || b"+/".contains(byte) => at += 1,
            _ => break,
        }
    }
    let padding = bytes.iter().skip(at).take_while(|byte| **byte == b'=');
    at + padding.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(String, usize)> {
        let mut all = Vec::new();
        find_each(text.as_bytes(), |token, start| {
            all.push((String::from_utf8(token.to_vec()).unwrap(), start));
        });
        all
    }

    #[test]
    fn encrypted_values_are_found_in_running_text() {
        let one = |token: &str, start| vec![(token.to_owned(), start)];
        assert_eq!(tokens("0:3:AAAABBBBCCCC"), one("0:3:AAAABBBBCCCC", 0));
        assert_eq!(
            tokens(r#"s:9:"x";s:16:"12:3:AAAA\/BBBBCCC=";"#),
            one(r"12:3:AAAA\/BBBBCCC=", 14)
        );
        assert_eq!(
            tokens("'0:2:aVectorOf:AAAABBBBCCCC'"),
            one("0:2:aVectorOf:AAAABBBBCCCC", 1)
        );
        assert_eq!(tokens("0:3:AAAABBBBCCCC,0:3:DDDDEEEEFFFF").len(), 2);
        for first in ["0:3:AAAABBBBCCCC", "0:3:AAAABBBBCCC=", "0:3:AAAABBBBCC=="] {
            let both = tokens(&format!("{first}12:3:DDDDEEEEFFFF"));
            let second = ("12:3:DDDDEEEEFFFF".to_owned(), first.len());
            assert_eq!(both, [(first.to_owned(), 0), second]);
        }
    }

    #[test]
    fn times_ports_and_serialized_numbers_are_not_encrypted_values() {
        for text in [
            "10:12:45",
            "http://host:8080:x",
            "i:0;s:5:\"abcde\"",
            "::",
            "1:3:short",
            ":3:",
        ] {
            assert!(tokens(text).is_empty(), "{text}");
        }
    }
}
