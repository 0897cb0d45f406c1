//! From the first byte of a file to its `return`, and from the returned array to the end.
//! Rule guarded here: exactly one `return`, outside every block, so that what we read is what PHP
//! would return. Statements before it may be there; none of them is run.

use super::error::{ParseError, Problem};
use super::lexer::{Lexer, TokenKind};
use super::parser::Parser;
use super::tree::{ArrayNode, NodeKind};

/// Parses a whole file.
pub(super) fn file(source: &[u8]) -> Result<ArrayNode, ParseError> {
    let lexer = Lexer::new(source, 0);
    let start = after_open_tag(source).ok_or_else(|| lexer.error(0, Problem::NotPhp))?;
    let mut parser = Parser::new(Lexer::new(source, start))?;
    skip_to_return(&mut parser)?;
    let returned = parser.ahead;
    let not_an_array = || lexer.error(returned.start, Problem::NotAnArray);
    match returned.kind {
        TokenKind::End => return Err(parser.unexpected("an array")),
        TokenKind::Semicolon | TokenKind::CloseTag => return Err(not_an_array()),
        _ => {}
    }
    let NodeKind::Array(array) = parser.node()?.kind else {
        return Err(not_an_array());
    };
    end(&mut parser)?;
    Ok(array)
}

/// A byte order mark, a `#!` line and white space may precede `<?php`.
fn after_open_tag(source: &[u8]) -> Option<usize> {
    let mut rest = source.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(source);
    if rest.starts_with(b"#!") {
        let line = rest.iter().position(|byte| *byte == b'\n')?;
        rest = rest.get(line..)?;
    }
    let rest = rest.trim_ascii_start();
    let (tag, code) = rest.split_at_checked(5)?;
    let separated = code.first().is_none_or(u8::is_ascii_whitespace);
    (tag.eq_ignore_ascii_case(b"<?php") && separated).then(|| source.len() - code.len())
}

/// Takes everything up to and with `return`.
fn skip_to_return(parser: &mut Parser<'_>) -> Result<(), ParseError> {
    let mut depth = 0_usize;
    let mut begins_statement = true;
    let mut after_access = false;
    loop {
        let token = parser.ahead;
        match token.kind {
            TokenKind::End | TokenKind::CloseTag => {
                let problem = if depth > 0 {
                    Problem::Truncated("`}`")
                } else {
                    Problem::NoReturn
                };
                return Err(parser.lexer.error(token.start, problem));
            }
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close(_) => {
                depth = depth
                    .checked_sub(1)
                    .ok_or_else(|| parser.unexpected("a statement"))?;
            }
            TokenKind::Name if !after_access && parser.is_word(token, "return") => {
                if depth > 0 || !begins_statement {
                    return Err(parser.lexer.error(token.start, Problem::ConditionalReturn));
                }
                parser.take()?;
                return Ok(());
            }
            _ => {}
        }
        begins_statement =
            depth == 0 && matches!(token.kind, TokenKind::Semicolon | TokenKind::Close(b'}'));
        after_access = token.kind == TokenKind::Access;
        parser.take()?;
    }
}

/// Behind the array: `;` or `?>`, and no further code, which could only be the rest of a condition.
fn end(parser: &mut Parser<'_>) -> Result<(), ParseError> {
    match parser.ahead.kind {
        TokenKind::Semicolon => {
            parser.take()?;
        }
        TokenKind::CloseTag => {}
        _ => return Err(parser.unexpected("`;` after the returned array")),
    }
    let token = parser.ahead;
    match token.kind {
        TokenKind::End => Ok(()),
        TokenKind::CloseTag => {
            let rest = parser.lexer.source.get(token.end..).unwrap_or_default();
            if rest.windows(2).any(|pair| pair == b"<?") {
                return Err(parser.lexer.error(token.start, Problem::TrailingCode));
            }
            Ok(())
        }
        _ => Err(parser.lexer.error(token.start, Problem::TrailingCode)),
    }
}
