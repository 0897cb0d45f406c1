//! The bytes that a string literal stands for: escapes of single and double quotes and heredocs.
//! Where a literal ends was decided in `quoted.rs` and `heredoc.rs`.

use super::heredoc;
use super::value::PhpString;

/// Decodes a literal without anything to evaluate; the error says what PHP would refuse.
pub(super) fn decode(literal: &[u8]) -> Result<PhpString, &'static str> {
    let literal = match literal {
        [b'b' | b'B', rest @ ..] => rest,
        _ => literal,
    };
    match literal {
        [b'\'', body @ .., b'\''] => Ok(unescape_single(body).into()),
        [b'"', body @ .., b'"'] => unescape_double(body, true).map(PhpString::from),
        _ => {
            let heredoc = heredoc::split(literal).map_err(|_| "heredoc")?;
            let body = heredoc.unindented()?;
            if heredoc.is_nowdoc {
                return Ok(body.into());
            }
            unescape_double(PhpString::from(body).as_bytes(), false).map(PhpString::from)
        }
    }
}

fn unescape_single(body: &[u8]) -> Vec<u8> {
    if !body.contains(&b'\\') {
        return body.to_vec();
    }
    let mut text = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        match rest {
            [b'\\', escaped @ (b'\\' | b'\''), tail @ ..] => {
                text.push(*escaped);
                rest = tail;
            }
            [byte, tail @ ..] => {
                text.push(*byte);
                rest = tail;
            }
            [] => return text,
        }
    }
}

/// `quote` says whether `\"` is an escape; in a heredoc it is not.
fn unescape_double(body: &[u8], quote: bool) -> Result<Vec<u8>, &'static str> {
    let mut text = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let (byte, tail) = match rest {
            [b'\\', b'n', tail @ ..] => (b'\n', tail),
            [b'\\', b't', tail @ ..] => (b'\t', tail),
            [b'\\', b'r', tail @ ..] => (b'\r', tail),
            [b'\\', b'v', tail @ ..] => (0x0b, tail),
            [b'\\', b'e', tail @ ..] => (0x1b, tail),
            [b'\\', b'f', tail @ ..] => (0x0c, tail),
            [b'\\', b'"', tail @ ..] if quote => (b'"', tail),
            [b'\\', escaped @ (b'\\' | b'$'), tail @ ..] => (*escaped, tail),
            [b'\\', b'0'..=b'7', ..] => digits(rest, 1, 3, 8),
            [b'\\', b'x' | b'X', next, ..] if next.is_ascii_hexdigit() => digits(rest, 2, 2, 16),
            [b'\\', b'u', b'{', tail @ ..] => {
                let (character, tail) = code_point(tail)?;
                text.extend(character);
                rest = tail;
                continue;
            }
            [byte, tail @ ..] => (*byte, tail),
            [] => return Ok(text),
        };
        text.push(byte);
        rest = tail;
    }
}

/// Up to `maximum` digits after `skipped` bytes, modulo 256 as PHP takes them.
fn digits(text: &[u8], skipped: usize, maximum: usize, radix: u32) -> (u8, &[u8]) {
    let digits = text.get(skipped..).unwrap_or_default();
    let mut number = 0_u32;
    let mut length = 0;
    for digit in digits
        .iter()
        .take(maximum)
        .map_while(|byte| char::from(*byte).to_digit(radix))
    {
        number = number * radix + digit;
        length += 1;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "PHP keeps the lowest eight bits"
    )]
    (number as u8, digits.get(length..).unwrap_or_default())
}

/// The UTF-8 form of `1F600}`, and what follows. PHP encodes surrogates too.
fn code_point(text: &[u8]) -> Result<(Vec<u8>, &[u8]), &'static str> {
    const BAD: &str = "`\\u{…}` in a string";
    let length = text.iter().position(|byte| *byte == b'}').ok_or(BAD)?;
    let (hex, rest) = text.split_at_checked(length).ok_or(BAD)?;
    if hex.is_empty() || !hex.iter().all(u8::is_ascii_hexdigit) {
        return Err(BAD);
    }
    let hex = std::str::from_utf8(hex)
        .map_err(|_| BAD)?
        .trim_start_matches('0');
    let number = if hex.is_empty() {
        Ok(0)
    } else {
        u32::from_str_radix(hex, 16)
    };
    let number = number
        .ok()
        .filter(|number| *number <= 0x10_FFFF)
        .ok_or(BAD)?;
    let bytes = match char::from_u32(number) {
        Some(character) => character.to_string().into_bytes(),
        None => surrogate(number),
    };
    Ok((bytes, rest.get(1..).unwrap_or_default()))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "each part is masked to its bits"
)]
fn surrogate(number: u32) -> Vec<u8> {
    vec![
        0xE0 | (number >> 12) as u8 & 0x0F,
        0x80 | (number >> 6) as u8 & 0x3F,
        0x80 | number as u8 & 0x3F,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(literal: &str) -> Vec<u8> {
        decode(literal.as_bytes()).unwrap().as_bytes().to_vec()
    }

    #[test]
    fn single_quotes_know_two_escapes() {
        assert_eq!(text(r"'a\'b\\c\n\q'"), br"a'b\c\n\q");
    }

    #[test]
    fn double_quotes_know_them_all() {
        assert_eq!(
            text(r#""\n\t\r\v\e\f\\\$\"\x41\X4a\x4\101\400\u{1F600}\u{0041}\q\x\u""#),
            b"\n\t\r\x0b\x1b\x0c\\$\"AJ\x04A\0\xF0\x9F\x98\x80A\\q\\x\\u"
        );
    }

    #[test]
    fn heredocs_lose_their_indentation_before_escapes_are_read() {
        assert_eq!(text("<<<A\n  a\n\n    \\x20b\\\"\n  A"), b"a\n\n   b\\\"");
        assert_eq!(text("b<<<'A'\r\na\\n\r\nb\r\nA"), b"a\\n\r\nb");
        assert_eq!(text("<<<A\nA"), b"");
    }

    #[test]
    fn what_php_refuses_is_refused() {
        for literal in [
            r#""\u{110000}""#,
            r#""\u{}""#,
            r#""\u{12""#,
            "<<<A\n a\n  A",
            "<<<A\n\ta\n  A",
        ] {
            assert!(decode(literal.as_bytes()).is_err(), "{literal}");
        }
    }
}
