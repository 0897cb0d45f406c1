//! The ways in which Commerce, PHP and web servers write a value down: as it is, or in one of the
//! encodings that leave it readable to anybody. Every form of a value is made here once; `needle`
//! searches for all of them at the same time.

use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// Bytes that hold a secret and are wiped when dropped.
pub(super) type SecretBytes = Zeroizing<Vec<u8>>;

/// How a value is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Clear,
    Base64,
    Hex,
    Percent,
    Json,
    PhpQuoted,
    SqlQuoted,
    Html,
}

impl Encoding {
    /// As a report names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Base64 => "base64",
            Self::Hex => "hex",
            Self::Percent => "percent-encoded",
            Self::Json => "JSON-escaped",
            Self::PhpQuoted => "PHP-quoted",
            Self::SqlQuoted => "SQL-quoted",
            Self::Html => "HTML-escaped",
        }
    }
}

/// All forms of a value, each once, clear first.
pub(super) fn of(value: &[u8]) -> Vec<(Encoding, SecretBytes)> {
    let mut forms: Vec<(Encoding, SecretBytes)> = Vec::new();
    let mut add = |encoding, bytes: SecretBytes| {
        if !forms.iter().any(|(_, known)| *known == bytes) {
            forms.push((encoding, bytes));
        }
    };
    add(Encoding::Clear, escaped(value, |byte, out| out.push(byte)));
    for alignment in 0..3 {
        let standard = base64(value, alignment, &STANDARD_NO_PAD);
        add(Encoding::Base64, base64(value, alignment, &URL_SAFE_NO_PAD));
        // JSON escapes the `/` of base64, and a query string its `+` and `/`.
        add(Encoding::Base64, escaped(&standard, json_slash));
        add(
            Encoding::Base64,
            escaped(&standard, |byte, out| percent(byte, false, true, out)),
        );
        add(
            Encoding::Base64,
            escaped(&standard, |byte, out| percent(byte, false, false, out)),
        );
        add(Encoding::Base64, standard);
    }
    for upper in [false, true] {
        add(
            Encoding::Hex,
            escaped(value, |byte, out| hex(byte, upper, out)),
        );
        for form in [false, true] {
            add(
                Encoding::Percent,
                escaped(value, |byte, out| percent(byte, form, upper, out)),
            );
        }
    }
    add(
        Encoding::PhpQuoted,
        escaped(value, |byte, out| backslashed(byte, b"\\'", out)),
    );
    add(
        Encoding::SqlQuoted,
        escaped(value, |byte, out| backslashed(byte, b"\\'\"", out)),
    );
    add(Encoding::Html, escaped(value, html));
    if let Ok(text) = std::str::from_utf8(value) {
        for (slash, unicode) in [(true, true), (false, true), (true, false), (false, false)] {
            add(Encoding::Json, json(text, slash, unicode));
        }
    }
    forms
}

/// Puts every byte through `rule`. The room is reserved beforehand, since a growing vector would
/// leave copies of the secret behind.
fn escaped(value: &[u8], rule: impl Fn(u8, &mut Vec<u8>)) -> SecretBytes {
    let mut out = Zeroizing::new(Vec::with_capacity(value.len() * 6));
    for byte in value {
        rule(*byte, &mut out);
    }
    out
}

/// What is certain to stand in base64 text whose bytes hold `value` at a position that leaves the
/// remainder `alignment` when divided by three: digits that its neighbours share are left out.
fn base64(value: &[u8], alignment: usize, engine: &impl base64::Engine) -> SecretBytes {
    let mut shifted = Zeroizing::new(Vec::with_capacity(alignment + value.len()));
    shifted.resize(alignment, 0);
    shifted.extend_from_slice(value);
    let mut digits = Zeroizing::new(vec![0; shifted.len() * 2]);
    // The buffer is ample, so this cannot fail; were it to, the form would only be empty.
    let written = engine.encode_slice(&*shifted, &mut digits).unwrap_or(0);
    let whole = (shifted.len() * 8 / 6).min(written);
    let first = (alignment * 8).div_ceil(6);
    Zeroizing::new(digits.get(first..whole).unwrap_or_default().to_vec())
}

fn json_slash(byte: u8, out: &mut Vec<u8>) {
    backslashed(byte, b"/", out);
}

fn backslashed(byte: u8, special: &[u8], out: &mut Vec<u8>) {
    if special.contains(&byte) {
        out.push(b'\\');
    }
    out.push(byte);
}

fn hex(byte: u8, upper: bool, out: &mut Vec<u8>) {
    for half in [byte >> 4, byte & 15] {
        let digit = if half < 10 {
            b'0' + half
        } else {
            b'a' + half - 10
        };
        out.push(if upper {
            digit.to_ascii_uppercase()
        } else {
            digit
        });
    }
}

/// PHP's `rawurlencode`, or with `form` its `urlencode`; some writers use lower-case digits.
fn percent(byte: u8, form: bool, upper: bool, out: &mut Vec<u8>) {
    match byte {
        b'-' | b'_' | b'.' => out.push(byte),
        b'~' if !form => out.push(byte),
        b' ' if form => out.push(b'+'),
        _ if byte.is_ascii_alphanumeric() => out.push(byte),
        _ => {
            out.push(b'%');
            hex(byte, upper, out);
        }
    }
}

fn html(byte: u8, out: &mut Vec<u8>) {
    match byte {
        b'&' => out.extend_from_slice(b"&amp;"),
        b'<' => out.extend_from_slice(b"&lt;"),
        b'>' => out.extend_from_slice(b"&gt;"),
        b'"' => out.extend_from_slice(b"&quot;"),
        b'\'' => out.extend_from_slice(b"&#039;"),
        _ => out.push(byte),
    }
}

/// PHP's `json_encode`, which escapes slashes and everything beyond ASCII unless told otherwise.
fn json(text: &str, slash: bool, unicode: bool) -> SecretBytes {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() * 6));
    let mut units = [0; 2];
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend_from_slice(&[b'\\', character as u8]),
            '/' if slash => out.extend_from_slice(b"\\/"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            _ if character < ' ' || (unicode && !character.is_ascii()) => {
                for unit in character.encode_utf16(&mut units) {
                    out.extend_from_slice(b"\\u");
                    for byte in unit.to_be_bytes() {
                        hex(byte, false, &mut out);
                    }
                }
            }
            _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out
}
