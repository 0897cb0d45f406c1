//! Setting a value: in place where the entry exists, else as the last entry of the deepest array
//! on the way that does.
//! Rule guarded here: the file's own style is kept (brackets, indentation, line ends, trailing
//! comma), and no byte outside the edited entry changes but for one separating comma.

use super::error::EditError;
use super::key::Key;
use super::layout::{
    after_line_break, end_of_line, has_line_break, indentation, is_first_on_line, line_start,
};
use super::lookup::{Find, join};
use super::splice::Splice;
use super::tree::{ArrayNode, Entry, NodeKind};
use super::value::Value;
use super::writer::Style;
use super::{PhpFile, keys};

impl PhpFile {
    /// Sets the value at a path, creating what is missing on the way.
    ///
    /// # Errors
    /// When the present value or the way to it is PHP code, or a single value stands on the way.
    /// The file is then as it was.
    pub fn set(&mut self, path: &[&str], value: &Value) -> Result<(), EditError> {
        let keys = keys(path);
        if keys.is_empty() {
            return Err(EditError::EmptyPath);
        }
        let splices = match self.place(&keys)? {
            Place::Present(array, entry) => {
                let present = self.reader().value(&entry.value, &mut keys.clone())?;
                if present == *value {
                    return Ok(());
                }
                vec![self.replacement(array, entry, value)]
            }
            Place::Missing(array, missing) => {
                let Some((key, rest)) = missing.split_first() else {
                    return Err(EditError::EmptyPath);
                };
                self.insertion(array, key, &nested(rest, value))
            }
        };
        self.edit(splices, &keys, Some(value))
    }

    /// The deepest array on the way, and what is there.
    fn place<'t>(&'t self, keys: &'t [Key]) -> Result<Place<'t>, EditError> {
        let mut array = &self.root;
        for (depth, key) in keys.iter().enumerate() {
            let rest = keys.get(depth + 1..).unwrap_or_default();
            let entry = match array.find(key, rest) {
                Find::Entry(entry) => entry,
                Find::Absent => {
                    return Ok(Place::Missing(array, keys.get(depth..).unwrap_or_default()));
                }
                Find::Undetermined(entry) => {
                    let above = keys.get(..depth).unwrap_or_default();
                    return Err(self.reader().refuse_entry(above, entry).into());
                }
            };
            if rest.is_empty() {
                return Ok(Place::Present(array, entry));
            }
            let reached = keys.get(..=depth).unwrap_or(keys);
            let at = entry.value.start;
            match &entry.value.kind {
                NodeKind::Array(next) => array = next,
                NodeKind::Expression(expression) => {
                    return Err(self.reader().refuse(reached, at, *expression).into());
                }
                NodeKind::Scalar(_) => {
                    let line = self.reader().line(at);
                    return Err(EditError::NotAnArray {
                        path: join(reached),
                        line,
                    });
                }
            }
        }
        Err(EditError::EmptyPath)
    }

    fn replacement(&self, array: &ArrayNode, entry: &Entry, value: &Value) -> Splice {
        let mut style = self.style(array);
        style.is_tall &= is_first_on_line(&self.source, entry.start);
        let mut text = Vec::new();
        style.value(value, indentation(&self.source, entry.start), &mut text);
        Splice::new(entry.value.start, entry.value.end, text)
    }

    fn insertion(&self, array: &ArrayNode, key: &Key, value: &Value) -> Vec<Splice> {
        let style = self.style(array);
        let Some(last) = array.entries.last() else {
            return vec![self.insertion_into_empty(array, style, key, value)];
        };
        match end_of_line(&self.source, last.end()) {
            Some(at) if style.is_tall && is_first_on_line(&self.source, last.start) => {
                self.insertion_as_line(last, at, style, key, value)
            }
            _ => {
                let style = Style {
                    is_tall: false,
                    ..style
                };
                let mut text = if last.comma.is_some() {
                    b" ".to_vec()
                } else {
                    b", ".to_vec()
                };
                style.entry(key, value, b"", &mut text);
                if last.comma.is_some() {
                    text.push(b',');
                }
                vec![Splice::new(last.end(), last.end(), text)]
            }
        }
    }

