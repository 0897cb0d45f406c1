//! PHP's tokens, as far as a file of configuration needs them.
//! Rule guarded here: where a string, a comment or a bracket ends is decided exactly as PHP decides
//! it, so that an expression we do not understand is still skipped whole.
//! Strings are in `quoted.rs` and `heredoc.rs`; what tokens mean is in `parser.rs`.

use super::error::{ParseError, Problem};
use super::layout::{line_at, line_starts};

/// One token; comments and white space are never tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A quoted string, heredoc or nowdoc without anything to evaluate.
    Text,
    /// A string with variables inside, or a shell command.
    Interpolated,
    Number,
    /// Keywords, constants, classes and functions, with their namespace.
    Name,
    Variable,
    /// `(`, `[`, `{`, or `#[`, which is reported as `[`.
    Open(u8),
    Close(u8),
    Comma,
    Arrow,
    Semicolon,
    Spread,
    /// `->`, `?->`, `::`: the name that follows is not a keyword.
    Access,
    Operator(u8),
    CloseTag,
    End,
}

impl TokenKind {
    /// The kind of token in words; never its text.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Text | Self::Interpolated => "string",
            Self::Number => "number",
            Self::Name => "name",
            Self::Variable => "variable",
            Self::Open(_) => "opening bracket",
            Self::Close(_) => "closing bracket",
            Self::Comma => "`,`",
            Self::Arrow => "`=>`",
            Self::Semicolon => "`;`",
            Self::Spread => "`...`",
            Self::Access | Self::Operator(_) => "operator",
            Self::CloseTag => "`?>`",
            Self::End => "end of the file",
        }
    }
}

/// A cursor over the source.
pub(super) struct Lexer<'a> {
    pub(super) source: &'a [u8],
    pub(super) position: usize,
    /// How many interpolated strings we are inside of.
    pub(super) nesting: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a [u8], position: usize) -> Self {
        Self {
            source,
            position,
            nesting: 0,
        }
    }

    /// The byte `ahead` of the cursor.
    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.source.get(self.position + ahead).copied()
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.source.get(self.position..).unwrap_or_default()
    }

    pub(super) fn error(&self, at: usize, problem: Problem) -> ParseError {
        ParseError::new(line_at(&line_starts(self.source), at), problem)
    }

    /// The next token; at the end of the file, [`TokenKind::End`] for ever.
    pub(super) fn next(&mut self) -> Result<Token, ParseError> {
        self.skip_trivia()?;
        let start = self.position;
        let kind = self.token()?;
        Ok(Token {
            kind,
            start,
            end: self.position,
        })
    }

    fn token(&mut self) -> Result<TokenKind, ParseError> {
        let Some(byte) = self.peek(0) else {
            return Ok(TokenKind::End);
        };
        if matches!(byte, b'b' | b'B') && self.is_binary_prefix() {
            self.position += 1;
            return self.token();
        }
        match byte {
            b'\'' => self.single_quoted(),
            b'"' | b'`' => self.double_quoted(byte),
            b'<' if self.rest().starts_with(b"<<<") => self.heredoc(),
            b'$' if self.peek(1).is_some_and(begins_name) => {
                self.position += 1;
                self.skip_while(continues_name);
                Ok(TokenKind::Variable)
            }
            b'0'..=b'9' => Ok(self.number()),
            b'.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => Ok(self.number()),
            b'\\' if self.peek(1).is_some_and(begins_name) => Ok(self.name()),
            _ if begins_name(byte) => Ok(self.name()),
            _ => Ok(self.punctuation(byte)),
        }
    }

    fn is_binary_prefix(&self) -> bool {
        matches!(self.peek(1), Some(b'\'' | b'"')) || self.rest().get(1..4) == Some(b"<<<")
    }

    fn name(&mut self) -> TokenKind {
        self.position += 1;
        loop {
            self.skip_while(continues_name);
            if self.peek(0) == Some(b'\\') && self.peek(1).is_some_and(begins_name) {
                self.position += 1;
            } else {
                return TokenKind::Name;
            }
        }
    }

    /// Takes what can belong to a number; `number.rs` refuses what is none.
    fn number(&mut self) -> TokenKind {
        let prefixed = matches!(self.peek(1), Some(b'x' | b'X' | b'b' | b'B' | b'o' | b'O'))
            && self.peek(0) == Some(b'0');
        let mut has_point = false;
        loop {
            match self.peek(0) {
                Some(b'.') if !prefixed && !has_point && self.peek(1) != Some(b'.') => {
                    has_point = true;
                }
                Some(b'e' | b'E') if !prefixed && self.exponent_follows() => {
                    self.position += 2;
                    self.skip_while(|byte| byte.is_ascii_digit() || byte == b'_');
                    return TokenKind::Number;
                }
                Some(byte) if byte == b'_' || byte.is_ascii_alphanumeric() => {}
                _ => return TokenKind::Number,
            }
            self.position += 1;
        }
    }

    fn exponent_follows(&self) -> bool {
        match self.peek(1) {
            Some(b'+' | b'-') => self.peek(2).is_some_and(|byte| byte.is_ascii_digit()),
            Some(byte) => byte.is_ascii_digit(),
            None => false,
        }
    }

    fn punctuation(&mut self, byte: u8) -> TokenKind {
        const LONGER: [(&[u8], TokenKind); 8] = [
            (b"...", TokenKind::Spread),
            (b"?->", TokenKind::Access),
            (b"<=>", TokenKind::Operator(b'<')),
            (b"->", TokenKind::Access),
            (b"::", TokenKind::Access),
            (b"=>", TokenKind::Arrow),
            (b"?>", TokenKind::CloseTag),
            (b"#[", TokenKind::Open(b'[')),
        ];
        let rest = self.rest();
        if let Some((text, kind)) = LONGER.iter().find(|(text, _)| rest.starts_with(text)) {
            self.position += text.len();
            return *kind;
        }
        self.position += 1;
        match byte {
            b'(' | b'[' | b'{' => TokenKind::Open(byte),
            b')' | b']' | b'}' => TokenKind::Close(byte),
            b',' => TokenKind::Comma,
            b';' => TokenKind::Semicolon,
            _ => TokenKind::Operator(byte),
        }
    }

    /// White space and the three kinds of comment; `#[` is no comment.
    fn skip_trivia(&mut self) -> Result<(), ParseError> {
        loop {
            self.skip_while(|byte| byte.is_ascii_whitespace());
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'/')) => self.skip_line_comment(),
                (Some(b'#'), next) if next != Some(b'[') => self.skip_line_comment(),
                (Some(b'/'), Some(b'*')) => {
                    let start = self.position;
                    let body = self.rest().get(2..).unwrap_or_default();
                    let Some(length) = body.windows(2).position(|pair| pair == b"*/") else {
                        return Err(self.error(start, Problem::Truncated("`*/`")));
                    };
                    self.position += length + 4;
                }
                _ => return Ok(()),
            }
        }
    }

    /// PHP ends a line comment at the line's end or at `?>`.
    fn skip_line_comment(&mut self) {
        while let Some(byte) = self.peek(0) {
            let closes = byte == b'?' && self.peek(1) == Some(b'>');
            if matches!(byte, b'\n' | b'\r') || closes {
                return;
            }
            self.position += 1;
        }
    }

    pub(super) fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        let length = self.rest().iter().take_while(|byte| keep(**byte)).count();
        self.position += length;
    }
}

