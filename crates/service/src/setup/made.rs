//! What an installation has made so far. It goes again when the installation fails, so that a
//! folder is an instance or as it was before, and the same command can be tried once more.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files and folders made, oldest first; gone when dropped, unless kept.
#[derive(Default)]
pub(super) struct Made {
    paths: Vec<PathBuf>,
}

impl Made {
    /// Makes a folder and those above it that are missing.
    pub(super) fn folder(&mut self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        fs::create_dir(path)?;
        self.note(path.to_owned());
        Ok(())
    }

    /// Takes note of a file that is made now, whether it will be there or not.
    pub(super) fn note(&mut self, path: PathBuf) {
        self.paths.push(path);
    }

    /// Leaves everything in place.
    pub(super) fn keep(mut self) {
        self.paths.clear();
    }
}

impl Drop for Made {
    /// A folder into which somebody else has put something stays.
    fn drop(&mut self) {
        for path in self.paths.iter().rev() {
            // What cannot be removed is empty or of no use, and stands in nobody's way.
            let _ = if path.is_dir() {
                fs::remove_dir(path)
            } else {
                fs::remove_file(path)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_goes_and_what_was_there_stays() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("app")).unwrap();
        let mut made = Made::default();
        made.folder(&root.path().join("app/etc")).unwrap();
        made.folder(&root.path().join("var/log")).unwrap();
        made.folder(&root.path().join("data")).unwrap();
        fs::write(root.path().join("data/of-somebody-else"), "").unwrap();
        made.note(root.path().join("never-made"));
        drop(made);
        assert!(root.path().join("app").exists() && !root.path().join("app/etc").exists());
        assert!(!root.path().join("var").exists());
        assert!(root.path().join("data/of-somebody-else").exists());
    }

    #[test]
    fn what_is_kept_stays() {
        let root = tempfile::tempdir().unwrap();
        let mut made = Made::default();
        made.folder(&root.path().join("app/etc")).unwrap();
        made.keep();
        assert!(root.path().join("app/etc").exists());
    }
}
