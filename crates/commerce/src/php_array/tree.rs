//! What a file holds: nodes that remember where in the source they stand.
//! Rule guarded here: what is not a literal has a place in the tree but never a value.

use super::error::Expression;
use super::key::Key;
use super::value::Value;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: NodeKind,
}

#[derive(Debug)]
pub(super) enum NodeKind {
    /// Never an array.
    Scalar(Value),
    Array(ArrayNode),
    Expression(Expression),
}

#[derive(Debug)]
pub(super) struct ArrayNode {
    /// Where `[` or `array(` begins.
    pub(super) start: usize,
    /// Behind the opening bracket.
    pub(super) inside: usize,
    /// Where the closing bracket stands.
    pub(super) close: usize,
    pub(super) entries: Vec<Entry>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) start: usize,
    pub(super) key: EntryKey,
    pub(super) value: Node,
    /// Where the comma behind the entry stands.
    pub(super) comma: Option<usize>,
}

impl Entry {
    /// Behind the value, or behind its comma.
    pub(super) fn end(&self) -> usize {
        self.comma.map_or(self.value.end, |comma| comma + 1)
    }

    pub(super) fn has_key(&self, key: &Key) -> bool {
        self.known_key() == Some(key)
    }

    pub(super) fn known_key(&self) -> Option<&Key> {
        match &self.key {
            EntryKey::Written(key) | EntryKey::Automatic(Some(key)) => Some(key),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(super) enum EntryKey {
    Written(Key),
    /// No key is written: the index PHP counts to, unless an earlier unknown key hides it.
    Automatic(Option<Key>),
    /// A key that only PHP can evaluate.
    Unknown,
    /// `...$array`: any number of unknown keys.
    Spread,
}

/// PHP's counter for entries without a key.
#[derive(Clone, Copy)]
pub(super) enum NextIndex {
    At(i64),
    /// No integer key yet.
    Fresh,
    /// An unknown key may have moved it, or no index is left.
    Unknown,
}

impl NextIndex {
    /// Gives every entry without a key its index. As PHP does for array literals, counting goes on
    /// from a negative first key.
    pub(super) fn number(entries: &mut [Entry]) {
        let mut next = Self::Fresh;
        for entry in entries {
            if let EntryKey::Automatic(index) = &mut entry.key {
                *index = next.index().map(Key::Int);
            }
            next = next.after(&entry.key);
        }
    }

    pub(super) fn index(self) -> Option<i64> {
        match self {
            Self::At(index) => Some(index),
            Self::Fresh => Some(0),
            Self::Unknown => None,
        }
    }

    pub(super) fn after(self, key: &EntryKey) -> Self {
        let number = match key {
            EntryKey::Written(Key::String(_)) => return self,
            EntryKey::Written(Key::Int(number)) | EntryKey::Automatic(Some(Key::Int(number))) => {
                *number
            }
            _ => return Self::Unknown,
        };
        match (self, number.checked_add(1)) {
            (Self::Unknown, _) | (_, None) => Self::Unknown,
            (Self::At(index), Some(following)) => Self::At(index.max(following)),
            (Self::Fresh, Some(following)) => Self::At(following),
        }
    }
}
