//! The values to look for, compiled so that one pass over some bytes finds all of them in all
//! their forms. The compiled patterns are secrets: they do not print and are wiped when dropped.
//! One limit remains: the automaton that finds candidates holds [`ANCHOR`] bytes from the middle
//! of each form in memory of its own, which is freed but not wiped.

use super::forms::{self, Encoding, SecretBytes};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

/// A shorter value, in bytes, would be found everywhere and prove nothing.
pub const SHORTEST_VALUE: usize = 6;

/// How many bytes of a pattern the automaton knows; the rest is compared afterwards.
const ANCHOR: usize = 8;

/// Of a longer value its beginning and its end are searched for, so that a copy which was cut off
/// or partly overwritten is found too.
const LONG: usize = 64;

/// How many bytes a beginning or an end has.
const WINDOW: usize = 48;

/// For how many anchors a DFA is worth making. Fewer are found by comparing many bytes at once,
/// whatever automaton stands behind that; a DFA of more takes longer to make than it saves.
const WORTH_A_DFA: RangeInclusive<usize> = 65..=1000;

/// Why a value cannot be searched for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NeedleError {
    /// It is too short to mean anything where it is found.
    #[error("the {label} is shorter than {SHORTEST_VALUE} bytes and cannot be searched for")]
    TooShort {
        /// Which value.
        label: String,
    },
    /// There are more values than one automaton can hold.
    #[error("there are too many values to search for at once")]
    TooMany,
}

/// One value to look for, and what a report calls it.
#[derive(Clone, Debug)]
pub struct Needle {
    label: String,
    value: SecretSlice<u8>,
}

impl Needle {
    /// A value that a report calls `label`, for instance `client secret`. Several values may share
    /// a label.
    pub fn new(label: impl Into<String>, value: SecretSlice<u8>) -> Result<Self, NeedleError> {
        let label = label.into();
        if value.expose_secret().len() < SHORTEST_VALUE {
            return Err(NeedleError::TooShort { label });
        }
        Ok(Self { label, value })
    }

    /// The same for a value that is text.
    pub fn text(label: impl Into<String>, value: &SecretString) -> Result<Self, NeedleError> {
        let bytes = value.expose_secret().as_bytes().to_vec();
        Self::new(label, SecretSlice::from(bytes))
    }
}

/// Which part of a value a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Beginning,
    End,
}

/// One form of one value.
pub(super) struct Pattern {
    pub(super) label: usize,
    pub(super) encoding: Encoding,
    pub(super) part: Part,
    bytes: SecretBytes,
    anchor_at: usize,
}

/// Compiled values. Cheap to share by reference, dear to copy, impossible to print.
pub struct Needles {
    labels: Vec<String>,
    patterns: Vec<Pattern>,
    automaton: AhoCorasick,
    /// For each anchor of the automaton the patterns that contain it.
    by_anchor: Vec<Vec<usize>>,
    longest: usize,
}

