//! Replacing a file so that a reader, and whoever starts after a crash, sees the old bytes or the
//! new ones and nothing else: write beside, fsync, rename, fsync the folder.
//!
//! A file is never overwritten in place, for that is not atomic, and a replacement never takes
//! access from the file's owner. Callers that read, edit and replace hold [`with_folder_lock`].

mod attributes;

use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a temporary's name has between the file's name and its random end.
const MARK: &str = ".postern-";
/// The bit of a folder's mode with which only its owner and a file's own remove or replace a file.
const STICKY: u32 = 0o1000;
/// How long [`with_folder_lock`] waits for another editor, who holds the lock for milliseconds.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// Why a file that might seem writable is not replaced. Travels within an [`io::Error`] of kind
/// `PermissionDenied`; see [`Refusal::of`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file may be written but its folder may not, and writing in place is not atomic.
    #[error(
        "the folder {} is not writable for this user (the file is, but a file can be replaced \
         safely only through its folder)", .0.display()
    )]
    FolderNotWritable(PathBuf),
    /// The new file would belong to this user, and the owner of the old one could not read it.
    #[error(
        "{} belongs to another user, who would lose access to it; run the command as that user",
        .0.display()
    )]
    OwnerWouldLoseAccess(PathBuf),
    /// The folder has the sticky bit, and neither it nor the file is this user's.
    #[error(
        "{} belongs to another user, and in its folder only that user can replace it; run the \
         command as that user", .0.display()
    )]
    OnlyItsOwnerReplaces(PathBuf),
    /// An attribute of the file system forbids every change.
    #[error("{} is marked as unchangeable: see lsattr, and end that with chattr", .0.display())]
    Unchangeable(PathBuf),
    /// Only the file is mounted there, as containers do it, and so no other can take its name.
    #[error(
        "{} is mounted there by itself, and can be changed only where it comes from: change it \
         there, or mount its folder instead", .0.display()
    )]
    Mounted(PathBuf),
    /// The new file could not have an access list or another attribute of the old one.
    #[error(
        "{} has an access list or another attribute that would be lost: see getfacl and getfattr; \
         run the command as its owner", .0.display()
    )]
    AttributeWouldBeLost(PathBuf),
}

impl Refusal {
    /// The refusal that an error of this module carries, if it is one.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    fn into_error(self) -> io::Error {
        io::Error::new(io::ErrorKind::PermissionDenied, self)
    }
}

/// Puts `bytes` in place of the content of the file at `path`, which must exist. A symbolic link
/// is followed and stays a link. Mode, group, access lists and users' attributes are kept, the owner
/// where that is permitted.
///
/// After an error the old file is untouched and no temporary is left, with one exception: where
/// only the last step failed, syncing the folder, the new content is in place but may be lost
/// with the power.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let mut temporary = Temporary::beside(&target)?;
    temporary.file.write_all(bytes)?;
    temporary.file.sync_all()?;
    temporary.rename_to(&target)?;
    sync_folder(&target)
}

/// Writes a file that must not exist yet, with the given permission bits, as atomically as
/// [`replace`] does. An existing file is left alone: `AlreadyExists`.
pub fn create(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let (folder, name) = folder_and_name(path)?;
    let mut temporary = Temporary::create(folder, name)?;
    temporary.file.write_all(bytes)?;
    temporary
        .file
        .set_permissions(fs::Permissions::from_mode(mode & 0o7777))?;
    temporary.file.sync_all()?;
    // A link, unlike a rename, refuses to take the place of a file; the temporary goes on drop.
    fs::hard_link(&temporary.path, path)?;
    drop(temporary);
    sync_folder(path)
}

/// Whether [`replace`] could work, as far as that can be known beforehand: makes the temporary
/// with the old file's owner and mode, and removes it. For asking before anything is changed.
pub fn check_replaceable(path: &Path) -> io::Result<()> {
    Temporary::beside(&fs::canonicalize(path)?).map(drop)
}

/// Removes what earlier, killed runs left beside the file at `path`; such leftovers hold whatever
/// the file held. Returns how many there were. Call it under [`with_folder_lock`], else it takes
/// the temporary of an editor at work.
pub fn sweep(path: &Path) -> io::Result<u32> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let (folder, name) = folder_and_name(&target)?;
    let start = temporary_start(name);
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_ours = entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(start.as_encoded_bytes());
        if is_ours && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    if removed > 0 {
        File::open(folder)?.sync_all()?;
    }
    Ok(removed)
}

