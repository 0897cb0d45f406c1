//! Losing a connection of the traced program, as when a server ends or a cable is pulled out: what
//! is written fails, what is read has come to its end, and the other side sees the same.

use nix::unistd::Pid;
use rustix::process::{PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
use std::net::{Shutdown, TcpStream};

/// Cuts the connection behind a handle of the program.
pub(super) fn cut(program: Pid, handle: u64) {
    let pid = rustix::process::Pid::from_raw(program.as_raw()).expect("a process id");
    let program = pidfd_open(pid, PidfdFlags::empty()).expect("the program is there");
    // Of the register the kernel reads the lower half; what names no connection cannot be cut.
    let handle = i32::try_from(handle & 0x7fff_ffff).expect("31 bits");
    let Ok(same) = pidfd_getfd(program, handle, PidfdGetfdFlags::empty()) else {
        return;
    };
    // One that the other side has closed already is as good as cut.
    let _ = TcpStream::from(same).shutdown(Shutdown::Both);
}
