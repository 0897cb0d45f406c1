//! Number literals: decimal, hexadecimal, octal (both spellings), binary, with `_`, and doubles.
//! An integer that does not fit 64 bits is a double, as in PHP.

use super::value::Value;

/// The value of a token that begins like a number; `None` when PHP would refuse it.
pub(super) fn decode(token: &[u8]) -> Option<Value> {
    let token = std::str::from_utf8(token).ok()?;
    let (radix, digits) = match token.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, token.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, token.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, token.get(2..)?),
        [b'0', _, ..]
            if token
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'_') =>
        {
            (8, token)
        }
        _ => (10, token),
    };
    let plain = without_separators(digits)?;
    if radix == 10 {
        return decimal(&plain);
    }
    if plain.is_empty() || !plain.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    Some(match i64::from_str_radix(&plain, radix) {
        Ok(number) => Value::Int(number),
        Err(_) => Value::Float(
            plain
                .chars()
                .filter_map(|digit| digit.to_digit(radix))
                .fold(0.0, |number, digit| {
                    number * f64::from(radix) + f64::from(digit)
                }),
        ),
    })
}

fn decimal(plain: &str) -> Option<Value> {
    if plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return match plain.parse() {
            Ok(number) => Some(Value::Int(number)),
            Err(_) => plain.parse().ok().map(Value::Float),
        };
    }
    let allowed =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    plain
        .bytes()
        .all(allowed)
        .then(|| plain.parse().ok().map(Value::Float))
        .flatten()
}

/// Drops `_`, which may only stand between two digits.
fn without_separators(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    let misplaced = bytes.first() == Some(&b'_')
        || bytes.last() == Some(&b'_')
        || bytes.windows(2).any(|pair| match pair {
            [b'_', next] => !next.is_ascii_hexdigit(),
            [before, b'_'] => !before.is_ascii_hexdigit(),
            _ => false,
        });
    (!misplaced).then(|| digits.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_has_its_value() {
        for (text, number) in [
            ("0", 0),
            ("42", 42),
            ("0x1F", 31),
            ("017", 15),
            ("0o17", 15),
            ("0b101", 5),
            ("1_000", 1000),
        ] {
            assert_eq!(decode(text.as_bytes()), Some(Value::Int(number)), "{text}");
        }
        for (text, number) in [
            ("2.5", 2.5),
            ("1.", 1.0),
            (".5", 0.5),
            ("1.5e3", 1500.0),
            ("1E-2", 0.01),
            ("9223372036854775808", 9_223_372_036_854_775_808.0),
            ("0x8000000000000000", 9_223_372_036_854_775_808.0),
        ] {
            assert_eq!(
                decode(text.as_bytes()),
                Some(Value::Float(number)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_php_refuses_is_no_number() {
        for text in [
            "089", "0x", "0b2", "1_", "1__0", "1abc", "0xg", "1_.5", "0o8",
        ] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }
}
