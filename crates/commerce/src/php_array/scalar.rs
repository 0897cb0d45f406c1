//! Single literal values, among them the two compositions that PHP's own `var_export` writes:
//! a string with a NUL (`'a' . "\0" . 'b'`) and the smallest integer (`-9223372036854775807-1`).

use super::error::ParseError;
use super::lexer::{Token, TokenKind};
use super::parser::Parser;
use super::value::{PhpString, Value};
use super::{number, string_literal};

impl Parser<'_> {
    /// Takes a literal when one begins here. What follows may still make it part of an expression:
    /// the caller looks at the next token.
    pub(super) fn scalar(&mut self) -> Result<Option<Value>, ParseError> {
        match self.ahead.kind {
            TokenKind::Text => self.string().map(Some),
            TokenKind::Number => {
                let token = self.take()?;
                self.number(token).map(Some)
            }
            TokenKind::Operator(sign @ (b'-' | b'+')) => self.signed(sign),
            TokenKind::Name => {
                let Some(value) = named(self.text(self.ahead)) else {
                    return Ok(None);
                };
                self.take()?;
                Ok(Some(value))
            }
            _ => Ok(None),
        }
    }

    fn number(&self, token: Token) -> Result<Value, ParseError> {
        number::decode(self.text(token)).ok_or_else(|| self.malformed(token, "number"))
    }

    fn signed(&mut self, sign: u8) -> Result<Option<Value>, ParseError> {
        self.take()?;
        let value = match self.ahead.kind {
            TokenKind::Number => {
                let token = self.take()?;
                self.number(token)?
            }
            TokenKind::Name => match named(self.text(self.ahead)) {
                Some(value @ Value::Float(_)) => {
                    self.take()?;
                    value
                }
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok(match (sign, value) {
            (b'-', Value::Int(i64::MAX)) => Some(self.smallest_integer()?),
            (b'-', Value::Int(number)) => Some(Value::Int(-number)),
            (b'-', Value::Float(number)) => Some(Value::Float(-number)),
            (_, value) => Some(value),
        })
    }

    /// Behind `-9223372036854775807`: takes a `-1` that follows.
    fn smallest_integer(&mut self) -> Result<Value, ParseError> {
        if self.ahead.kind == TokenKind::Operator(b'-') {
            self.take()?;
            if self.text(self.ahead) == b"1" {
                self.take()?;
                return Ok(Value::Int(i64::MIN));
            }
            if self.at_boundary() {
                return Err(self.unexpected("a number"));
            }
        }
        // With a lone `-` taken the next token is no boundary, so this becomes an expression.
        Ok(Value::Int(-i64::MAX))
    }

    fn string(&mut self) -> Result<Value, ParseError> {
        let token = self.take()?;
        let first = self.decode(token)?;
        if self.ahead.kind != TokenKind::Operator(b'.') {
            return Ok(Value::String(first));
        }
        let mut pieces = vec![first];
        while self.ahead.kind == TokenKind::Operator(b'.')
            && self.nul_or_quoted_follows(pieces.len())?
        {
            self.take()?;
            let token = self.take()?;
            pieces.push(self.decode(token)?);
        }
        let text = pieces.iter().map(PhpString::as_bytes).collect::<Vec<_>>();
        Ok(Value::String(text.concat().into()))
    }

    /// Whether behind the `.` stands what `var_export` writes at this place: `"\0"` after a quoted
    /// piece, a quoted piece after `"\0"`.
    fn nul_or_quoted_follows(&self, pieces: usize) -> Result<bool, ParseError> {
        let mut probe = super::lexer::Lexer::new(self.lexer.source, self.ahead.end);
        let token = probe.next()?;
        let text = self.text(token);
        Ok(match pieces % 2 {
            1 => text == br#""\0""#,
            _ => token.kind == TokenKind::Text && text.starts_with(b"'"),
        })
    }

    fn decode(&self, token: Token) -> Result<PhpString, ParseError> {
        string_literal::decode(self.text(token)).map_err(|what| self.malformed(token, what))
    }
}

/// The constants that are literals: PHP itself writes these values so.
fn named(name: &[u8]) -> Option<Value> {
    let name = name.strip_prefix(b"\\").unwrap_or(name);
    match name {
        b"INF" => return Some(Value::Float(f64::INFINITY)),
        b"NAN" => return Some(Value::Float(f64::NAN)),
        _ => {}
    }
    if name.eq_ignore_ascii_case(b"null") {
        Some(Value::Null)
    } else if name.eq_ignore_ascii_case(b"true") {
        Some(Value::Bool(true))
    } else if name.eq_ignore_ascii_case(b"false") {
        Some(Value::Bool(false))
    } else {
        None
    }
}
