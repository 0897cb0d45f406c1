//! Which system calls write, and what each of them writes to.

use super::registers::Registers;
use nix::errno::Errno;
use nix::libc;
use nix::unistd::Pid;
use std::fmt;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

/// What a call does to what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Writes bytes; only these can be done by half.
    Write,
    /// Writes several pieces of bytes.
    WriteVectored,
    /// Makes earlier writes durable.
    Sync,
    /// Opens a file for writing, or makes a file, link or folder.
    Make,
    /// Gives a file its name.
    Rename,
    /// Takes a file's name away.
    Remove,
    /// Makes a file longer or shorter.
    Resize,
    /// Changes owner or mode.
    Attributes,
}

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file or folder.
    Disk,
    /// A server.
    Socket,
    /// Standard output or standard error.
    Console,
}

/// A call that writes.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it does.
    pub kind: Kind,
    /// Where it goes.
    pub place: Place,
    /// The name of the call and of what it writes to.
    label: String,
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.label)
    }
}

impl Call {
    /// Whether an error is one that this call meets in the world: a full disk keeps nobody from
    /// removing a file, and a connection is not refused but lost.
    pub fn can_fail_with(&self, error: Errno) -> bool {
        if self.place == Place::Socket {
            return false;
        }
        let takes_space = matches!(
            self.kind,
            Kind::Write
                | Kind::WriteVectored
                | Kind::Make
                | Kind::Rename
                | Kind::Resize
                | Kind::Sync
        );
        error != Errno::ENOSPC || takes_space
    }

    /// Whether it can be done by half.
    pub fn can_be_halved(&self) -> bool {
        self.kind == Kind::Write && self.place != Place::Console
    }
}

/// The call at whose entry a thread has stopped, if it is one that writes.
pub(super) fn classify(thread: Pid, registers: &Registers) -> Option<Call> {
    let [first, second, third] = registers.arguments;
    let by_handle = |name, kind| through_handle(thread, first, name, kind);
    let by_path = |name, kind, address| through_path(thread, address, name, kind);
    match registers.number {
        libc::SYS_write => by_handle("write", Kind::Write),
        libc::SYS_pwrite64 => by_handle("pwrite64", Kind::Write),
        libc::SYS_sendto => by_handle("sendto", Kind::Write),
        libc::SYS_writev => by_handle("writev", Kind::WriteVectored),
        libc::SYS_pwritev => by_handle("pwritev", Kind::WriteVectored),
        libc::SYS_pwritev2 => by_handle("pwritev2", Kind::WriteVectored),
        libc::SYS_sendmsg => by_handle("sendmsg", Kind::WriteVectored),
        libc::SYS_fsync => by_handle("fsync", Kind::Sync),
        libc::SYS_fdatasync => by_handle("fdatasync", Kind::Sync),
        libc::SYS_sync_file_range => by_handle("sync_file_range", Kind::Sync),
        libc::SYS_ftruncate => by_handle("ftruncate", Kind::Resize),
        libc::SYS_fallocate => by_handle("fallocate", Kind::Resize),
        libc::SYS_fchmod => by_handle("fchmod", Kind::Attributes),
        libc::SYS_fchown => by_handle("fchown", Kind::Attributes),
        libc::SYS_truncate => by_path("truncate", Kind::Resize, first),
        libc::SYS_rename => by_path("rename", Kind::Rename, first),
        libc::SYS_renameat => by_path("renameat", Kind::Rename, second),
        libc::SYS_renameat2 => by_path("renameat2", Kind::Rename, second),
        libc::SYS_link => by_path("link", Kind::Make, first),
        libc::SYS_linkat => by_path("linkat", Kind::Make, second),
        libc::SYS_symlink => by_path("symlink", Kind::Make, second),
        libc::SYS_mkdir => by_path("mkdir", Kind::Make, first),
        libc::SYS_mkdirat => by_path("mkdirat", Kind::Make, second),
        libc::SYS_unlink => by_path("unlink", Kind::Remove, first),
        libc::SYS_unlinkat => by_path("unlinkat", Kind::Remove, second),
        libc::SYS_rmdir => by_path("rmdir", Kind::Remove, first),
        libc::SYS_chmod => by_path("chmod", Kind::Attributes, first),
        libc::SYS_chown => by_path("chown", Kind::Attributes, first),
        libc::SYS_fchmodat => by_path("fchmodat", Kind::Attributes, second),
        libc::SYS_fchownat => by_path("fchownat", Kind::Attributes, second),
        libc::SYS_creat => by_path("creat", Kind::Make, first),
        libc::SYS_open if opens_for_writing(second) => by_path("open", Kind::Make, first),
        libc::SYS_openat if opens_for_writing(third) => by_path("openat", Kind::Make, second),
        _ => None,
    }
}

fn opens_for_writing(flags: u64) -> bool {
    let writing = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC;
    flags & u64::from(writing.cast_unsigned()) != 0
}

/// Wake-ups between a program's own threads (eventfd and its like) are not writes.
fn through_handle(thread: Pid, handle: u64, name: &str, kind: Kind) -> Option<Call> {
    let target = fs::read_link(format!("/proc/{thread}/fd/{handle}")).ok()?;
    let target = target.to_string_lossy();
    let place = match target.as_ref() {
        _ if handle == 1 || handle == 2 => Place::Console,
        target if target.starts_with("anon_inode:") || target.starts_with("pipe:") => return None,
        target if target.starts_with("socket:") => Place::Socket,
        _ => Place::Disk,
    };
    let target = match place {
        Place::Disk => target.as_ref(),
        Place::Socket => "a server",
        Place::Console => "the terminal",
    };
    Some(Call {
        kind,
        place,
        label: format!("{name} {target}"),
    })
}

fn through_path(thread: Pid, address: u64, name: &str, kind: Kind) -> Option<Call> {
    let path = text(thread, address)?;
    if path.starts_with("/dev") || path.starts_with("/proc") {
        return None;
    }
    Some(Call {
        kind,
        place: Place::Disk,
        label: format!("{name} {}", path.display()),
    })
}

/// A path in the memory of the program.
fn text(thread: Pid, address: u64) -> Option<PathBuf> {
    let memory = fs::File::open(format!("/proc/{thread}/mem")).ok()?;
    let mut bytes = [0_u8; 4096];
    // What lies behind the text may not be readable to its end.
    let length = memory.read_at(&mut bytes, address).ok()?;
    let bytes = bytes.get(..length)?;
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some(
        String::from_utf8_lossy(bytes.get(..end)?)
            .into_owned()
            .into(),
    )
}
