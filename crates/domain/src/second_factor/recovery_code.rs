//! Recovery codes: for who has lost everything else. Each is 80 random bits, written in groups in
//! an alphabet without letters that look alike (Crockford's base 32), and works once.

use secrecy::{ExposeSecret, SecretString};

/// How many a person gets.
pub const COUNT: usize = 10;

/// Letters of one.
pub const LENGTH: usize = 16;

/// The letters, none of which is taken for another.
pub const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a group.
const GROUP: usize = 4;

/// A code as it is shown: `XXXX-XXXX-XXXX-XXXX`.
pub fn shown(code: &SecretString) -> String {
    let letters: Vec<char> = code.expose_secret().chars().collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(String::from_iter).collect();
    groups.join("-")
}

/// What somebody typed as a code: without spaces and dashes, small or capital letters alike, and
/// the letters that look like digits for those digits. Nothing where it cannot be one.
pub fn typed(text: &str) -> Option<SecretString> {
    let mut letters = String::with_capacity(LENGTH);
    for letter in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let is_known = u8::try_from(letter).is_ok_and(|letter| ALPHABET.contains(&letter));
        if !is_known || letters.len() == LENGTH {
            return None;
        }
        letters.push(letter);
    }
    (letters.len() == LENGTH).then(|| letters.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = SecretString::from("0123ABCDEFGH1VWX");
        assert_eq!(shown(&code), "0123-ABCD-EFGH-1VWX");
        for text in [
            "0123-ABCD-EFGH-1VWX",
            " o123 abcd efgh ivwx ",
            "0123abcdefghLvwx",
        ] {
            let read = typed(text).map(|code| code.expose_secret().to_owned());
            assert_eq!(read.as_deref(), Some("0123ABCDEFGH1VWX"), "{text}");
        }
        for text in [
            "",
            "0123-ABCD-EFGH-1VW",
            "0123-ABCD-EFGH-1VWXY",
            "0123ABCDEFGH1VWU",
            "ü",
        ] {
            assert!(typed(text).is_none(), "{text}");
        }
    }
}
