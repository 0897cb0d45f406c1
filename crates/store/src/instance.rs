//! The instance's folder and its two configuration files. The files are PHP that others wrote:
//! they are read as data, edited in place, and replaced only whole.

use crate::atomic_file;
use commerce::configuration::ConfigFile;
use commerce::php_array::{ParseError, PhpFile};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Why an instance cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// Neither the folder nor any above it is an instance.
    #[error(
        "no Commerce instance here: {} has no app/etc/env.php, nor has any folder above it; \
         go to the instance's folder or name it with --root", .0.display()
    )]
    NotFound(PathBuf),
    /// A folder was named, but it is none.
    #[error(
        "{} is not a Commerce instance, for app/etc/env.php is missing: name the folder that has it"
    , .0.display())]
    NotAnInstance(PathBuf),
    /// A file is there but cannot be read.
    #[error("{file} cannot be read: {why}{}", advice(.why))]
    Unreadable {
        /// Which file.
        file: ConfigFile,
        /// The system's words.
        why: std::io::Error,
    },
    /// A file is not what Commerce would accept, or more than data.
    #[error("{file} cannot be used: {why}; restore or correct it")]
    Malformed {
        /// Which file.
        file: ConfigFile,
        /// What is wrong, with the line.
        why: ParseError,
    },
    /// A file cannot be replaced.
    #[error("{file} cannot be written: {why}{}", advice(.why))]
    Unwritable {
        /// Which file.
        file: ConfigFile,
        /// The system's words.
        why: std::io::Error,
    },
}

/// What to do about an error of the system's own; what [`atomic_file`] says needs no more words.
fn advice(why: &io::Error) -> &'static str {
    match why.kind() {
        _ if why.raw_os_error().is_none() => "",
        ErrorKind::PermissionDenied => "; run the command as the owner of the instance's files",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "; make room on its disk and run the command again"
        }
        _ => "",
    }
}

/// Both files, in the order in which Commerce reads them.
pub const FILES: [ConfigFile; 2] = [ConfigFile::Config, ConfigFile::Env];

/// What a file begins with that is made because a value is to go into it.
const EMPTY_FILE: &str = "<?php\nreturn [\n];\n";

/// Values in the files may be secrets: for the owner and the web server's group.
const NEW_FILE_MODE: u32 = 0o640;

/// What tells a file from one that stood in its place before. Two writes of the same length within
/// a tick of the system's clock, some milliseconds, may look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileIdentity {
    device: u64,
    number: u64,
    length: u64,
    written_at: (i64, i64),
    changed_at: (i64, i64),
}

/// An instance's folder.
#[derive(Clone, Debug)]
pub struct Instance {
    root: PathBuf,
}

impl Instance {
    /// The instance in exactly this folder.
    pub fn at(root: &Path) -> Result<Self, InstanceError> {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        // A folder that may not be looked into is told as that, not as one without the file.
        match root.join(ConfigFile::Env.to_string()).try_exists() {
            Ok(true) => Ok(Self { root }),
            Ok(false) => Err(InstanceError::NotAnInstance(root)),
            Err(why) if why.kind() == ErrorKind::NotADirectory => {
                Err(InstanceError::NotAnInstance(root))
            }
            Err(why) => Err(InstanceError::Unreadable {
                file: ConfigFile::Env,
                why,
            }),
        }
    }

    /// The instance in `folder` or in the nearest folder above it.
    pub fn above(folder: &Path) -> Result<Self, InstanceError> {
        folder
            .ancestors()
            .map(Self::at)
            .find(|found| !matches!(found, Err(InstanceError::NotAnInstance(_))))
            .unwrap_or_else(|| Err(InstanceError::NotFound(folder.to_owned())))
    }

    /// The instance's folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file of the instance is.
    pub fn path_of(&self, file: ConfigFile) -> PathBuf {
        self.root.join(file.to_string())
    }

    /// Reads and parses one of the files; nothing where `config.php` does not exist.
    pub fn read(&self, file: ConfigFile) -> Result<Option<PhpFile>, InstanceError> {
        let source = match std::fs::read(self.path_of(file)) {
            Ok(source) => source,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(why) => return Err(InstanceError::Unreadable { file, why }),
        };
        PhpFile::parse(source)
            .map(Some)
            .map_err(|why| InstanceError::Malformed { file, why })
    }

    /// Which file is there at this moment, without reading it; nothing where none can be seen.
    pub fn identity(&self, file: ConfigFile) -> Option<FileIdentity> {
        let seen = std::fs::metadata(self.path_of(file)).ok()?;
        Some(FileIdentity {
            device: seen.dev(),
            number: seen.ino(),
            length: seen.len(),
            written_at: (seen.mtime(), seen.mtime_nsec()),
            changed_at: (seen.ctime(), seen.ctime_nsec()),
        })
    }

