//! PHP files that return an array as configuration, such as `env.php`: read without running PHP,
//! and edited without touching anything else.
//! Rule guarded here: a literal is read as PHP reads it, everything else stays as it stands and is
//! refused by name and line when it is needed. Reading is `lookup.rs`, edits are `set.rs` and
//! `remove.rs`, the grammar is `preamble.rs`, `parser.rs` and `lexer.rs`.

mod constant;
mod error;
mod expression;
mod float;
mod heredoc;
mod key;
mod layout;
mod leaves;
mod lexer;
mod lookup;
mod number;
mod parser;
mod preamble;
mod quoted;
mod remove;
mod scalar;
mod set;
mod splice;
mod string_literal;
mod tree;
mod value;
mod writer;

use std::fmt;

use zeroize::Zeroizing;

pub use constant::PDO_CONSTANTS;
pub use error::{EditError, Expression, NotLiteral, ParseError, Problem};
pub use key::Key;
pub use leaves::Leaf;
pub use value::{PhpString, Value};
pub use writer::{write, write_with_comments};

use lookup::Reader;
use tree::ArrayNode;

/// A file of configuration: its bytes, and where in them everything stands. Does not print; wiped
/// when dropped.
pub struct PhpFile {
    source: Zeroizing<Vec<u8>>,
    root: ArrayNode,
    line_starts: Vec<usize>,
    is_changed: bool,
}

impl PhpFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not PHP, ends too early, or returns anything but an array literal. Expressions
    /// inside the array are no error here.
    pub fn parse(source: Vec<u8>) -> Result<Self, ParseError> {
        let source = Zeroizing::new(source);
        let root = preamble::file(&source)?;
        let line_starts = layout::line_starts(&source);
        Ok(Self {
            source,
            root,
            line_starts,
            is_changed: false,
        })
    }

    /// The value at a path of keys; `None` when nothing is there. An empty path is the whole array.
    ///
    /// # Errors
    /// When the value, or the way to it, is PHP code.
    pub fn get(&self, path: &[&str]) -> Result<Option<Value>, NotLiteral> {
        let mut keys = keys(path);
        if keys.is_empty() {
            return self.root().map(Some);
        }
        match self.reader().node(&self.root, &keys)? {
            Some(entry) => self.reader().value(&entry.value, &mut keys).map(Some),
            None => Ok(None),
        }
    }

    /// The whole array.
    ///
    /// # Errors
    /// When anything in it is PHP code.
    pub fn root(&self) -> Result<Value, NotLiteral> {
        self.reader().array(&self.root, &mut Vec::new())
    }

    /// The line of the entry at a path, counted from 1; `None` when nothing is there.
    ///
    /// # Errors
    /// When the way to it is PHP code.
    pub fn line(&self, path: &[&str]) -> Result<Option<usize>, NotLiteral> {
        let entry = self.reader().node(&self.root, &keys(path))?;
        Ok(entry.map(|entry| self.reader().line(entry.start)))
    }

    /// Whether a single value stands above a path: merged over another file, it hides what that
    /// file has there.
    ///
    /// # Errors
    /// When the way to it is PHP code.
    pub fn ends_above(&self, path: &[&str]) -> Result<bool, NotLiteral> {
        self.reader().ends_above(&self.root, &keys(path))
    }

    /// Whether an edit has changed a byte since the file was read.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// The bytes, with all edits.
    #[must_use]
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    fn reader(&self) -> Reader<'_> {
        Reader {
            line_starts: &self.line_starts,
        }
    }
}

impl fmt::Debug for PhpFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PhpFile({} bytes)", self.source.len())
    }
}

fn keys(path: &[&str]) -> Vec<Key> {
    path.iter().map(|segment| Key::from(*segment)).collect()
}
