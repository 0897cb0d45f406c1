//! PHP text out of values: whole files as Commerce writes them, and single values for edits.
//! Rule guarded here: what PHP reads back is equal, for every byte a string can hold.
//! Scalars are what `var_export` writes.

use zeroize::Zeroizing;

use super::float;
use super::key::Key;
use super::value::Value;

/// A file in the format of Commerce's own writer, without comments. Anything but an array gives a
/// file that Commerce would refuse.
#[must_use]
pub fn write(value: &Value) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(b"<?php\nreturn ".to_vec());
    Style::COMMERCE.value(value, b"", &mut text);
    text.extend_from_slice(b";\n");
    text
}

/// The same with a doc comment in front of sections: pairs of a top-level key and its text, which
/// may have several lines. With any comment Commerce writes every key and every trailing comma.
#[must_use]
pub fn write_with_comments(value: &Value, comments: &[(&str, &str)]) -> Zeroizing<Vec<u8>> {
    if comments.is_empty() {
        return write(value);
    }
    let mut text = Zeroizing::new(b"<?php\nreturn [\n".to_vec());
    let style = Style {
        trailing_comma: true,
        is_keyed: true,
        ..Style::COMMERCE
    };
    for (key, value) in value.entries().unwrap_or_default() {
        let comment = comments
            .iter()
            .find(|(section, _)| Key::from(*section) == *key);
        if let Some((section, lines)) = comment {
            text.extend_from_slice(section_comment(section, lines).as_bytes());
        }
        text.extend_from_slice(style.unit);
        style.entry(key, value, style.unit, &mut text);
        text.extend_from_slice(b",\n");
    }
    text.extend_from_slice(b"];\n");
    text
}

/// A text that ends the comment early would become code: `*/` is taken apart.
fn section_comment(section: &str, lines: &str) -> String {
    let content = format!("For the section: {section}\n{lines}").replace("*/", "* /");
    let lines: String = content
        .split('\n')
        .map(|line| format!("     * {line}\n"))
        .collect();
    format!("    /**\n{lines}     */\n")
}

/// How arrays look in a file.
#[derive(Clone, Copy)]
pub(super) struct Style<'s> {
    /// `[`, or a spelling of `array(`.
    pub(super) open: &'s [u8],
    /// One level of indentation.
    pub(super) unit: &'s [u8],
    pub(super) line_break: &'s [u8],
    pub(super) trailing_comma: bool,
    /// Keys are written even when PHP would count to the same.
    pub(super) is_keyed: bool,
    /// One entry a line.
    pub(super) is_tall: bool,
    /// An empty array has an empty line inside, as Commerce writes it.
    pub(super) gapes: bool,
}

impl Style<'_> {
    pub(super) const COMMERCE: Style<'static> = Style {
        open: b"[",
        unit: b"    ",
        line_break: b"\n",
        trailing_comma: false,
        is_keyed: false,
        is_tall: true,
        gapes: true,
    };

    /// Writes a value; `indentation` is that of the line it begins on.
    pub(super) fn value(&self, value: &Value, indentation: &[u8], text: &mut Vec<u8>) {
        match value {
            Value::Array(entries) => self.array(entries, indentation, text),
            scalar => write_scalar(scalar, text),
        }
    }

    /// Writes `key => value`.
    pub(super) fn entry(&self, key: &Key, value: &Value, indentation: &[u8], text: &mut Vec<u8>) {
        write_key(key, text);
        text.extend_from_slice(b" => ");
        self.value(value, indentation, text);
    }

    fn array(&self, entries: &[(Key, Value)], indentation: &[u8], text: &mut Vec<u8>) {
        text.extend_from_slice(self.open);
        let inner = [indentation, self.unit].concat();
        let is_list = !self.is_keyed && is_list(entries);
        for (place, (key, value)) in entries.iter().enumerate() {
            if self.is_tall {
                text.extend_from_slice(self.line_break);
                text.extend_from_slice(&inner);
            }
            if is_list {
                self.value(value, &inner, text);
            } else {
                self.entry(key, value, &inner, text);
            }
            if place + 1 < entries.len() {
                text.extend_from_slice(if self.is_tall { b"," } else { b", " });
            } else if self.trailing_comma && self.is_tall {
                text.push(b',');
            }
        }
        if entries.is_empty() && self.gapes {
            text.extend_from_slice(self.line_break);
        }
        if self.is_tall && (self.gapes || !entries.is_empty()) {
            text.extend_from_slice(self.line_break);
            text.extend_from_slice(indentation);
        }
        text.push(if self.open.starts_with(b"[") {
            b']'
        } else {
            b')'
        });
    }
}

/// Whether the keys are 0, 1, 2 …
fn is_list(entries: &[(Key, Value)]) -> bool {
    (0..)
        .zip(entries)
        .all(|(index, (key, _))| *key == Key::Int(index))
}

fn write_key(key: &Key, text: &mut Vec<u8>) {
    match key {
        Key::Int(number) => write_integer(*number, text),
        Key::String(bytes) => write_string(bytes, text),
    }
}

fn write_scalar(value: &Value, text: &mut Vec<u8>) {
    match value {
        Value::Null | Value::Array(_) => text.extend_from_slice(b"null"),
        Value::Bool(true) => text.extend_from_slice(b"true"),
        Value::Bool(false) => text.extend_from_slice(b"false"),
        Value::Int(number) => write_integer(*number, text),
        Value::Float(number) => text.extend_from_slice(float::export(*number).as_bytes()),
        Value::String(string) => write_string(string.as_bytes(), text),
    }
}

/// The smallest integer has no literal in PHP.
fn write_integer(number: i64, text: &mut Vec<u8>) {
    match number {
        i64::MIN => text.extend_from_slice(b"-9223372036854775807-1"),
        _ => text.extend_from_slice(number.to_string().as_bytes()),
    }
}

fn write_string(bytes: &[u8], text: &mut Vec<u8>) {
    text.push(b'\'');
    for byte in bytes {
        match byte {
            b'\'' | b'\\' => text.extend_from_slice(&[b'\\', *byte]),
            0 => text.extend_from_slice(br#"' . "\0" . '"#),
            _ => text.push(*byte),
        }
    }
    text.push(b'\'');
}