    /// Whether one of the files could be replaced, without doing so.
    pub fn check_replaceable(&self, file: ConfigFile) -> Result<(), InstanceError> {
        atomic_file::check_replaceable(&self.path_of(file))
            .map_err(|why| InstanceError::Unwritable { file, why })
    }

    /// Removes the copies that killed editors left beside one of the files; what an editor at work
    /// has there stays. Returns how many there were.
    pub fn sweep(&self, file: ConfigFile) -> Result<u32, InstanceError> {
        let path = self.path_of(file);
        atomic_file::with_folder_lock(&self.root.join("app/etc"), || atomic_file::sweep(&path))
            .flatten()
            .map_err(|why| InstanceError::Unwritable { file, why })
    }

    /// Makes durable what an editor may have done to the files before it was killed: who finds a
    /// file in order would otherwise not know that a power cut can still bring the old one back.
    pub fn make_durable(&self) -> Result<(), InstanceError> {
        for file in FILES {
            let synced = match std::fs::canonicalize(self.path_of(file)) {
                Ok(path) => atomic_file::sync_folder(&path),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                Err(error) => Err(error),
            };
            synced.map_err(|why| InstanceError::Unwritable { file, why })?;
        }
        Ok(())
    }

    /// Edits one of the files: reads it anew, lets `change` work on it, and replaces it when that
    /// changed anything. A `config.php` that does not exist is made then. Editors of this product never interleave. Returns whether the file was
    /// written.
    pub fn edit<E: From<InstanceError>>(
        &self,
        file: ConfigFile,
        change: impl FnOnce(&mut PhpFile) -> Result<(), E>,
    ) -> Result<bool, E> {
        let path = self.path_of(file);
        let unwritable = |why| InstanceError::Unwritable { file, why };
        let folder = self.root.join("app/etc");
        atomic_file::with_folder_lock(&folder, || {
            let existing = self.read(file)?;
            let is_new = existing.is_none();
            let mut php = match existing {
                Some(php) => php,
                None => PhpFile::parse(EMPTY_FILE.into())
                    .map_err(|why| InstanceError::Malformed { file, why })?,
            };
            change(&mut php)?;
            if !php.is_changed() {
                return Ok(false);
            }
            let written = if is_new {
                atomic_file::create(&path, php.source(), NEW_FILE_MODE)
            } else {
                atomic_file::replace(&path, php.source())
            };
            written.map_err(unwritable)?;
            Ok(true)
        })
        .map_err(unwritable)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    fn instance() -> (tempfile::TempDir, Instance) {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("app/etc")).unwrap();
        std::fs::write(root.path().join("app/etc/env.php"), "<?php\nreturn [];\n").unwrap();
        let instance = Instance::at(root.path()).unwrap();
        (root, instance)
    }

    #[test]
    fn sweeping_waits_for_an_editor_at_work_and_takes_only_what_nobody_works_on() {
        let (root, instance) = instance();
        let folder = root.path().join("app/etc");
        let copy = folder.join(".env.php.postern-0011223344556677");
        let (begun, has_begun) = mpsc::channel();
        let (editor_folder, editor_copy) = (folder.clone(), copy.clone());
        let editor = std::thread::spawn(move || {
            atomic_file::with_folder_lock(&editor_folder, || {
                std::fs::write(&editor_copy, "secret").unwrap();
                begun.send(()).unwrap();
                std::thread::sleep(Duration::from_millis(200));
                std::fs::rename(&editor_copy, editor_folder.join("env.php"))
            })
        });
        has_begun.recv().unwrap();
        assert_eq!(instance.sweep(ConfigFile::Env).unwrap(), 0);
        editor.join().unwrap().unwrap().unwrap();
        std::fs::write(&copy, "secret").unwrap();
        assert_eq!(instance.sweep(ConfigFile::Env).unwrap(), 1);
        assert!(!copy.exists());
    }

    #[test]
    fn a_file_that_was_replaced_by_one_of_the_same_length_is_another_one() {
        let (root, instance) = instance();
        let file = root.path().join("app/etc/env.php");
        let first = instance.identity(ConfigFile::Env).unwrap();
        assert_eq!(instance.identity(ConfigFile::Env), Some(first.clone()));
        std::fs::write(root.path().join("new"), "<?php\nreturn [];\n").unwrap();
        std::fs::rename(root.path().join("new"), file).unwrap();
        assert_ne!(instance.identity(ConfigFile::Env), Some(first));
        assert_eq!(instance.identity(ConfigFile::Config), None);
    }

    #[test]
    fn what_was_edited_is_made_durable_even_where_one_file_is_missing() {
        let (_root, instance) = instance();
        instance.make_durable().unwrap();
    }
}