/// Runs `work` while holding the folder's lock, so that two editors of this product never
/// interleave. The lock is advisory, on the folder itself, and ends with the process. `ResourceBusy`
/// when another holds it for more than ten seconds.
pub fn with_folder_lock<T>(folder: &Path, work: impl FnOnce() -> T) -> io::Result<T> {
    let handle = File::open(folder)?;
    let deadline = Instant::now() + LOCK_PATIENCE;
    loop {
        match handle.try_lock() {
            Ok(()) => return Ok(work()),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(
                    io::ErrorKind::ResourceBusy,
                    format!("another process is editing files in {}", folder.display()),
                ));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// A file being written, removed again unless it was renamed.
struct Temporary {
    file: File,
    path: PathBuf,
    is_renamed: bool,
}

impl Temporary {
    /// A temporary in the folder of `target`, with its owner, group and mode.
    fn beside(target: &Path) -> io::Result<Self> {
        let (folder, name) = folder_and_name(target)?;
        let old = fs::metadata(target)?;
        if !old.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("{} is not a regular file", target.display()),
            ));
        }
        refuse_fixed(target, &old, folder)?;
        let temporary = Self::create(folder, name).map_err(|error| {
            let is_file_writable = rustix::fs::access(target, rustix::fs::Access::WRITE_OK).is_ok();
            if error.kind() == io::ErrorKind::PermissionDenied && is_file_writable {
                Refusal::FolderNotWritable(folder.to_owned()).into_error()
            } else {
                error
            }
        })?;
        attributes::forget_inherited(&temporary.file)?;
        keep_owner(&temporary.file, &old, target)?;
        // After the owner, since changing that clears bits of the mode.
        temporary
            .file
            .set_permissions(fs::Permissions::from_mode(old.mode() & 0o7777))?;
        attributes::keep(&temporary.file, target)?;
        Ok(temporary)
    }

    /// Readable by nobody else until its owner and mode are known.
    fn create(folder: &Path, name: &OsStr) -> io::Result<Self> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let mut file_name = temporary_start(name);
        file_name.push(data_encoding::HEXLOWER.encode(&random));
        let path = folder.join(file_name);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        Ok(Self {
            file,
            path,
            is_renamed: false,
        })
    }

    fn rename_to(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.is_renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.is_renamed {
            // Nothing better can be done here; `sweep` removes what is left.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Refuses a file whose name no other can take, which nothing but the rename itself would tell.
fn refuse_fixed(target: &Path, old: &Metadata, folder: &Path) -> io::Result<()> {
    let status = statx(CWD, target, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::MODE)?;
    let fixed = StatxAttributes::IMMUTABLE | StatxAttributes::APPEND;
    if status.stx_attributes.intersects(fixed) {
        return Err(Refusal::Unchangeable(target.to_owned()).into_error());
    }
    if status.stx_attributes.contains(StatxAttributes::MOUNT_ROOT) {
        return Err(Refusal::Mounted(target.to_owned()).into_error());
    }
    let folder = fs::metadata(folder)?;
    let me = rustix::process::geteuid();
    let is_mine = me.is_root() || [old.uid(), folder.uid()].contains(&me.as_raw());
    if folder.mode() & STICKY != 0 && !is_mine {
        return Err(Refusal::OnlyItsOwnerReplaces(target.to_owned()).into_error());
    }
    Ok(())
}

/// Gives `file` the owner and group of `old`; where only the group can be kept, the owner must
/// still be able to read through the group or as anybody.
fn keep_owner(file: &File, old: &Metadata, target: &Path) -> io::Result<()> {
    let new = file.metadata()?;
    if new.uid() == old.uid() {
        if new.gid() != old.gid() {
            // An owner keeps access whatever the group; losing the group could shut PHP out.
            fchown(file, None, Some(old.gid()))?;
        }
        return Ok(());
    }
    if fchown(file, Some(old.uid()), Some(old.gid())).is_ok() {
        return Ok(());
    }
    let is_group_kept = new.gid() == old.gid() || fchown(file, None, Some(old.gid())).is_ok();
    let (group_reads, others_read) = (old.mode() & 0o040 != 0, old.mode() & 0o004 != 0);
    if is_group_kept && (group_reads || others_read) {
        return Ok(());
    }
    Err(Refusal::OwnerWouldLoseAccess(target.to_owned()).into_error())
}

fn temporary_start(name: &OsStr) -> OsString {
    let mut start = OsString::from(".");
    start.push(name);
    start.push(MARK);
    start
}

fn folder_and_name(path: &Path) -> io::Result<(&Path, &OsStr)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Ok((folder, name))
}

/// Makes durable that the file at `path` has its name: a rename is durable once its folder is.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_and_name(path)?.0)?.sync_all()
}

#[cfg(test)]
mod tests;
