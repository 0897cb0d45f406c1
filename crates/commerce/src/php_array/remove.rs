//! Removing an entry: all entries with that key, their lines, and arrays that only held them.
//! Rule guarded here: nothing of the removed value stays in the file, nothing else leaves it.
//! Comments above an entry stay, the one behind it on its line goes with it.

use super::error::{EditError, NotLiteral};
use super::key::Key;
use super::layout::{
    after_blanks, after_line_break, before_blanks, end_of_line, is_first_on_line, line_start,
};
use super::lookup::{Find, join};
use super::splice::Splice;
use super::tree::{ArrayNode, Entry, EntryKey, NextIndex, NodeKind};
use super::{PhpFile, keys};

impl PhpFile {
    /// Removes what is at a path, in every entry that has its keys, and arrays above that become
    /// empty by it. `false` when nothing was there.
    ///
    /// # Errors
    /// When the value or the way to it is PHP code, or another entry would get another index. The
    /// file is then as it was.
    pub fn remove(&mut self, path: &[&str]) -> Result<bool, EditError> {
        let keys = keys(path);
        if keys.is_empty() {
            return Err(EditError::EmptyPath);
        }
        let mut splices = Vec::new();
        Removal {
            file: self,
            path: &keys,
        }
        .array(&self.root, 0, &mut splices)?;
        if splices.is_empty() {
            return Ok(false);
        }
        self.edit(splices, &keys, None)?;
        Ok(true)
    }
}

struct Removal<'t> {
    file: &'t PhpFile,
    path: &'t [Key],
}

impl Removal<'_> {
    /// Collects deletions inside `array`; true when it would be left empty, which its owner then
    /// deletes as a whole instead.
    fn array(
        &self,
        array: &ArrayNode,
        depth: usize,
        splices: &mut Vec<Splice>,
    ) -> Result<bool, EditError> {
        let Some(key) = self.path.get(depth) else {
            return Ok(false);
        };
        self.check_unknown(array, key, depth)?;
        let mut removed = Vec::with_capacity(array.entries.len());
        for entry in &array.entries {
            removed.push(entry.has_key(key) && self.entry(entry, depth, splices)?);
        }
        if !removed.contains(&true) {
            return Ok(false);
        }
        let is_emptied = !removed.contains(&false);
        if !is_emptied || depth == 0 {
            self.check_indices(array, &removed)?;
            self.delete(array, &removed, splices);
        }
        Ok(is_emptied)
    }

    /// Whether the entry as a whole goes.
    fn entry(
        &self,
        entry: &Entry,
        depth: usize,
        splices: &mut Vec<Splice>,
    ) -> Result<bool, EditError> {
        let reached = self.path.get(..=depth).unwrap_or(self.path);
        if depth + 1 == self.path.len() {
            self.file
                .reader()
                .value(&entry.value, &mut reached.to_vec())?;
            return Ok(true);
        }
        match &entry.value.kind {
            NodeKind::Array(array) => self.array(array, depth + 1, splices),
            NodeKind::Scalar(_) => Ok(false),
            NodeKind::Expression(expression) => Err(self
                .file
                .reader()
                .refuse(reached, entry.value.start, *expression)
                .into()),
        }
    }

    /// Refuses when an entry with an unknown key might hold the value too.
    fn check_unknown(&self, array: &ArrayNode, key: &Key, depth: usize) -> Result<(), NotLiteral> {
        let below = self.path.get(depth + 1..).unwrap_or_default();
        let spread = array
            .entries
            .iter()
            .find(|entry| matches!(entry.key, EntryKey::Spread));
        let culprit = spread.or(match array.find(key, below) {
            Find::Undetermined(entry) => Some(entry),
            _ => None,
        });
        let above = self.path.get(..depth).unwrap_or_default();
        culprit.map_or(Ok(()), |entry| {
            Err(self.file.reader().refuse_entry(above, entry))
        })
    }

    /// Refuses when an entry that stays would be counted differently.
    fn check_indices(&self, array: &ArrayNode, removed: &[bool]) -> Result<(), EditError> {
        let mut next = NextIndex::Fresh;
        for (entry, is_removed) in array.entries.iter().zip(removed) {
            if *is_removed {
                continue;
            }
            if let EntryKey::Automatic(index) = &entry.key
                && *index != next.index().map(Key::Int)
            {
                let line = self.file.reader().line(entry.start);
                return Err(EditError::Renumbers {
                    path: join(self.path),
                    line,
                });
            }
            next = next.after(&entry.key);
        }
        Ok(())
    }

    fn delete(&self, array: &ArrayNode, removed: &[bool], splices: &mut Vec<Splice>) {
        let last = array.entries.last().map(|entry| entry.start);
        for (entry, is_removed) in array.entries.iter().zip(removed) {
            if *is_removed {
                let is_last = last == Some(entry.start);
                let (start, end) = extent(&self.file.source, entry, is_last);
                splices.push(Splice::deletion(start, end));
            }
        }
        // Without a trailing comma before, the last entry that stays has none after.
        let had_comma = array
            .entries
            .last()
            .is_some_and(|entry| entry.comma.is_some());
        let stays = removed.iter().rposition(|is_removed| !is_removed);
        let is_last_removed = removed.last() == Some(&true);
        if let Some(comma) = stays.and_then(|place| array.entries.get(place)?.comma)
            && is_last_removed
            && !had_comma
        {
            splices.push(Splice::deletion(comma, comma + 1));
        }
    }
}

/// The bytes that go with an entry: its whole lines when nothing else is on them, else the entry,
/// its comma and the blanks that set it apart.
fn extent(source: &[u8], entry: &Entry, is_last: bool) -> (usize, usize) {
    let end = entry.end();
    let line_end = end_of_line(source, end);
    match (is_first_on_line(source, entry.start), line_end) {
        (true, Some(line_end)) => (
            line_start(source, entry.start),
            after_line_break(source, line_end),
        ),
        (true, None) => (entry.start, after_blanks(source, end)),
        (false, Some(_)) => (before_blanks(source, entry.start), end),
        (false, None) if is_last => (before_blanks(source, entry.start), end),
        (false, None) => (entry.start, after_blanks(source, end)),
    }
}
