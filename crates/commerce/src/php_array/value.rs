//! The values a literal PHP array can hold, and PHP's casts between them.
//! Rule guarded here: a string may be a credential, so it never prints and is wiped when dropped.
//! Keys and PHP's rules for them are in `key.rs`; text out of values is `writer.rs`.

use std::fmt;

use zeroize::Zeroizing;

use super::float;
use super::key::Key;

/// A PHP string: bytes, not necessarily UTF-8. Does not print; wiped when dropped.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PhpString(Zeroizing<Vec<u8>>);

impl PhpString {
    /// The bytes as PHP would see them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, when the bytes are UTF-8.
    #[must_use]
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// Whether there are no bytes at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<u8>> for PhpString {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl From<&[u8]> for PhpString {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl From<&str> for PhpString {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl fmt::Debug for PhpString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"…\"")
    }
}

/// A literal PHP value. Arrays keep PHP's order and hold every key once.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A 64-bit integer, as on every platform Commerce supports.
    Int(i64),
    /// A double; integers that do not fit 64 bits are doubles in PHP too.
    Float(f64),
    /// Bytes that do not print.
    String(PhpString),
    /// Entries in insertion order.
    Array(Vec<(Key, Value)>),
}

impl Value {
    /// A string value.
    #[must_use]
    pub fn string(text: impl Into<PhpString>) -> Self {
        Self::String(text.into())
    }

    /// The text, when this is a string of UTF-8.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(string) => string.to_str(),
            _ => None,
        }
    }

    /// The entries, when this is an array.
    #[must_use]
    pub fn entries(&self) -> Option<&[(Key, Value)]> {
        match self {
            Self::Array(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under `path` inside this one; an empty path is the value itself.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        let wanted = Key::from(*first);
        let (_, value) = self.entries()?.iter().find(|(key, _)| *key == wanted)?;
        value.at(rest)
    }

    /// PHP's `(string)` cast; `None` for arrays, which have none worth keeping.
    #[must_use]
    pub fn to_php_string(&self) -> Option<PhpString> {
        Some(match self {
            Self::Null | Self::Bool(false) => PhpString::default(),
            Self::Bool(true) => "1".into(),
            Self::Int(number) => number.to_string().into_bytes().into(),
            Self::Float(number) => float::cast(*number).into_bytes().into(),
            Self::String(string) => string.clone(),
            Self::Array(_) => return None,
        })
    }

    /// PHP's `(bool)` cast: `''`, `'0'`, `0`, `0.0`, `null`, `false` and `[]` are false.
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Int(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::String(string) => !matches!(string.as_bytes(), b"" | b"0"),
            Self::Array(entries) => !entries.is_empty(),
        }
    }

    /// PHP's `array_replace_recursive`: entries of `other` win, arrays on both sides are joined.
    #[must_use]
    pub fn replaced_recursively(self, other: Value) -> Value {
        match (self, other) {
            (Self::Array(mut entries), Self::Array(others)) => {
                for (key, value) in others {
                    match entries.iter_mut().find(|(own, _)| *own == key) {
                        Some((_, own)) => {
                            let below = std::mem::replace(own, Self::Null);
                            *own = match (&below, &value) {
                                (Self::Array(_), Self::Array(_)) => {
                                    below.replaced_recursively(value)
                                }
                                _ => value,
                            };
                        }
                        None => entries.push((key, value)),
                    }
                }
                Self::Array(entries)
            }
            (_, other) => other,
        }
    }
}

impl PartialEq for Value {
    /// Equal type and content, in the same order; doubles by their bits, so that NAN equals itself.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::Int(left), Self::Int(right)) => left == right,
            (Self::Float(left), Self::Float(right)) => left.to_bits() == right.to_bits(),
            (Self::String(left), Self::String(right)) => left == right,
            (Self::Array(left), Self::Array(right)) => left == right,
            _ => false,
        }
    }
}

impl From<serde_json::Value> for Value {
    /// What `json_decode($text, true)` makes of the same JSON.
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(value),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => Self::Int(integer),
                (None, float) => Self::Float(float.unwrap_or(f64::INFINITY)),
            },
            serde_json::Value::String(text) => Self::String(text.into_bytes().into()),
            serde_json::Value::Array(items) => Self::Array(
                (0..)
                    .zip(items)
                    .map(|(index, item)| (Key::Int(index), item.into()))
                    .collect(),
            ),
            serde_json::Value::Object(items) => Self::Array(
                items
                    .into_iter()
                    .map(|(name, item)| (Key::from(name.as_str()), item.into()))
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_no_string() {
        let value = Value::Array(vec![(Key::from("key"), Value::string("hunter2"))]);
        assert!(!format!("{value:?}").contains("hunter2"));
    }

    #[test]
    fn recursive_replacement_lets_a_scalar_replace_an_array() {
        let parse =
            |text: &str| Value::from(serde_json::from_str::<serde_json::Value>(text).unwrap());
        let merged = parse(r#"{"a":{"b":1,"c":2},"d":{"e":1}}"#)
            .replaced_recursively(parse(r#"{"a":{"c":3},"d":5,"f":null}"#));
        assert_eq!(merged, parse(r#"{"a":{"b":1,"c":3},"d":5,"f":null}"#));
    }

    #[test]
    fn casts_are_those_of_php() {
        assert_eq!(Value::Bool(true).to_php_string(), Some("1".into()));
        assert_eq!(Value::Float(1.0).to_php_string(), Some("1".into()));
        assert!(!Value::string("0").is_truthy());
        assert!(Value::string("0.0").is_truthy());
    }
}
