//! What can be wrong with a PHP configuration file, and why an edit is refused.
//! Rule guarded here: messages name keys and lines, never the content of a string.

use std::fmt;

/// The file is not PHP that returns an array literal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ParseError {
    line: usize,
    problem: Problem,
}

impl ParseError {
    pub(super) fn new(line: usize, problem: Problem) -> Self {
        Self { line, problem }
    }

    /// The line the problem was met on, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What kind of problem it is.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

/// The kinds of [`ParseError`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file does not begin with an opening tag.
    #[error("not a PHP file: expected `<?php`")]
    NotPhp,
    /// The file ends without a `return` statement.
    #[error("the file returns nothing: expected `return [`")]
    NoReturn,
    /// `return` stands inside a condition, a loop or a function, so what is returned is not plain.
    #[error("`return` does not stand by itself: expected one `return [` outside any block")]
    ConditionalReturn,
    /// Something else than an array literal is returned.
    #[error("the file does not return an array literal: expected `[` or `array(` after `return`")]
    NotAnArray,
    /// Statements follow the returned array.
    #[error("code follows the returned array: expected the end of the file")]
    TrailingCode,
    /// The file ends in the middle of something.
    #[error("the file ends too early: expected {0}")]
    Truncated(&'static str),
    /// A token that cannot stand where it stands.
    #[error("unexpected {found}: expected {expected}")]
    Unexpected {
        /// The kind of token, never its text.
        found: &'static str,
        /// What could have stood there.
        expected: &'static str,
    },
    /// A string or number that PHP itself would refuse.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// Arrays or strings nested deeper than any configuration is.
    #[error("nested too deeply")]
    TooDeep,
}

/// What kind of PHP stands where a literal was needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expression {
    /// A constant, of a class or global.
    Constant,
    /// Strings joined with `.`.
    Concatenation,
    /// A call such as `getenv(…)`.
    Call,
    /// A variable.
    Variable,
    /// `include` or `require`.
    Include,
    /// A string with a variable inside.
    Interpolation,
    /// `...` in front of an array.
    Spread,
    /// A key that is not a literal.
    Key,
    /// Anything else: arithmetic, a closure, a condition.
    Other,
}

impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Constant => "a constant",
            Self::Concatenation => "a concatenation",
            Self::Call => "a call",
            Self::Variable => "a variable",
            Self::Include => "an included file",
            Self::Interpolation => "a string with a variable inside",
            Self::Spread => "a spread array",
            Self::Key => "a key that is not a literal",
            Self::Other => "an expression",
        })
    }
}

/// A value that is needed depends on PHP code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotLiteral {
    /// Keys joined with `/`, down to where the expression stands; for a key or a spread array, down
    /// to the array it stands in.
    pub path: String,
    /// The line the expression begins on, counted from 1.
    pub line: usize,
    /// What stands there.
    pub expression: Expression,
}

impl fmt::Display for NotLiteral {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            expression,
        } = self;
        match expression {
            Expression::Key | Expression::Spread if path.is_empty() => {
                write!(
                    formatter,
                    "the returned array holds {expression} (line {line})"
                )
            }
            Expression::Key | Expression::Spread => {
                write!(formatter, "`{path}` holds {expression} (line {line})")
            }
            _ => write!(
                formatter,
                "`{path}` (line {line}) is {expression}, not a literal value"
            ),
        }
    }
}

/// An edit was refused; the file is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The entry, or one above it, is PHP code.
    #[error(transparent)]
    NotLiteral(#[from] NotLiteral),
    /// A value that is no array stands where an array is needed.
    #[error("`{path}` (line {line}) holds a single value, not an array")]
    NotAnArray {
        /// Keys joined with `/`.
        path: String,
        /// The line of that value, counted from 1.
        line: usize,
    },
    /// No path was given.
    #[error("the path is empty")]
    EmptyPath,
    /// Removing the entry would give the entry on that line, which has no key, another index.
    #[error("removing `{path}` would renumber the entry on line {line}")]
    Renumbers {
        /// Keys joined with `/`.
        path: String,
        /// The line of the entry that would move, counted from 1.
        line: usize,
    },
    /// The edited text did not read back as intended.
    #[error("`{path}` cannot be edited safely")]
    Unsafe {
        /// Keys joined with `/`.
        path: String,
    },
}
