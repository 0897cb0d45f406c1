//! Every single value of a file with its path, so that one expression does not spoil the rest.

use super::error::NotLiteral;
use super::key::Key;
use super::lookup::Reader;
use super::tree::{ArrayNode, NodeKind};
use super::value::Value;
use super::{PhpFile, keys};

/// A value that is no array, or an empty array.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The keys down to it; down to the array around it when its own key is PHP code.
    pub path: Vec<Key>,
    /// Where its entry begins, counted from 1.
    pub line: usize,
    /// The value, or what stands in its place.
    pub value: Result<Value, NotLiteral>,
}

impl PhpFile {
    /// All leaves below a path, in PHP's order and with their full paths. Of entries with the same
    /// key only the last counts.
    ///
    /// # Errors
    /// When the way to `path` is PHP code; what is code below it comes as a leaf that says so.
    pub fn leaves(&self, path: &[&str]) -> Result<Vec<Leaf>, NotLiteral> {
        let mut path = keys(path);
        let mut leaves = Vec::new();
        if path.is_empty() {
            collect(self.reader(), &self.root, &mut path, &mut leaves);
        } else if let Some(entry) = self.reader().node(&self.root, &path)? {
            match &entry.value.kind {
                NodeKind::Array(array) => collect(self.reader(), array, &mut path, &mut leaves),
                _ => leaves.push(Leaf {
                    line: self.reader().line(entry.start),
                    value: self.reader().value(&entry.value, &mut path),
                    path,
                }),
            }
        }
        Ok(leaves)
    }

    /// The keys of the array at a path, in PHP's order; none when no array is there.
    ///
    /// # Errors
    /// When the way to `path`, or a key there, is PHP code.
    pub fn keys(&self, path: &[&str]) -> Result<Vec<Key>, NotLiteral> {
        let path = keys(path);
        let array = match self.reader().node(&self.root, &path)? {
            None if path.is_empty() => &self.root,
            None => return Ok(Vec::new()),
            Some(entry) => match &entry.value.kind {
                NodeKind::Array(array) => array,
                NodeKind::Scalar(_) => return Ok(Vec::new()),
                NodeKind::Expression(expression) => {
                    return Err(self.reader().refuse(&path, entry.value.start, *expression));
                }
            },
        };
        let entries = array.effective_entries();
        entries
            .into_iter()
            .map(|entry| {
                let key = entry.known_key().cloned();
                key.ok_or_else(|| self.reader().refuse_entry(&path, entry))
            })
            .collect()
    }
}

fn collect(reader: Reader<'_>, array: &ArrayNode, path: &mut Vec<Key>, leaves: &mut Vec<Leaf>) {
    for entry in array.effective_entries() {
        let line = reader.line(entry.start);
        let Some(key) = entry.known_key() else {
            let value = Err(reader.refuse_entry(path, entry));
            leaves.push(Leaf {
                path: path.clone(),
                line,
                value,
            });
            continue;
        };
        path.push(key.clone());
        match &entry.value.kind {
            NodeKind::Array(inner) if !inner.entries.is_empty() => {
                collect(reader, inner, path, leaves);
            }
            _ => {
                let value = reader.value(&entry.value, path);
                leaves.push(Leaf {
                    path: path.clone(),
                    line,
                    value,
                });
            }
        }
        path.pop();
    }
}