impl Needles {
    /// Prepares the search for all of `needles`.
    pub fn compile(needles: &[Needle]) -> Result<Self, NeedleError> {
        let mut labels: Vec<String> = Vec::new();
        let mut patterns = Vec::new();
        for needle in needles {
            let label = labels.iter().position(|known| *known == needle.label);
            let label = label.unwrap_or_else(|| {
                labels.push(needle.label.clone());
                labels.len() - 1
            });
            add_patterns(needle.value.expose_secret(), label, &mut patterns);
        }
        let shortest = patterns.iter().map(|pattern| pattern.bytes.len()).min();
        let anchor = shortest.unwrap_or(ANCHOR).min(ANCHOR);
        for pattern in &mut patterns {
            // The middle, since values of a kind often begin or end alike.
            pattern.anchor_at = (pattern.bytes.len() - anchor) / 2;
        }
        let mut ids: HashMap<&[u8], usize> = HashMap::new();
        let mut by_anchor: Vec<Vec<usize>> = Vec::new();
        let mut anchors = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let id = *ids.entry(pattern.anchor(anchor)).or_insert(by_anchor.len());
            match by_anchor.get_mut(id) {
                Some(group) => group.push(index),
                None => {
                    by_anchor.push(vec![index]);
                    anchors.push(pattern.anchor(anchor));
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .kind(Some(automaton_kind(by_anchor.len())))
            .build(anchors)
            .map_err(|_| NeedleError::TooMany)?;
        Ok(Self {
            longest: patterns
                .iter()
                .map(|pattern| pattern.bytes.len())
                .max()
                .unwrap_or(0),
            labels,
            patterns,
            automaton,
            by_anchor,
        })
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Length of the longest form in bytes: how far buffers must overlap.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// The label with this number.
    pub(super) fn label(&self, number: usize) -> &str {
        self.labels.get(number).map_or("", String::as_str)
    }

    /// Calls `found` for every form of every value in `bytes`.
    pub(super) fn find_each(&self, bytes: &[u8], mut found: impl FnMut(&Pattern, Range<usize>)) {
        let mut from = 0;
        // All anchors have one length, so the next match at or after each start misses none.
        while let Some(anchor) = self.automaton.find(Input::new(bytes).range(from..)) {
            let group = self.by_anchor.get(anchor.pattern().as_usize());
            for index in group.into_iter().flatten() {
                if let Some(pattern) = self.patterns.get(*index)
                    && let Some(range) = pattern.around(anchor.start(), bytes)
                {
                    found(pattern, range);
                }
            }
            from = anchor.start() + 1;
        }
    }

    /// The text with every value in it, in whatever form, replaced by `[removed]`; with a part of a
    /// long value in it all of the text is replaced, since the rest would be the value's.
    pub(super) fn redact(&self, text: &str) -> String {
        let mut secret = vec![false; text.len()];
        self.find_each(text.as_bytes(), |pattern, range| match pattern.part {
            Part::Whole => secret.get_mut(range).unwrap_or_default().fill(true),
            Part::Beginning | Part::End => secret.fill(true),
        });
        let mut shown = String::with_capacity(text.len());
        let mut hiding = false;
        for (position, character) in text.char_indices() {
            let hidden = secret.get(position).copied().unwrap_or(true);
            match (hidden, hiding) {
                (true, false) => shown.push_str("[removed]"),
                (true, true) => {}
                (false, _) => shown.push(character),
            }
            hiding = hidden;
        }
        shown
    }
}

impl Pattern {
    fn anchor(&self, length: usize) -> &[u8] {
        self.bytes
            .get(self.anchor_at..self.anchor_at + length)
            .unwrap_or_default()
    }

    /// Where the whole pattern is, if it is around an anchor found at `start`.
    fn around(&self, start: usize, bytes: &[u8]) -> Option<Range<usize>> {
        let first = start.checked_sub(self.anchor_at)?;
        let range = first..first + self.bytes.len();
        (bytes.get(range.clone())? == self.bytes.as_slice()).then_some(range)
    }
}

fn automaton_kind(anchors: usize) -> AhoCorasickKind {
    if WORTH_A_DFA.contains(&anchors) {
        AhoCorasickKind::DFA
    } else {
        AhoCorasickKind::ContiguousNFA
    }
}

fn add_patterns(value: &[u8], label: usize, patterns: &mut Vec<Pattern>) {
    for (part, slice) in parts(value) {
        for (encoding, bytes) in forms::of(slice) {
            patterns.push(Pattern {
                label,
                encoding,
                part,
                bytes,
                anchor_at: 0,
            });
        }
    }
}

/// A short value as it is; of a long one its beginning and its end. All tokens of a provider begin
/// with the same header, so of a JWT only the signature counts, which no other token shares.
fn parts(value: &[u8]) -> Vec<(Part, &[u8])> {
    if value.len() <= LONG {
        return vec![(Part::Whole, value)];
    }
    let own = match value.iter().rposition(|byte| *byte == b'.') {
        Some(dot) if value.len() - dot > LONG => value.get(dot + 1..).unwrap_or(value),
        _ => value,
    };
    // Text is cut between characters, since forms of half a character would not be found.
    let cut = |at: usize| match std::str::from_utf8(own) {
        Ok(text) => text.floor_char_boundary(at),
        Err(_) => at,
    };
    vec![
        (Part::Beginning, own.get(..cut(WINDOW)).unwrap_or(own)),
        (Part::End, own.get(cut(own.len() - WINDOW)..).unwrap_or(own)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    fn needles(value: &str) -> Needles {
        let value = SecretString::from(value.to_owned());
        Needles::compile(&[Needle::text("client secret", &value).unwrap()]).unwrap()
    }

    fn found(needles: &Needles, bytes: &[u8]) -> Vec<&'static str> {
        let mut names = Vec::new();
        needles.find_each(bytes, |pattern, _| names.push(pattern.encoding.name()));
        names
    }

    const VALUE: &str = "p8e-/é+\"secret'\\<~ 9";

    #[test]
    fn each_form_is_found_once_and_named() {
        let needles = needles(VALUE);
        let hex: String = VALUE.bytes().map(|byte| format!("{byte:02x}")).collect();
        let cases = [
            ("clear", VALUE.to_owned()),
            ("hex", hex.clone()),
            ("hex", hex.to_uppercase()),
            (
                "percent-encoded",
                "p8e-%2F%C3%A9%2B%22secret%27%5C%3C~%209".to_owned(),
            ),
            (
                "percent-encoded",
                "p8e-%2f%c3%a9%2b%22secret%27%5c%3c%7e+9".to_owned(),
            ),
            ("JSON-escaped", serde_json::to_string(VALUE).unwrap()),
            (
                "JSON-escaped",
                r#""p8e-\/\u00e9+\"secret'\\<~ 9""#.to_owned(),
            ),
            ("PHP-quoted", r#"'p8e-/é+"secret\'\\<~ 9'"#.to_owned()),
            ("SQL-quoted", r#"'p8e-/é+\"secret\'\\<~ 9'"#.to_owned()),
            (
                "HTML-escaped",
                "p8e-/é+&quot;secret&#039;\\&lt;~ 9".to_owned(),
            ),
        ];
        for (form, text) in cases {
            assert_eq!(
                found(&needles, format!("xx{text}yy").as_bytes()),
                [form],
                "{text}"
            );
        }
    }

    #[test]
    fn base64_is_found_at_every_alignment_and_in_every_dress() {
        let needles = needles("??>>??>>-secret-??>>??>>");
        for before in ["", "a", "ab", "abc", "abcd"] {
            for after in ["", "z", "zz", "zzz"] {
                let text = format!("{before}??>>??>>-secret-??>>??>>{after}");
                let standard = STANDARD.encode(&text);
                for dress in [
                    standard.clone(),
                    URL_SAFE.encode(&text),
                    standard.replace('/', "\\/"),
                    standard.replace('/', "%2F").replace('+', "%2B"),
                ] {
                    assert_eq!(found(&needles, dress.as_bytes()), ["base64"], "{dress}");
                }
            }
        }
    }

    #[test]
    fn real_php_writes_nothing_that_is_not_found() {
        let script = r#"$v = $argv[1]; foreach ([$v, base64_encode("k=$v"), bin2hex($v),
            rawurlencode($v), urlencode($v), json_encode($v), var_export($v, true), addslashes($v),
            json_encode($v, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), serialize([$v]),
            htmlspecialchars($v, ENT_QUOTES)] as $form) { echo strtr($form, "\n", " "), "\n"; }"#;
        let output = std::process::Command::new("php")
            .args(["-r", script, VALUE])
            .output()
            .expect("this test needs the php command");
        let lines: Vec<_> = output.stdout.split(|byte| *byte == b'\n').collect();
        assert_eq!(
            lines.len(),
            12,
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let needles = needles(VALUE);
        for line in &lines[..11] {
            assert_eq!(
                found(&needles, line).len(),
                1,
                "{}",
                String::from_utf8_lossy(line)
            );
        }
    }

    #[test]
    fn a_value_that_would_be_found_everywhere_is_refused_by_its_label() {
        let short = SecretString::from("12345".to_owned());
        let error = Needle::text("client ID", &short).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the client ID is shorter than 6 bytes and cannot be searched for"
        );
        assert_eq!(found(&needles("123456"), b"0123456789"), ["clear"]);
    }

    #[test]
    fn values_within_values_and_equal_values_are_all_found() {
        let needle = |label: &str, text: &str| {
            Needle::text(label, &SecretString::from(text.to_owned())).unwrap()
        };
        let needles = Needles::compile(&[
            needle("client ID", "abcdefgh"),
            needle("client secret", "xx-abcdefgh-yy"),
            needle("refresh token", "abcdefgh"),
        ])
        .unwrap();
        let mut labels = Vec::new();
        needles.find_each(b"..xx-abcdefgh-yy..", |pattern, _| {
            labels.push(needles.label(pattern.label).to_owned());
        });
        labels.sort();
        assert_eq!(labels, ["client ID", "client secret", "refresh token"]);
    }

    #[test]
    fn a_token_is_told_from_others_by_its_signature_and_found_when_cut_off() {
        let letter =
            |n: u64| char::from(b'A' + (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8 % 26);
        let signature: String = (1..343).map(letter).collect();
        let token = format!("eyJhbGciOiJSUzI1NiJ9.{}.{signature}", "eyJpZCI6".repeat(20));
        let needles = needles(&token);
        assert_eq!(found(&needles, token.as_bytes()).len(), 2);
        let other = token.replace(&signature, &"x".repeat(342));
        assert!(found(&needles, other.as_bytes()).is_empty());
        assert_eq!(found(&needles, &token.as_bytes()[..255]).len(), 1);
        assert_eq!(found(&needles, &token.as_bytes()[255..]).len(), 1);
    }

    #[test]
    fn a_value_is_hidden_wherever_a_name_holds_it() {
        let needles = needles("client-secret");
        assert_eq!(needles.redact("var/client-secret.txt"), "var/[removed].txt");
        assert_eq!(needles.redact("var/ünrelated"), "var/ünrelated");
        assert_eq!(Needles::compile(&[]).unwrap().redact("var/log"), "var/log");
    }

    #[test]
    fn a_needle_does_not_print_its_value() {
        let value = SecretString::from("client-secret".to_owned());
        let shown = format!("{:?}", Needle::text("client secret", &value).unwrap());
        assert!(!shown.contains("client-secret"), "{shown}");
    }
}
