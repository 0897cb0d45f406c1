//! How PHP reads numbers and base64 out of text: it skips what it does not understand instead of
//! refusing. Stored values were accepted under these rules, so reading them must follow the same.
//! Used by `encryption`, `password_hash` and `php_session`.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// `(int) $text`: leading white space, a sign, digits, and, as in any numeric string, a fraction
/// and an exponent; 0 when nothing matches. Out of range saturates, infinity is 0.
pub(crate) fn integer(text: &str) -> i64 {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0B', '\x0C']);
    let number = text.get(..numeric_prefix(text)).unwrap_or_default();
    number.parse::<i64>().unwrap_or_else(|_| {
        let real = number.parse::<f64>().unwrap_or_default();
        if real.is_finite() { real as i64 } else { 0 }
    })
}

/// The length of the numeric string that `text` begins with.
fn numeric_prefix(text: &str) -> usize {
    let digits_from = |at: usize| text.bytes().skip(at).take_while(u8::is_ascii_digit).count();
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let sign = |at: usize| usize::from(matches!(byte(at), Some(b'+' | b'-')));
    let start = sign(0);
    let whole = digits_from(start);
    let mut end = start + whole;
    if byte(end) == Some(b'.') {
        let fraction = digits_from(end + 1);
        if whole + fraction == 0 {
            return 0;
        }
        end += 1 + fraction;
    } else if whole == 0 {
        return 0;
    }
    if matches!(byte(end), Some(b'e' | b'E')) {
        let digits = end + 1 + sign(end + 1);
        let exponent = digits_from(digits);
        if exponent > 0 {
            end = digits + exponent;
        }
    }
    end
}

/// `base64_decode($text)`: every byte outside the alphabet is skipped, padding is optional and a
/// lone last character is dropped.
pub(crate) fn decode_base64(text: &[u8]) -> Vec<u8> {
    let mut characters: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        .collect();
    if characters.len() % 4 == 1 {
        characters.pop();
    }
    LENIENT.decode(&characters).unwrap_or_default()
}

/// What `trim()` leaves: no blanks, tabs, line ends, vertical tabs or NULs at either end.
pub(crate) fn trim(mut bytes: &[u8]) -> &[u8] {
    const TRIMMED: &[u8] = b" \t\n\r\0\x0B";
    while let [first, rest @ ..] = bytes
        && TRIMMED.contains(first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && TRIMMED.contains(last)
    {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn php(code: &str, argument: &str) -> Vec<u8> {
        let output = Command::new("php")
            .args(["-n", "-r", code, "--", argument])
            .output();
        let output = output.expect("php must be installed");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    }

    #[test]
    fn integers_are_read_as_php_reads_them() {
        let texts = [
            "",
            "0",
            "7",
            "x",
            "1x",
            "x1",
            " 1",
            "\n2",
            "\u{b}1",
            "2 ",
            "+1",
            "-1",
            "--1",
            "1e0",
            "0.2e1",
            "1e+0",
            "1e",
            "1e+",
            "1.",
            "1.e1",
            ".5e1",
            ".",
            "e1",
            "-.",
            "1e400",
            "0x1",
            "9999999999999999999",
            "-9999999999999999999",
            "9223372036854775807",
            "foo",
            "1.9",
        ];
        for text in texts {
            let expected = php("echo (int) $argv[1];", text);
            assert_eq!(integer(text).to_string().as_bytes(), expected, "{text:?}");
        }
    }

    #[test]
    fn base64_is_read_as_php_reads_it() {
        for text in [
            "", "a", "aGk", "aGk=", "a=Gk", "aG\nk=", "aGk-_", "*a*", "aGl", "aGkx", "====",
            "aGkxaa=b",
        ] {
            assert_eq!(
                decode_base64(text.as_bytes()),
                php("echo base64_decode($argv[1]);", text),
                "{text:?}"
            );
        }
    }

    #[test]
    fn trimming_reaches_both_ends_and_stops_at_the_first_other_byte() {
        assert_eq!(trim(b" \t\r\n\0\x0Ba b\0 "), b"a b");
        assert_eq!(trim(b" \0 "), b"");
        assert_eq!(trim(b"\x0Ca"), b"\x0Ca");
    }
}