    /// On a line of its own at `at`, where the line of the last entry and of the comment behind it
    /// ends.
    fn insertion_as_line(
        &self,
        last: &Entry,
        at: usize,
        style: Style<'_>,
        key: &Key,
        value: &Value,
    ) -> Vec<Splice> {
        let end = last.end();
        // In a file of mixed line ends, the one found here.
        let line_break = self.source.get(at..after_line_break(&self.source, at));
        let style = Style {
            trailing_comma: last.comma.is_some(),
            line_break: line_break
                .filter(|text| !text.is_empty())
                .unwrap_or(style.line_break),
            ..style
        };
        let indentation = indentation(&self.source, last.start);
        let mut text = [style.line_break, indentation].concat();
        style.entry(key, value, indentation, &mut text);
        if last.comma.is_some() {
            text.push(b',');
            return vec![Splice::new(at, at, text)];
        }
        if at == end {
            return vec![Splice::new(end, end, [b",".as_slice(), &text].concat())];
        }
        vec![
            Splice::new(end, end, b",".to_vec()),
            Splice::new(at, at, text),
        ]
    }

    fn insertion_into_empty(
        &self,
        array: &ArrayNode,
        style: Style<'_>,
        key: &Key,
        value: &Value,
    ) -> Splice {
        let inside = self
            .source
            .get(array.inside..array.close)
            .unwrap_or_default();
        let is_blank = inside.iter().all(u8::is_ascii_whitespace);
        let outer = indentation(&self.source, array.start);
        let inner = [outer, style.unit].concat();
        let mut text = Vec::new();
        if is_blank && style.is_tall {
            text.extend_from_slice(style.line_break);
        }
        let is_tall = style.is_tall && (is_blank || is_first_on_line(&self.source, array.close));
        if is_tall {
            text.extend_from_slice(&inner);
        }
        Style { is_tall, ..style }.entry(key, value, &inner, &mut text);
        if is_tall {
            text.extend_from_slice(if style.trailing_comma { b"," } else { b"" });
            text.extend_from_slice(style.line_break);
        }
        if is_blank {
            text.extend_from_slice(if is_tall { outer } else { b"" });
            return Splice::new(array.inside, array.close, text);
        }
        let at = if is_tall {
            line_start(&self.source, array.close)
        } else {
            array.close
        };
        Splice::new(at, at, text)
    }

    /// How the file writes arrays; brackets are those of the array that is edited.
    fn style(&self, array: &ArrayNode) -> Style<'_> {
        let root = self
            .source
            .get(self.root.inside..self.root.close)
            .unwrap_or_default();
        let opening = self
            .source
            .get(array.start..array.inside)
            .unwrap_or_default();
        let is_plain = opening
            .iter()
            .all(|byte| byte.is_ascii_alphabetic() || b" [(".contains(byte));
        Style {
            open: if is_plain { opening } else { b"array(" },
            unit: self.unit(),
            line_break: self.line_break(),
            trailing_comma: self
                .root
                .entries
                .last()
                .is_some_and(|entry| entry.comma.is_some()),
            is_keyed: false,
            is_tall: has_line_break(root) || self.root.entries.is_empty(),
            gapes: false,
        }
    }

    fn line_break(&self) -> &'static [u8] {
        let first = self.source.iter().position(|byte| *byte == b'\n');
        let before = first.and_then(|place| place.checked_sub(1));
        match before.and_then(|place| self.source.get(place)) {
            Some(b'\r') => b"\r\n",
            _ => b"\n",
        }
    }

    /// What the first entry of the file is indented with.
    fn unit(&self) -> &[u8] {
        let first = self.root.entries.first().map(|entry| entry.start);
        let indented = first.filter(|start| is_first_on_line(&self.source, *start));
        match indented.map(|start| indentation(&self.source, start)) {
            Some(unit) if !unit.is_empty() => unit,
            _ => b"    ",
        }
    }
}

enum Place<'t> {
    Present(&'t ArrayNode, &'t Entry),
    /// The keys that are missing in this array, one inside the other.
    Missing(&'t ArrayNode, &'t [Key]),
}

fn nested(keys: &[Key], value: &Value) -> Value {
    keys.iter().rev().fold(value.clone(), |inner, key| {
        Value::Array(vec![(key.clone(), inner)])
    })
}
