//! Runs a program and stops it, or makes it fail, at exactly the N-th of its calls that write.
//!
//! `strace` can inject the same faults, but counts the calls of each thread by itself: the second
//! thread's first write cannot be reached once the first thread has made one. Here all threads of
//! the program are counted together, so that no call is out of reach.

mod call;
mod connection;
mod process;
mod registers;

pub use call::{Call, Kind, Place};
pub use nix::errno::Errno;
pub use process::run;

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `SIGKILL` in place of the call.
    Kill,
    /// Half of what was to be written is, then `SIGKILL`.
    KillHalfWay,
    /// The call does nothing and returns the error.
    Fail(Errno),
    /// So does every later call that this error can befall: a full or a dying disk.
    FailFromHere(Errno),
    /// The connection that is to be written to is lost, for both its ends.
    Cut,
    /// So is every later one: a server, or the way to it, is gone.
    CutFromHere,
}

/// A fault and the number of the call that it befalls, counted from one.
#[derive(Clone, Copy, Debug)]
pub struct Injection {
    /// What happens.
    pub fault: Fault,
    /// At which of the calls that write.
    pub at: usize,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With this exit code.
    Exited(i32),
    /// By `SIGKILL`.
    Killed,
    /// It had to be killed, since it did not end.
    Hung,
}

/// What a program did.
#[derive(Debug)]
pub struct Trace {
    /// Every call that writes, in the order in which they began.
    pub calls: Vec<Call>,
    /// Whether the program came as far as the call that was to fail.
    pub injected: bool,
    /// How it ended.
    pub end: End,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}
