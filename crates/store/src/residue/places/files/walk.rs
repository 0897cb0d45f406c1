//! Finds the files to search below an instance's root. Nothing is opened here but folders. Links
//! are followed within the root only, and nothing is listed twice, however it is linked.

use super::super::super::{Budget, Gap};
use super::super::database_file::SUFFIXES;
use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// One file to search.
pub(super) struct Candidate {
    /// Where it really is, no link in its last part.
    pub(super) path: PathBuf,
    /// Relative to the root, as a person knows it.
    pub(super) name: String,
    /// In bytes, when it was listed.
    pub(super) size: u64,
}

/// A walk and what it has met.
pub(super) struct Walk {
    root: PathBuf,
    /// The root without links, to tell whether a link leads out of it.
    real_root: PathBuf,
    /// Files of the embedded database, which must not be opened.
    forbidden: Vec<PathBuf>,
    /// Device and inode of everything met, and of the forbidden files.
    met: HashSet<(u64, u64)>,
    pub(super) files: Vec<Candidate>,
    /// What is not going to be searched, and why.
    pub(super) gaps: Vec<(String, Gap)>,
}

impl Walk {
    pub(super) fn new(root: &Path, database_file: Option<&Path>) -> Self {
        let mut walk = Self {
            root: root.to_owned(),
            real_root: real(root),
            forbidden: Vec::new(),
            met: HashSet::new(),
            files: Vec::new(),
            gaps: Vec::new(),
        };
        for suffix in SUFFIXES.iter().filter(|_| database_file.is_some()) {
            let mut path = database_file.map(real).unwrap_or_default().into_os_string();
            path.push(suffix);
            let path = PathBuf::from(path);
            if let Ok(metadata) = fs::metadata(&path) {
                walk.met.insert((metadata.dev(), metadata.ino()));
            }
            walk.forbidden.push(path);
        }
        walk
    }

    /// Lists a file of the configuration wherever links lead, if it is there.
    pub(super) fn add_configuration(&mut self, name: &str) {
        let path = self.root.join(name);
        match fs::metadata(&path) {
            Ok(metadata) => self.add(real(&path), &path, &metadata),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => self.refuse(&path, &error),
        }
    }

    /// Lists everything below `folder`. A folder that is not there holds nothing.
    pub(super) fn descend(&mut self, folder: &Path, budget: Budget) {
        let mut pending = vec![folder.to_owned()];
        while let Some(path) = pending.pop() {
            if let Err(gap) = budget.check() {
                self.gaps.push((self.name(&path), gap));
                continue;
            }
            let Some((target, metadata)) = self.resolve(&path) else {
                continue;
            };
            if !metadata.is_dir() {
                self.add(target, &path, &metadata);
            } else if self.met.insert((metadata.dev(), metadata.ino())) {
                match fs::read_dir(&target) {
                    Ok(entries) => {
                        for entry in entries {
                            match entry {
                                Ok(entry) => pending.push(path.join(entry.file_name())),
                                Err(error) => self.refuse(&path, &error),
                            }
                        }
                    }
                    Err(error) => self.refuse(&path, &error),
                }
            }
        }
    }

    /// What is at `path`, through a link if need be; nothing when that is not to be searched.
    fn resolve(&mut self, path: &Path) -> Option<(PathBuf, Metadata)> {
        let looked_up = fs::symlink_metadata(path).and_then(|metadata| {
            if !metadata.is_symlink() {
                return Ok((path.to_owned(), metadata));
            }
            let target = path.canonicalize()?;
            fs::metadata(&target).map(|metadata| (target, metadata))
        });
        match looked_up {
            Ok((target, metadata)) => {
                if target != path && !target.starts_with(&self.real_root) {
                    // A file of the configuration was listed already, whatever it links to.
                    if !self.met.contains(&(metadata.dev(), metadata.ino())) {
                        self.gaps.push((self.name(path), Gap::OutsideRoot));
                    }
                    return None;
                }
                Some((target, metadata))
            }
            // It was removed since its folder was read, or never was.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                self.refuse(path, &error);
                None
            }
        }
    }

    fn add(&mut self, target: PathBuf, path: &Path, metadata: &Metadata) {
        if self.forbidden.contains(&real(&target)) {
            return;
        }
        if !metadata.is_file() {
            self.gaps.push((self.name(path), Gap::NotAFile));
        } else if self.met.insert((metadata.dev(), metadata.ino())) {
            self.files.push(Candidate {
                name: self.name(path),
                path: target,
                size: metadata.len(),
            });
        }
    }

    fn refuse(&mut self, path: &Path, error: &std::io::Error) {
        self.gaps
            .push((self.name(path), Gap::Unreadable(error.to_string())));
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }
}

/// The path without links. Of a file that is not there the folder counts.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
        match (folder, path.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        }
    })
}
