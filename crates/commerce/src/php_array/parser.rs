//! Tokens to a tree: array literals, and the extent of everything else.
//! Rule guarded here: an expression is skipped whole by its brackets and strings, and a depth limit
//! keeps hostile nesting from the stack. What stands before `return` is `preamble.rs`.

use super::constant;
use super::error::{Expression, ParseError, Problem};
use super::key::Key;
use super::lexer::{Lexer, Token, TokenKind};
use super::tree::{ArrayNode, Entry, EntryKey, NextIndex, Node, NodeKind};

/// Arrays inside arrays; Commerce's deepest configuration has about ten.
const MAXIMUM_DEPTH: usize = 128;

const AFTER_ENTRY: &str = "`,` or the end of the array";

/// A cursor over tokens, one ahead.
pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) ahead: Token,
    /// Behind the last token taken.
    pub(super) taken_to: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(mut lexer: Lexer<'a>) -> Result<Self, ParseError> {
        let ahead = lexer.next()?;
        Ok(Self {
            taken_to: ahead.start,
            lexer,
            ahead,
            depth: 0,
        })
    }

    pub(super) fn take(&mut self) -> Result<Token, ParseError> {
        let token = self.ahead;
        self.ahead = self.lexer.next()?;
        self.taken_to = token.end;
        Ok(token)
    }

    pub(super) fn text(&self, token: Token) -> &'a [u8] {
        self.lexer
            .source
            .get(token.start..token.end)
            .unwrap_or_default()
    }

    pub(super) fn is_word(&self, token: Token, word: &str) -> bool {
        token.kind == TokenKind::Name && self.text(token).eq_ignore_ascii_case(word.as_bytes())
    }

    pub(super) fn unexpected(&self, expected: &'static str) -> ParseError {
        let problem = match self.ahead.kind {
            TokenKind::End => Problem::Truncated(expected),
            kind => Problem::Unexpected {
                found: kind.describe(),
                expected,
            },
        };
        self.lexer.error(self.ahead.start, problem)
    }

    /// A key, a value or the returned array: everything up to `,`, `=>`, `;` or a closing bracket.
    pub(super) fn node(&mut self) -> Result<Node, ParseError> {
        let start = self.ahead.start;
        let first = self.ahead;
        let kind = if let Some(array) = self.array()? {
            NodeKind::Array(array)
        } else {
            self.scalar()?
                .map_or(NodeKind::Expression(Expression::Other), NodeKind::Scalar)
        };
        if self.at_boundary() && !matches!(kind, NodeKind::Expression(_)) {
            return Ok(Node {
                start,
                end: self.taken_to,
                kind,
            });
        }
        let expression = self.expression(first)?;
        Ok(Node {
            start,
            end: self.taken_to,
            kind: NodeKind::Expression(expression),
        })
    }

    pub(super) fn at_boundary(&self) -> bool {
        matches!(
            self.ahead.kind,
            TokenKind::Comma
                | TokenKind::Arrow
                | TokenKind::Semicolon
                | TokenKind::Close(_)
                | TokenKind::CloseTag
                | TokenKind::End
        )
    }

    fn array(&mut self) -> Result<Option<ArrayNode>, ParseError> {
        let opening = self.ahead;
        let close = match opening.kind {
            // `#[` is an attribute, which belongs to an expression.
            TokenKind::Open(b'[') if opening.end - opening.start == 1 => b']',
            TokenKind::Name if self.is_word(opening, "array") => {
                let mut probe = Lexer::new(self.lexer.source, self.ahead.end);
                if probe.next()?.kind != TokenKind::Open(b'(') {
                    return Ok(None);
                }
                self.take()?;
                b')'
            }
            _ => return Ok(None),
        };
        let inside = self.take()?.end;
        if self.depth >= MAXIMUM_DEPTH {
            return Err(self.lexer.error(opening.start, Problem::TooDeep));
        }
        self.depth += 1;
        let mut entries = Vec::new();
        while self.ahead.kind != TokenKind::Close(close) {
            let entry = self.entry()?;
            let is_last = entry.comma.is_none();
            entries.push(entry);
            if is_last && self.ahead.kind != TokenKind::Close(close) {
                return Err(self.unexpected(AFTER_ENTRY));
            }
        }
        self.depth -= 1;
        NextIndex::number(&mut entries);
        let close = self.take()?.start;
        Ok(Some(ArrayNode {
            start: opening.start,
            inside,
            close,
            entries,
        }))
    }

    fn entry(&mut self) -> Result<Entry, ParseError> {
        let start = self.ahead.start;
        let (key, value) = if self.ahead.kind == TokenKind::Spread {
            self.take()?;
            let mut value = self.node()?;
            value.kind = NodeKind::Expression(Expression::Spread);
            (EntryKey::Spread, value)
        } else {
            let first = self.node()?;
            if self.ahead.kind == TokenKind::Arrow {
                self.take()?;
                (self.key(&first), self.node()?)
            } else {
                (EntryKey::Automatic(None), first)
            }
        };
        let comma = match self.ahead.kind {
            TokenKind::Comma => Some(self.take()?.start),
            _ => None,
        };
        Ok(Entry {
            start,
            key,
            value,
            comma,
        })
    }

    fn key(&self, node: &Node) -> EntryKey {
        let key = match &node.kind {
            NodeKind::Scalar(value) => Key::from_value(value),
            NodeKind::Array(_) => None,
            NodeKind::Expression(_) => self
                .lexer
                .source
                .get(node.start..node.end)
                .and_then(constant::known_number)
                .map(Key::Int),
        };
        key.map_or(EntryKey::Unknown, EntryKey::Written)
    }
}
