//! Reading values out of a tree.
//! Rule guarded here: a value is given only when it cannot depend on PHP code. An entry whose key
//! is code matters when what it holds could answer the rest of the path; beside an entry with the
//! very key it is taken to be another one, as nobody writes one key twice on purpose.

use std::collections::HashMap;

use super::error::{Expression, NotLiteral};
use super::key::Key;
use super::layout::line_at;
use super::tree::{ArrayNode, Entry, EntryKey, Node, NodeKind};
use super::value::Value;

/// What an array says about a key.
pub(super) enum Find<'t> {
    Entry(&'t Entry),
    Absent,
    /// Only PHP can tell; the entry is why.
    Undetermined(&'t Entry),
}

impl ArrayNode {
    /// The entry that PHP would use for `key`: the last one. `rest` is the path below it.
    pub(super) fn find(&self, key: &Key, rest: &[Key]) -> Find<'_> {
        let last = self.entries.iter().rposition(|entry| entry.has_key(key));
        let following = self.entries.iter().skip(last.map_or(0, |last| last + 1));
        for entry in following {
            let hides = match entry.key {
                EntryKey::Spread => true,
                EntryKey::Unknown | EntryKey::Automatic(None) => {
                    (last.is_none() || !rest.is_empty()) && could_answer(&entry.value, rest)
                }
                _ => false,
            };
            if hides {
                return Find::Undetermined(entry);
            }
        }
        last.and_then(|last| self.entries.get(last))
            .map_or(Find::Absent, Find::Entry)
    }

    /// Entries as PHP would keep them: each key once, at the place of its first entry and with the
    /// value of its last. Entries with unknown keys come as they stand.
    pub(super) fn effective_entries(&self) -> Vec<&Entry> {
        let mut places: HashMap<&Key, usize> = HashMap::with_capacity(self.entries.len());
        let mut kept: Vec<&Entry> = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let Some(key) = entry.known_key() else {
                kept.push(entry);
                continue;
            };
            match places.get(key).and_then(|place| kept.get_mut(*place)) {
                Some(place) => *place = entry,
                None => {
                    places.insert(key, kept.len());
                    kept.push(entry);
                }
            }
        }
        kept
    }
}

/// Whether something is, or might be, at `path` below `node`.
fn could_answer(node: &Node, path: &[Key]) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return true;
    };
    match &node.kind {
        NodeKind::Scalar(_) => false,
        NodeKind::Expression(_) => true,
        NodeKind::Array(array) => array.entries.iter().any(|entry| match entry.known_key() {
            Some(own) => own == key && could_answer(&entry.value, rest),
            None => could_answer(&entry.value, rest),
        }),
    }
}

/// Reads nodes, and names the line of what is refused.
#[derive(Clone, Copy)]
pub(super) struct Reader<'s> {
    pub(super) line_starts: &'s [usize],
}

impl Reader<'_> {
    pub(super) fn line(self, at: usize) -> usize {
        line_at(self.line_starts, at)
    }

    pub(super) fn refuse(self, path: &[Key], at: usize, expression: Expression) -> NotLiteral {
        NotLiteral {
            path: join(path),
            line: self.line(at),
            expression,
        }
    }

    /// Why an entry without a known key is in the way of a lookup below `above`.
    pub(super) fn refuse_entry(self, above: &[Key], entry: &Entry) -> NotLiteral {
        let expression = match entry.key {
            EntryKey::Spread => Expression::Spread,
            _ => Expression::Key,
        };
        self.refuse(above, entry.start, expression)
    }

    /// The node at `path`; `None` when nothing, or a single value on the way, is there.
    pub(super) fn node<'t>(
        self,
        root: &'t ArrayNode,
        path: &[Key],
    ) -> Result<Option<&'t Entry>, NotLiteral> {
        let mut array = root;
        for (depth, key) in path.iter().enumerate() {
            let (above, rest) = path.split_at_checked(depth).unwrap_or_default();
            let below = rest.split_first().map_or(rest, |(_, below)| below);
            let entry = match array.find(key, below) {
                Find::Entry(entry) => entry,
                Find::Absent => return Ok(None),
                Find::Undetermined(entry) => return Err(self.refuse_entry(above, entry)),
            };
            if below.is_empty() {
                return Ok(Some(entry));
            }
            match &entry.value.kind {
                NodeKind::Array(next) => array = next,
                NodeKind::Scalar(_) => return Ok(None),
                NodeKind::Expression(expression) => {
                    let reached = path.get(..=depth).unwrap_or(path);
                    return Err(self.refuse(reached, entry.value.start, *expression));
                }
            }
        }
        Ok(None)
    }

    /// Whether a single value stands above `path`, so that nothing from elsewhere can be there.
    pub(super) fn ends_above(self, root: &ArrayNode, path: &[Key]) -> Result<bool, NotLiteral> {
        for length in 1..path.len() {
            let above = path.get(..length).unwrap_or(path);
            match self.node(root, above)?.map(|entry| &entry.value.kind) {
                Some(NodeKind::Scalar(_)) => return Ok(true),
                Some(_) => {}
                None => return Ok(false),
            }
        }
        Ok(false)
    }

    /// The value of a node; refused when anything inside is PHP code.
    pub(super) fn value(self, node: &Node, path: &mut Vec<Key>) -> Result<Value, NotLiteral> {
        match &node.kind {
            NodeKind::Scalar(value) => Ok(value.clone()),
            NodeKind::Expression(expression) => Err(self.refuse(path, node.start, *expression)),
            NodeKind::Array(array) => self.array(array, path),
        }
    }

    pub(super) fn array(self, array: &ArrayNode, path: &mut Vec<Key>) -> Result<Value, NotLiteral> {
        let mut values = Vec::with_capacity(array.entries.len());
        for entry in array.effective_entries() {
            let Some(key) = entry.known_key() else {
                return Err(self.refuse_entry(path, entry));
            };
            path.push(key.clone());
            let value = self.value(&entry.value, path)?;
            path.pop();
            values.push((key.clone(), value));
        }
        Ok(Value::Array(values))
    }
}

/// Keys joined with `/`, as configuration paths are written.
pub(super) fn join(path: &[Key]) -> String {
    let keys: Vec<String> = path.iter().map(Key::to_string).collect();
    keys.join("/")
}
