//! The extent of PHP code that stands where a literal could, and in one word what kind it is.
//! Nothing is evaluated here.

use super::error::{Expression, ParseError, Problem};
use super::lexer::{Token, TokenKind};
use super::parser::Parser;

const INCLUDES: [&str; 4] = ["include", "include_once", "require", "require_once"];

/// Words that look like the name of a constant or of what is called.
const OPERATORS: [&str; 8] = [
    "fn", "function", "match", "static", "new", "clone", "print", "throw",
];

const INSIDE: &str = "the end of an expression";

impl Parser<'_> {
    /// Skips to the end of the expression that began with `first`, of which some tokens may have
    /// been taken already.
    pub(super) fn expression(&mut self, first: Token) -> Result<Expression, ParseError> {
        let mut walk = Walk::default();
        let mut tokens = usize::from(self.taken_to > first.start);
        let mut is_call = false;
        let mut is_concatenation = false;
        let mut is_constant = first.kind == TokenKind::Name;
        loop {
            let token = self.ahead;
            if walk.open.is_empty() && self.at_boundary() && !walk.takes_arrow(token.kind) {
                break;
            }
            match token.kind {
                TokenKind::End => return Err(self.unexpected(INSIDE)),
                // An included file of functions may leave PHP in a closure; nobody's configuration.
                TokenKind::CloseTag => return Err(self.unexpected(INSIDE)),
                TokenKind::Name | TokenKind::Access => {}
                TokenKind::Open(b'(') if tokens > 0 => (is_call, is_constant) = (true, false),
                _ => is_constant = false,
            }
            is_concatenation |= walk.open.is_empty() && token.kind == TokenKind::Operator(b'.');
            let is_arrow_function = self.is_word(token, "fn");
            walk.step(token.kind, is_arrow_function)
                .ok_or_else(|| self.unexpected("the matching bracket"))?;
            self.take()?;
            tokens += 1;
        }
        if tokens == 0 {
            return Err(self.unexpected("a value"));
        }
        Ok(match first.kind {
            _ if is_concatenation => Expression::Concatenation,
            TokenKind::Interpolated => Expression::Interpolation,
            TokenKind::Variable => Expression::Variable,
            TokenKind::Name if self.is_any(first, &INCLUDES) => Expression::Include,
            TokenKind::Name if self.is_any(first, &OPERATORS) => Expression::Other,
            TokenKind::Name if is_constant => Expression::Constant,
            TokenKind::Name if is_call => Expression::Call,
            _ => Expression::Other,
        })
    }

    fn is_any(&self, token: Token, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(token, word))
    }

    /// Refuses a malformed string or number, naming its line.
    pub(super) fn malformed(&self, token: Token, what: &'static str) -> ParseError {
        self.lexer.error(token.start, Problem::Malformed(what))
    }
}

/// The brackets open at a point of an expression.
#[derive(Default)]
struct Walk {
    open: Vec<u8>,
    /// Arrow functions whose `=>` is still to come.
    arrow_functions: usize,
    after_access: bool,
}

impl Walk {
    fn takes_arrow(&self, kind: TokenKind) -> bool {
        kind == TokenKind::Arrow && self.arrow_functions > 0
    }

    /// `None` when a bracket closes that is not open.
    fn step(&mut self, kind: TokenKind, is_arrow_function: bool) -> Option<()> {
        match kind {
            TokenKind::Open(b'(') => self.open.push(b')'),
            TokenKind::Open(b'[') => self.open.push(b']'),
            TokenKind::Open(_) => self.open.push(b'}'),
            TokenKind::Close(bracket) => {
                self.open.pop().filter(|expected| *expected == bracket)?;
            }
            TokenKind::Name if is_arrow_function && !self.after_access && self.open.is_empty() => {
                self.arrow_functions += 1;
            }
            TokenKind::Arrow if self.open.is_empty() => {
                self.arrow_functions = self.arrow_functions.saturating_sub(1);
            }
            _ => {}
        }
        self.after_access = kind == TokenKind::Access;
        Some(())
    }
}
