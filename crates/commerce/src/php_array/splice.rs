//! Edits as replacements of byte ranges, and taking over their outcome.
//! Rule guarded here: an edited file is read again before it counts; if it does not say what was
//! asked for, the file stays as it was.

use zeroize::Zeroizing;

use super::error::EditError;
use super::key::Key;
use super::lookup::join;
use super::value::Value;
use super::{PhpFile, layout, preamble};

/// Bytes from `start` to `end` become `text`.
pub(super) struct Splice {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: Zeroizing<Vec<u8>>,
}

impl Splice {
    pub(super) fn new(start: usize, end: usize, text: Vec<u8>) -> Self {
        Self {
            start,
            end,
            text: Zeroizing::new(text),
        }
    }

    pub(super) fn deletion(start: usize, end: usize) -> Self {
        Self::new(start, end, Vec::new())
    }
}

fn apply(source: &[u8], mut splices: Vec<Splice>) -> Zeroizing<Vec<u8>> {
    splices.sort_by_key(|splice| (splice.start, splice.end));
    let added: usize = splices.iter().map(|splice| splice.text.len()).sum();
    // Grown once: a buffer that moves would leave an unwiped copy behind.
    let mut edited = Zeroizing::new(Vec::with_capacity(source.len() + added));
    let mut position = 0;
    for splice in &splices {
        edited.extend_from_slice(source.get(position..splice.start).unwrap_or_default());
        edited.extend_from_slice(&splice.text);
        position = position.max(splice.end);
    }
    edited.extend_from_slice(source.get(position..).unwrap_or_default());
    edited
}

impl PhpFile {
    /// Applies splices if the value at `path` is then `expected`.
    pub(super) fn edit(
        &mut self,
        splices: Vec<Splice>,
        path: &[Key],
        expected: Option<&Value>,
    ) -> Result<(), EditError> {
        let source = apply(&self.source, splices);
        let unsafe_edit = || EditError::Unsafe { path: join(path) };
        let root = preamble::file(&source).map_err(|_| unsafe_edit())?;
        let line_starts = layout::line_starts(&source);
        let edited = Self {
            source,
            root,
            line_starts,
            is_changed: true,
        };
        let found = match edited.reader().node(&edited.root, path) {
            Ok(Some(entry)) => Some(edited.reader().value(&entry.value, &mut path.to_vec())?),
            Ok(None) => None,
            // An unknown key beside what was removed, which was weighed before.
            Err(_) if expected.is_none() => None,
            Err(refused) => return Err(refused.into()),
        };
        if found.as_ref() != expected {
            return Err(unsafe_edit());
        }
        *self = edited;
        Ok(())
    }
}
