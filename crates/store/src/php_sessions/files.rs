//! Sessions in files: `sess_<id>`, in a folder or, by PHP's `save_path`, some levels below it.
//!
//! PHP locks a session's file from the moment a request opens it and writes at the end, into the
//! file it opened; so a file that is removed while a request holds it does not come back. A file
//! in use is read all the same: until the end it holds what was stored before.

use super::{Found, Removal, Search, is_adobe, tokens_in};
use crate::blocking;
use crate::not_searched::{Gaps, NotSearched};
use commerce::php_session::AdobeTokens;
use rustix::fs::OFlags;
use secrecy::{ExposeSecret as _, SecretString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// What the name of every session's file begins with.
const PREFIX: &str = "sess_";
/// Commerce itself reads an admin's session only up to 256 kB.
const LARGEST_SESSION: u64 = 16 << 20;
/// How often a locked file is asked for again, and how long between.
const LOCK_ATTEMPTS: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// A folder in which PHP keeps sessions.
#[derive(Clone, Debug)]
pub struct SessionFolder {
    path: PathBuf,
    /// Levels of subfolders, each named by one character of the id.
    levels: u32,
}

/// A session as it was read.
struct Content {
    bytes: Zeroizing<Vec<u8>>,
    /// Whether a request held it meanwhile and may be about to write.
    is_in_use: bool,
}

impl SessionFolder {
    pub(super) fn new(path: PathBuf, levels: u32) -> Self {
        Self { path, levels }
    }

    pub(super) fn find_adobe(&self) -> Search {
        blocking::in_place(|| self.find_blocking())
    }

    pub(super) fn remove(&self, found: &Found) -> Removal {
        let removal = blocking::in_place(|| self.remove_blocking(&found.id));
        removal.unwrap_or_else(|error| Removal::Failed {
            why: error.to_string(),
        })
    }

    pub(super) fn for_each_entry(
        &self,
        visit: &mut (dyn FnMut(&str, &[u8]) + Send),
    ) -> Vec<NotSearched> {
        let place = self.path.display().to_string();
        let mut gaps = Gaps::default();
        let result = blocking::in_place(|| {
            self.for_each_session(&mut |path| match read(path) {
                Ok(Some(content)) => visit(&place, &content.bytes),
                Ok(None) => {}
                Err(error) => gaps.add(error),
            })
        });
        self.gaps(gaps, result)
    }

    fn find_blocking(&self) -> Search {
        let mut search = Search::default();
        let mut gaps = Gaps::default();
        let result = self.for_each_session(&mut |path| match read(path) {
            Ok(None) => {}
            Ok(Some(content)) => {
                search.searched += 1;
                match tokens_in(&content.bytes) {
                    Ok(Some(tokens)) => search.found.push(self.found(path, tokens)),
                    _ if content.is_in_use => gaps.add("in use by a request at this moment"),
                    Ok(None) => {}
                    Err(error) => gaps.add(error),
                }
            }
            Err(error) => gaps.add(error),
        });
        search.not_searched = self.gaps(gaps, result);
        search
    }

    fn found(&self, path: &Path, tokens: AdobeTokens) -> Found {
        let name = path.strip_prefix(&self.path).unwrap_or(path);
        Found {
            id: SecretString::from(name.to_string_lossy().into_owned()),
            tokens,
        }
    }

    fn remove_blocking(&self, id: &SecretString) -> io::Result<Removal> {
        let path = self.path.join(id.expose_secret());
        if !read(&path)?.is_some_and(|content| is_adobe(&content.bytes)) {
            return Ok(Removal::NothingToRemove);
        }
        match fs::remove_file(&path) {
            Ok(()) => Ok(Removal::Removed),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Removal::NothingToRemove),
            Err(error) => Err(error),
        }
    }

    fn gaps(&self, gaps: Gaps, walked: io::Result<()>) -> Vec<NotSearched> {
        let place = self.path.display().to_string();
        let mut not_searched = gaps.in_place(&place, "sessions");
        not_searched.extend(walked.err().map(|error| NotSearched::new(place, error)));
        not_searched
    }

    fn for_each_session(&self, visit: &mut dyn FnMut(&Path)) -> io::Result<()> {
        match walk(&self.path, self.levels, visit) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }
}

fn walk(folder: &Path, levels: u32, visit: &mut dyn FnMut(&Path)) -> io::Result<()> {
    let mut outcome = Ok(());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let kind = entry.file_type()?;
        if kind.is_dir() && levels > 0 && name.len() == 1 {
            outcome = outcome.and(walk(&entry.path(), levels - 1, visit));
        } else if kind.is_file() && name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            visit(&entry.path());
        }
    }
    outcome
}

/// Reads a session; nothing where it is gone. Links are not followed, devices not opened.
fn read(path: &Path) -> io::Result<Option<Content>> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !file.metadata()?.is_file() {
        return Ok(None);
    }
    let is_in_use = !lock(&file);
    let mut bytes = Zeroizing::new(Vec::new());
    (&file).take(LARGEST_SESSION + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_SESSION {
        return Err(io::Error::other("larger than 16 MB"));
    }
    Ok(Some(Content { bytes, is_in_use }))
}

/// Waits a moment for the request that holds the file. The lock ends with the file.
fn lock(file: &File) -> bool {
    (0..LOCK_ATTEMPTS).any(|attempt| {
        if attempt > 0 {
            std::thread::sleep(LOCK_PAUSE);
        }
        file.try_lock_shared().is_ok()
    })
}

#[cfg(test)]
mod tests;
