//! Where quoted strings end, and whether PHP would put anything into them.
//! The text they stand for is `string_literal.rs`.

use super::error::{ParseError, Problem};
use super::lexer::{Lexer, TokenKind, begins_name};

/// Interpolated strings inside interpolated strings: beyond this nobody wrote it by hand.
const MAXIMUM_NESTING: usize = 16;

impl Lexer<'_> {
    pub(super) fn single_quoted(&mut self) -> Result<TokenKind, ParseError> {
        let start = self.position;
        self.position += 1;
        loop {
            self.skip_while(|byte| byte != b'\'' && byte != b'\\');
            match self.peek(0) {
                None => return Err(self.error(start, Problem::Truncated("a closing quote"))),
                Some(b'\'') => {
                    self.position += 1;
                    return Ok(TokenKind::Text);
                }
                Some(_) => self.skip_escape(),
            }
        }
    }

    /// A string in double quotes, or a shell command in backticks.
    pub(super) fn double_quoted(&mut self, quote: u8) -> Result<TokenKind, ParseError> {
        let start = self.position;
        let mut interpolated = quote == b'`';
        self.position += 1;
        loop {
            self.skip_while(|byte| byte != quote && !matches!(byte, b'\\' | b'$' | b'{'));
            match self.peek(0) {
                None => return Err(self.error(start, Problem::Truncated("a closing quote"))),
                Some(b'\\') => self.skip_escape(),
                Some(byte) if byte == quote => {
                    self.position += 1;
                    return Ok(if interpolated {
                        TokenKind::Interpolated
                    } else {
                        TokenKind::Text
                    });
                }
                Some(_) => interpolated |= self.interpolation(start)?,
            }
        }
    }

    /// Skips a backslash and what it escapes, without running past the end.
    pub(super) fn skip_escape(&mut self) {
        self.position = (self.position + 2).min(self.source.len());
    }

    /// At `$` or `{` inside a string: skips it, with the braces it opens, and says whether PHP
    /// would evaluate it.
    fn interpolation(&mut self, start: usize) -> Result<bool, ParseError> {
        match (self.peek(0), self.peek(1)) {
            (Some(b'$'), Some(b'{')) => {
                self.position += 1;
                self.skip_braces(start)?;
                Ok(true)
            }
            (Some(b'{'), Some(b'$')) => {
                self.skip_braces(start)?;
                Ok(true)
            }
            (first, second) => {
                self.position += 1;
                Ok(first == Some(b'$') && second.is_some_and(begins_name))
            }
        }
    }

    fn skip_braces(&mut self, start: usize) -> Result<(), ParseError> {
        if self.nesting >= MAXIMUM_NESTING {
            return Err(self.error(start, Problem::TooDeep));
        }
        self.nesting += 1;
        let mut depth = 0_usize;
        loop {
            match self.next()?.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) if depth <= 1 => break,
                TokenKind::Close(_) => depth -= 1,
                TokenKind::End => return Err(self.error(start, Problem::Truncated("`}`"))),
                _ => {}
            }
        }
        self.nesting -= 1;
        Ok(())
    }
}
