//! Array keys, and the rules by which PHP casts what stands before `=>`.
//! Rule guarded here: two spellings of one key (`5`, `"5"`, `5.7`, true for 1) are the same key.
//! The automatic indices of entries without a key are in `tree.rs`.

use std::fmt;

use super::value::Value;

/// A key of a PHP array. Keys are names, not secrets: they print.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// An integer key; a string of decimal digits becomes one.
    Int(i64),
    /// A string key, as bytes.
    String(Vec<u8>),
}

impl Key {
    /// The key PHP makes of a literal value; `None` where PHP refuses it (an array) or where the
    /// outcome depends on PHP's version (a double outside the integers).
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::String(Vec::new())),
            Value::Bool(value) => Some(Self::Int(i64::from(*value))),
            Value::Int(number) => Some(Self::Int(*number)),
            Value::Float(number) => from_float(*number),
            Value::String(string) => Some(Self::from(string.as_bytes())),
            Value::Array(_) => None,
        }
    }
}

/// Truncated towards zero, within what a double holds exactly enough.
fn from_float(number: f64) -> Option<Key> {
    let limit = 9_223_372_036_854_775_807_f64;
    if !number.is_finite() || number.abs() >= limit {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range was checked above"
    )]
    Some(Key::Int(number.trunc() as i64))
}

impl From<&[u8]> for Key {
    /// A string key, or the integer PHP turns it into: `5` and `-5`, but not `05`, `+5` or `-0`.
    fn from(bytes: &[u8]) -> Self {
        let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
        let canonical = match digits {
            [b'0'] => digits.len() == bytes.len(),
            [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        canonical
            .then(|| std::str::from_utf8(bytes).ok()?.parse().ok())
            .flatten()
            .map_or_else(|| Self::String(bytes.to_vec()), Self::Int)
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(formatter, "{number}"),
            Self::String(bytes) => formatter.write_str(&String::from_utf8_lossy(bytes)),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(formatter, "{number}"),
            Self::String(bytes) => write!(formatter, "{:?}", String::from_utf8_lossy(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_decimal_strings_become_integers() {
        for (text, number) in [
            ("0", 0),
            ("5", 5),
            ("-5", -5),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(Key::from(text), Key::Int(number), "{text}");
        }
        for text in [
            "",
            "-",
            "-0",
            "05",
            "+5",
            "5 ",
            "1e3",
            "9223372036854775808",
        ] {
            assert_eq!(Key::from(text), Key::String(text.into()), "{text}");
        }
    }

    #[test]
    fn other_types_are_cast_as_php_casts_them() {
        assert_eq!(Key::from_value(&Value::Null), Some(Key::String(Vec::new())));
        assert_eq!(Key::from_value(&Value::Bool(true)), Some(Key::Int(1)));
        assert_eq!(Key::from_value(&Value::Float(-1.5)), Some(Key::Int(-1)));
        assert_eq!(Key::from_value(&Value::Float(1e30)), None);
    }
}
