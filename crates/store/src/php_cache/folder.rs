//! A cache in files, `var/cache` unless the settings name another folder.
//!
//! `Cm_Cache_Backend_File` keeps entry `id` as `<name>--<digits of md5(id)>/<name>---<id>`, a head
//! line and then the data, and for each tag an index of ids in `<name>-tags/<name>---<tag>`.
//! Cleaning goes by the heads, which are always true, and leaves the indexes alone: Commerce
//! itself tolerates ids that are gone, but loses entries that are missing from them.
//! Commerce 2.4.9 can use Symfony's layout, `<prefix>/…`, whose tags are not beside the data:
//! there an entry of any tag goes.

use super::compression::{self, LARGEST_ENTRY};
use super::entry_head;
use super::selection::{IdPrefix, Selection};
use std::fs::{self, DirEntry, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// A folder that holds cache entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CacheFolder {
    pub(super) path: PathBuf,
    pub(super) prefix: IdPrefix,
    /// Whether it is this machine's copy of a remote cache. Copies carry no tags, so they go as a
    /// whole; they are fetched again when needed.
    pub(super) is_copy: bool,
}

/// An entry's bytes before compression, or why they cannot be had.
pub(super) type Readable = Result<Vec<u8>, String>;

/// Told of each file: its path, the entry's id (empty where the name does not tell), its layout.
type Visitor<'a> = dyn FnMut(&Path, &str, Layout) -> io::Result<()> + 'a;

/// How a file belongs to the cache.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Tagged,
    Symfony,
}

impl CacheFolder {
    /// How reports name it.
    pub(super) fn name(&self) -> String {
        let copy = if self.is_copy { " (local copy)" } else { "" };
        format!("{}{copy}", self.path.display())
    }

    /// Removes the selected entries and returns how many there were.
    pub(super) fn clean(&self, selection: &Selection) -> io::Result<u64> {
        let mut removed = 0;
        self.for_each_file(&mut |path, id, layout| {
            let is_selected = match layout {
                Layout::Symfony => true,
                Layout::Tagged if self.is_copy => self.prefix.strip(id).is_some(),
                Layout::Tagged => {
                    selection.has_id(&self.prefix, id) || self.has_selected_tag(path, selection)?
                }
            };
            if is_selected {
                removed += remove(path)?;
            }
            Ok(())
        })?;
        Ok(removed)
    }

    /// Removes all entries and indexes and returns how many entries there were.
    pub(super) fn flush(&self) -> io::Result<u64> {
        // Indexes first, so that no entry outlives its index.
        let indexes = self.remove_indexes();
        let mut removed = 0;
        self.for_each_file(&mut |path, _, _| {
            removed += remove(path)?;
            Ok(())
        })?;
        indexes.map(|()| removed)
    }

    fn remove_indexes(&self) -> io::Result<()> {
        for folder in list(&self.path)? {
            let name = folder.file_name();
            let is_index =
                name.as_encoded_bytes().ends_with(b"-tags") || name == "tags" || name == "idtags";
            if is_index && folder.file_type()?.is_dir() {
                visit_all(&folder.path(), &mut |path| remove(path).map(drop))?;
            }
        }
        Ok(())
    }

    /// Hands every entry to `visit`: its path, and its bytes before compression or why not.
    pub(super) fn for_each_entry(&self, visit: &mut dyn FnMut(&Path, Readable)) -> io::Result<()> {
        self.for_each_file(&mut |path, _, _| {
            match read(path) {
                Ok(None) => {}
                Ok(Some(content)) => visit(path, content.map_err(str::to_owned)),
                Err(error) => visit(path, Err(error.to_string())),
            }
            Ok(())
        })
    }

    fn has_selected_tag(&self, path: &Path, selection: &Selection) -> io::Result<bool> {
        let tags = match File::open(path).and_then(entry_head::read_tags) {
            Ok(tags) => tags.unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(tags.iter().any(|tag| selection.has_tag(&self.prefix, tag)))
    }

    /// Visits every file that is an entry: all of them, even after a failure, and then the first
    /// failure is returned.
    fn for_each_file(&self, visit: &mut Visitor<'_>) -> io::Result<()> {
        let mut outcome = Ok(());
        for entry in list(&self.path)? {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_folder = entry.file_type()?.is_dir();
            let result = if is_folder && self.prefix.strip(&name) == Some("") {
                visit_all(&entry.path(), &mut |path| visit(path, "", Layout::Symfony))
            } else if is_folder && name.contains("--") {
                visit_entries(&entry.path(), visit)
            } else {
                visit_entry(&entry, visit)
            };
            outcome = outcome.and(result);
        }
        outcome
    }
}

fn visit_entries(folder: &Path, visit: &mut Visitor<'_>) -> io::Result<()> {
    let mut outcome = Ok(());
    for entry in list(folder)? {
        outcome = outcome.and(visit_entry(&entry, visit));
    }
    outcome
}

fn visit_entry(entry: &DirEntry, visit: &mut Visitor<'_>) -> io::Result<()> {
    let name = entry.file_name();
    match name.to_string_lossy().split_once("---") {
        Some((_, id)) if entry.file_type()?.is_file() => visit(&entry.path(), id, Layout::Tagged),
        _ => Ok(()),
    }
}

fn visit_all(folder: &Path, visit: &mut dyn FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    let mut outcome = Ok(());
    for entry in list(folder)? {
        let kind = entry.file_type()?;
        let result = if kind.is_dir() {
            visit_all(&entry.path(), visit)
        } else if kind.is_file() {
            visit(&entry.path())
        } else {
            Ok(())
        };
        outcome = outcome.and(result);
    }
    outcome
}

/// What is in a folder; a folder that is not there, or no more, is empty.
fn list(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Removes a file; returns 1, or 0 where somebody else was quicker.
fn remove(path: &Path) -> io::Result<u64> {
    match fs::remove_file(path) {
        Ok(()) => Ok(1),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Head and data of an entry; nothing where it is gone.
fn read(path: &Path) -> io::Result<Option<Result<Vec<u8>, &'static str>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut content = Vec::new();
    file.take(LARGEST_ENTRY + 1).read_to_end(&mut content)?;
    if content.len() as u64 > LARGEST_ENTRY {
        return Ok(Some(Err("larger than 64 MB")));
    }
    let head_length = content
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(0, |line_end| line_end + 1);
    let data = content.get(head_length..).unwrap_or_default();
    let decoded = match compression::decode(data) {
        Ok(std::borrow::Cow::Borrowed(_)) => None,
        Ok(std::borrow::Cow::Owned(decoded)) => Some(decoded),
        Err(why) => return Ok(Some(Err(why))),
    };
    Ok(Some(Ok(decoded.unwrap_or(content))))
}

#[cfg(test)]
mod tests;