/// Letters, `_` and every byte above ASCII begin a name.
pub(super) fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

pub(super) fn continues_name(byte: u8) -> bool {
    begins_name(byte) || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<TokenKind> {
        let mut lexer = Lexer::new(source.as_bytes(), 0);
        let mut kinds = Vec::new();
        loop {
            match lexer.next().unwrap().kind {
                TokenKind::End => return kinds,
                kind => kinds.push(kind),
            }
        }
    }

    #[test]
    fn comments_are_skipped_and_attributes_are_not() {
        use TokenKind::{Close, Name, Number, Open};
        assert_eq!(kinds("1 // ; \n 2 # x ?\r3 /* * / */ 4"), [Number; 4]);
        assert_eq!(kinds("#[A] x"), [Open(b'['), Name, Close(b']'), Name]);
    }

    #[test]
    fn a_line_comment_ends_at_a_closing_tag() {
        assert_eq!(
            kinds("1 // x ?> "),
            [TokenKind::Number, TokenKind::CloseTag]
        );
    }

    #[test]
    fn the_spaceship_is_no_arrow() {
        assert!(!kinds("$a <=> $b").contains(&TokenKind::Arrow));
    }

    #[test]
    fn an_interpolated_string_may_hold_quotes_inside_braces() {
        assert_eq!(
            kinds(r#""a{$x["b}"]}c" "plain $ 5" "${x}" "$x" "\$x""#),
            [
                TokenKind::Interpolated,
                TokenKind::Text,
                TokenKind::Interpolated,
                TokenKind::Interpolated,
                TokenKind::Text
            ]
        );
    }

    #[test]
    fn what_is_never_closed_is_truncated() {
        for source in ["'a", "\"a", "/* a", "<<<A\nb", "\"{$a", "`ls"] {
            let error = Lexer::new(source.as_bytes(), 0).next().unwrap_err();
            assert!(
                matches!(error.problem(), Problem::Truncated(_)),
                "{source}: {error}"
            );
        }
    }
}
