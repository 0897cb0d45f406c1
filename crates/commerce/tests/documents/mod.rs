//! Random PHP files: a value, printed in a random mixture of the styles people and programs use.

use commerce::php_array::{Key, PhpString, Value};
use proptest::collection::vec;
use proptest::prelude::*;

/// Arrays with keys that are likely to repeat between documents and edits.
pub(crate) fn arrays() -> impl Strategy<Value = Value> {
    vec((keys(), values()), 0..6).prop_map(array)
}

pub(crate) fn keys() -> impl Strategy<Value = Key> {
    prop_oneof![
        6 => "[a-f]".prop_map(|name| Key::from(name.as_str())),
        1 => (-3_i64..6).prop_map(Key::Int),
        1 => any::<i64>().prop_map(Key::Int),
        1 => vec(any::<u8>(), 0..6).prop_map(|bytes| Key::from(bytes.as_slice())),
    ]
}

pub(crate) fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        2 => any::<i64>().prop_map(Value::Int),
        1 => Just(Value::Int(i64::MIN)),
        2 => any::<f64>().prop_filter("NAN is not portable", |n| !n.is_nan()).prop_map(Value::Float),
        2 => (-20_i32..20).prop_map(|power| Value::Float(10_f64.powi(power))),
        4 => r#"[ -~\n\r\t'"\\$/*#\[\],;{}<?>]{0,12}"#.prop_map(|text| Value::string(text.as_str())),
        1 => vec(any::<u8>(), 0..12).prop_map(|bytes| Value::String(PhpString::from(bytes))),
    ];
    scalar.prop_recursive(4, 40, 6, |inner| vec((keys(), inner), 0..6).prop_map(array))
}

/// Each key once, as in PHP.
fn array(entries: Vec<(Key, Value)>) -> Value {
    let mut kept: Vec<(Key, Value)> = Vec::new();
    for (key, value) in entries {
        if !kept.iter().any(|(own, _)| *own == key) {
            kept.push((key, value));
        }
    }
    Value::Array(kept)
}

/// Prints a value as a whole file; `dice` decides every matter of style.
pub(crate) fn print(value: &Value, dice: &[u8]) -> Vec<u8> {
    let mut printer = Printer {
        dice,
        rolled: 0,
        text: Vec::new(),
    };
    let opening: &[u8] = printer.pick(&[
        b"<?php\nreturn ",
        b"<?php declare(strict_types=1);\r\n# return [\r\nreturn ",
        b"<?php\n/** return [ */\n\nreturn//\n",
    ]);
    printer.text.extend_from_slice(opening);
    printer.value(value, 0);
    let end: &[u8] = printer.pick(&[b";", b";\n", b" ?>\n", b";\n// end"]);
    printer.text.extend_from_slice(end);
    printer.text
}

struct Printer<'d> {
    dice: &'d [u8],
    rolled: usize,
    text: Vec<u8>,
}

