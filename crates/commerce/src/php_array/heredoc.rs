//! Heredoc and nowdoc: finding their end, and taking the indentation away.
//! Since PHP 7.3 the closing label may be indented, which indents the whole text.

use super::error::{ParseError, Problem};
use super::lexer::{Lexer, TokenKind, begins_name, continues_name};

/// The parts of a heredoc, as slices of the source.
pub(super) struct Heredoc<'a> {
    /// Lines between the labels, without the last line break.
    pub(super) body: &'a [u8],
    /// White space in front of the closing label.
    pub(super) indentation: &'a [u8],
    /// Nothing inside is replaced.
    pub(super) is_nowdoc: bool,
    /// Bytes from `<<<` to the end of the closing label.
    pub(super) length: usize,
}

/// Why there is no heredoc here.
pub(super) enum NoHeredoc {
    NotOne,
    NeverClosed,
}

impl Lexer<'_> {
    /// At `<<<`.
    pub(super) fn heredoc(&mut self) -> Result<TokenKind, ParseError> {
        match split(self.rest()) {
            Ok(heredoc) => {
                let evaluated = !heredoc.is_nowdoc && is_interpolated(heredoc.body);
                self.position += heredoc.length;
                Ok(if evaluated {
                    TokenKind::Interpolated
                } else {
                    TokenKind::Text
                })
            }
            Err(NoHeredoc::NotOne) => {
                self.position += 1;
                Ok(TokenKind::Operator(b'<'))
            }
            Err(NoHeredoc::NeverClosed) => Err(self.error(
                self.position,
                Problem::Truncated("the closing label of a heredoc"),
            )),
        }
    }
}

/// Takes apart what begins with `<<<`.
pub(super) fn split(text: &[u8]) -> Result<Heredoc<'_>, NoHeredoc> {
    let (label, is_nowdoc, after) = opening(text).ok_or(NoHeredoc::NotOne)?;
    let mut rest = after;
    loop {
        let blank = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let (indentation, line) = rest.split_at_checked(blank).unwrap_or((rest, &[]));
        if let Some(tail) = line.strip_prefix(label)
            && !tail.first().is_some_and(|byte| continues_name(*byte))
        {
            let body_length = after.len() - rest.len();
            return Ok(Heredoc {
                body: without_line_break(after.get(..body_length).unwrap_or_default()),
                indentation,
                is_nowdoc,
                length: text.len() - tail.len(),
            });
        }
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let Some(length) = length else {
            return Err(NoHeredoc::NeverClosed);
        };
        rest = rest.get(length..).map_or(&[], after_line_break);
    }
}

/// The label, whether it is a nowdoc's, and what follows the first line.
fn opening(text: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let text = text.strip_prefix(b"<<<")?;
    let blank = text
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    let text = text.get(blank..)?;
    let quote = text
        .first()
        .copied()
        .filter(|byte| matches!(byte, b'\'' | b'"'));
    let text = if quote.is_some() {
        text.get(1..)?
    } else {
        text
    };
    if !text.first().is_some_and(|byte| begins_name(*byte)) {
        return None;
    }
    let length = text
        .iter()
        .take_while(|byte| continues_name(**byte))
        .count();
    let (label, mut rest) = text.split_at_checked(length)?;
    if let Some(quote) = quote {
        rest = rest.strip_prefix(&[quote])?;
    }
    matches!(rest.first(), Some(b'\n' | b'\r'))
        .then(|| (label, quote == Some(b'\''), after_line_break(rest)))
}

fn after_line_break(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\r\n")
        .or_else(|| text.get(1..))
        .unwrap_or_default()
}

fn without_line_break(text: &[u8]) -> &[u8] {
    text.strip_suffix(b"\r\n")
        .or_else(|| text.strip_suffix(b"\n"))
        .or_else(|| text.strip_suffix(b"\r"))
        .unwrap_or(text)
}

fn is_interpolated(body: &[u8]) -> bool {
    let mut bytes = body.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let next = bytes.peek().copied();
        match (byte, next) {
            (b'\\', _) => {
                bytes.next();
            }
            (b'$', Some(b'{')) | (b'{', Some(b'$')) => return true,
            (b'$', Some(next)) if begins_name(next) => return true,
            _ => {}
        }
    }
    false
}

impl Heredoc<'_> {
    /// The text without its indentation; an error where PHP has one.
    pub(super) fn unindented(&self) -> Result<Vec<u8>, &'static str> {
        const BAD: &str = "heredoc: a line is indented less than its closing label";
        let indentation = self.indentation;
        let Some(expected) = indentation.first() else {
            return Ok(self.body.to_vec());
        };
        if indentation.iter().any(|byte| byte != expected) {
            return Err("heredoc: spaces and tabs are mixed");
        }
        let mut text = Vec::with_capacity(self.body.len());
        for line in self.body.split_inclusive(|byte| *byte == b'\n') {
            let present = line
                .iter()
                .take(indentation.len())
                .take_while(|byte| *byte == expected)
                .count();
            let kept = line.get(present..).unwrap_or_default();
            let is_blank = matches!(kept, [] | [b'\n'] | [b'\r', b'\n'] | [b'\r']);
            if present < indentation.len() && !is_blank {
                return Err(BAD);
            }
            text.extend_from_slice(kept);
        }
        Ok(text)
    }
}