impl Printer<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        let die = self
            .dice
            .get(self.rolled % self.dice.len().max(1))
            .copied()
            .unwrap_or(0);
        self.rolled += 1;
        usize::from(die) % sides
    }

    fn pick<'t>(&mut self, choices: &[&'t [u8]]) -> &'t [u8] {
        let choice = self.roll(choices.len());
        choices[choice]
    }

    fn trivia(&mut self) {
        let text = self.pick(&[
            b"",
            b"",
            b" ",
            b"",
            b" ",
            b"\t",
            b"/* ] */",
            b"# , 'x' =>\n",
            b" // ];\r\n",
            b"/** ' */",
        ]);
        self.text.extend_from_slice(text);
    }

    fn line(&mut self, depth: usize, style: usize) {
        match style {
            0 => self.text.extend_from_slice(b" "),
            1 => {
                self.text.extend_from_slice(b"\n");
                self.text.extend(std::iter::repeat_n(b' ', depth * 4));
            }
            _ => {
                self.text.extend_from_slice(b"\r\n");
                self.text.extend(std::iter::repeat_n(b'\t', depth));
            }
        }
    }

    fn array(&mut self, entries: &[(Key, Value)], depth: usize) {
        let long = self.roll(3) == 0;
        let open: &[u8] = if long {
            self.pick(&[b"array(", b"array (", b"ARRAY("])
        } else {
            b"["
        };
        self.text.extend_from_slice(open);
        let style = self.roll(3);
        let mut next = Some(0_i64);
        for (place, (key, value)) in entries.iter().enumerate() {
            self.line(depth + 1, style);
            self.trivia();
            let counted = matches!((key, next), (Key::Int(own), Some(next)) if *own == next);
            if !counted || self.roll(2) == 0 {
                self.key(key);
                self.trivia();
                self.text.extend_from_slice(b"=>");
                self.trivia();
            }
            // The first entry may be negative, which is where PHP versions differ: always keyed.
            next = match (key, next) {
                (Key::Int(own), Some(next)) if *own >= 0 => {
                    own.checked_add(1).map(|own| own.max(next))
                }
                (Key::Int(_), _) => None,
                (Key::String(_), next) => next,
            };
            self.value(value, depth + 1);
            self.trivia();
            if place + 1 < entries.len() || self.roll(2) == 0 {
                self.text.extend_from_slice(b",");
            }
            self.trivia();
        }
        self.line(depth, style);
        self.text.push(if long { b')' } else { b']' });
    }

    fn key(&mut self, key: &Key) {
        match key {
            Key::Int(number) if self.roll(3) == 0 => self.string(number.to_string().as_bytes()),
            Key::Int(number) => self.integer(*number),
            Key::String(bytes) if bytes.is_empty() && self.roll(2) == 0 => {
                self.text.extend_from_slice(b"null");
            }
            Key::String(bytes) => self.string(bytes),
        }
    }

    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(entries) => self.array(entries, depth),
            Value::Null => {
                let text = self.pick(&[b"null", b"NULL", b"\\null"]);
                self.text.extend_from_slice(text);
            }
            Value::Bool(value) => {
                let names: [&[u8]; 2] = if *value {
                    [b"true", b"TRUE"]
                } else {
                    [b"false", b"False"]
                };
                let text = self.pick(&names);
                self.text.extend_from_slice(text);
            }
            Value::Int(number) => self.integer(*number),
            Value::Float(number) if number.is_infinite() => {
                self.text
                    .extend_from_slice(if *number > 0.0 { b"INF" } else { b"-INF" });
            }
            Value::Float(number) => self
                .text
                .extend_from_slice(format!("{number:e}").as_bytes()),
            Value::String(string) => self.string(string.as_bytes()),
        }
    }

    fn integer(&mut self, number: i64) {
        let Some(positive) = number.checked_abs() else {
            self.text.extend_from_slice(b"-9223372036854775807-1");
            return;
        };
        self.text
            .extend_from_slice(if number < 0 { b"-" } else { b"" });
        let text = match self.roll(5) {
            0 => format!("0x{positive:X}"),
            1 => format!("0{positive:o}"),
            2 => format!("0b{positive:b}"),
            _ => positive.to_string(),
        };
        self.text.extend_from_slice(text.as_bytes());
    }

    fn string(&mut self, bytes: &[u8]) {
        match self.roll(4) {
            0 => {
                self.text.push(b'"');
                for byte in bytes {
                    match byte {
                        b'a'..=b'z' | b' ' => self.text.push(*byte),
                        b'\n' => self.text.extend_from_slice(b"\\n"),
                        b'"' | b'\\' => self.text.extend_from_slice(&[b'\\', *byte]),
                        _ => self
                            .text
                            .extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
                    }
                }
                self.text.push(b'"');
            }
            // A carriage return before the closing line would belong to its line break.
            1 if bytes.last() != Some(&b'\r') => {
                self.text.extend_from_slice(b"<<<'LABEL'\n");
                self.text.extend_from_slice(bytes);
                self.text.extend_from_slice(b"\nLABEL");
            }
            _ => {
                self.text.push(b'\'');
                for byte in bytes {
                    if matches!(byte, b'\'' | b'\\') {
                        self.text.push(b'\\');
                    }
                    self.text.push(*byte);
                }
                self.text.push(b'\'');
            }
        }
    }
}
