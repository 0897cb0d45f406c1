//! The traced program: all its threads stop at the entry and the exit of every system call.

use super::call::{self, Call, Place};
use super::registers::{self, Registers};
use super::{End, Fault, Injection, Trace, connection};
use nix::errno::Errno;
use nix::libc;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// A program that takes longer than this hangs, and is killed.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is still to be done when a call returns.
#[derive(Clone, Copy)]
enum AtExit {
    Fail(Errno),
    Kill,
}

/// Runs `program` to its end, with at most one injection.
#[expect(
    clippy::zombie_processes,
    reason = "the tracer waits for it, and must be the only one"
)]
pub fn run<S: AsRef<OsStr>>(
    program: &Path,
    arguments: &[S],
    injection: Option<Injection>,
) -> Trace {
    let mut stdout = tempfile::tempfile().expect("a file for the output");
    let mut stderr = tempfile::tempfile().expect("a file for the output");
    let mut child = start(program, arguments, &stdout, &stderr);
    let leader = Pid::from_raw(child.id().cast_signed());
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(leader, options).expect("this test must be allowed to trace its own programs");
    ptrace::interrupt(leader).expect("the program stops");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(b"go\n")
        .expect("the program waits");
    let (done, is_done) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = kill(leader, Signal::SIGKILL);
            return true;
        }
        false
    });
    let mut tracer = Tracer::new(leader, injection);
    let end = tracer.follow();
    drop(done);
    assert!(
        !watch.join().expect("the watch ends"),
        "the program hung for {PATIENCE:?}"
    );
    Trace {
        calls: tracer.calls,
        injected: tracer.injected,
        end,
        stdout: text(&mut stdout),
        stderr: text(&mut stderr),
    }
}

/// Starts a shell that becomes the program once it has read a line, by which time it is traced.
fn start<S: AsRef<OsStr>>(program: &Path, arguments: &[S], stdout: &File, stderr: &File) -> Child {
    Command::new("/bin/sh")
        .args(["-c", "read -r line && exec \"$@\"", "sh"])
        .arg(program)
        .args(arguments)
        .env_clear()
        .env("USER", "tester")
        .stdin(Stdio::piped())
        .stdout(stdout.try_clone().expect("the same file"))
        .stderr(stderr.try_clone().expect("the same file"))
        .spawn()
        .expect("a shell")
}

fn text(file: &mut File) -> String {
    let mut bytes = Vec::new();
    file.rewind().expect("the beginning");
    file.read_to_end(&mut bytes)
        .expect("what the program wrote");
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Tracer {
    leader: Pid,
    injection: Option<Injection>,
    /// Calls of the shell that starts the program do not count.
    is_counting: bool,
    calls: Vec<Call>,
    injected: bool,
    at_exit: HashMap<Pid, AtExit>,
}

impl Tracer {
    fn new(leader: Pid, injection: Option<Injection>) -> Self {
        Self {
            leader,
            injection,
            is_counting: false,
            calls: Vec::new(),
            injected: false,
            at_exit: HashMap::new(),
        }
    }

    /// Goes along with the program to its end. Only what this thread traces is waited for, so
    /// that several tests may trace at once.
    fn follow(&mut self) -> End {
        let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
        loop {
            let status = match waitpid(Pid::from_raw(-1), Some(flags)) {
                Ok(status) => status,
                Err(Errno::EINTR) => continue,
                Err(error) => panic!("the traced program was lost: {error}"),
            };
            match status {
                WaitStatus::Exited(thread, code) if thread == self.leader => {
                    return End::Exited(code);
                }
                WaitStatus::Signaled(thread, ..) if thread == self.leader => return End::Killed,
                WaitStatus::PtraceSyscall(thread) => {
                    self.at_call(thread);
                    resume(thread, None);
                }
                WaitStatus::PtraceEvent(thread, _, event) => {
                    self.is_counting |= event == libc::PTRACE_EVENT_EXEC;
                    resume(thread, None);
                }
                WaitStatus::Stopped(thread, signal) => resume(thread, Some(signal)),
                _ => {}
            }
        }
    }

    fn at_call(&mut self, thread: Pid) {
        let Ok(info) = ptrace::syscall_info(thread) else {
            return;
        };
        match info.op {
            libc::PTRACE_SYSCALL_INFO_ENTRY => self.at_entry(thread),
            libc::PTRACE_SYSCALL_INFO_EXIT => match self.at_exit.remove(&thread) {
                Some(AtExit::Fail(error)) => registers::fail(thread, error),
                Some(AtExit::Kill) => self.kill(),
                None => {}
            },
            _ => {}
        }
    }

    fn at_entry(&mut self, thread: Pid) {
        if !self.is_counting {
            return;
        }
        let Some(read) = registers::read(thread) else {
            return;
        };
        let Some(call) = call::classify(thread, &read) else {
            return;
        };
        self.calls.push(call.clone());
        let Some(Injection { fault, at }) = self.injection else {
            return;
        };
        let (is_it, is_past) = (self.calls.len() == at, self.calls.len() > at);
        match fault {
            Fault::Kill if is_it => {
                self.injected = true;
                self.kill();
            }
            Fault::KillHalfWay if is_it => {
                self.injected = true;
                registers::halve(thread);
                self.at_exit.insert(thread, AtExit::Kill);
            }
            Fault::Fail(error) if is_it => self.fail(thread, error),
            // What is wrong with a disk or a server does not silence the terminal.
            Fault::FailFromHere(error)
                if is_it
                    || (is_past && call.place != Place::Console && call.can_fail_with(error)) =>
            {
                self.fail(thread, error);
            }
            Fault::Cut if is_it => self.cut(&read),
            Fault::CutFromHere if is_it || (is_past && call.place == Place::Socket) => {
                self.cut(&read);
            }
            _ => {}
        }
    }

    fn cut(&mut self, read: &Registers) {
        self.injected = true;
        connection::cut(self.leader, read.arguments[0]);
    }

    fn fail(&mut self, thread: Pid, error: Errno) {
        self.injected = true;
        registers::prevent(thread);
        self.at_exit.insert(thread, AtExit::Fail(error));
    }

    fn kill(&self) {
        kill(self.leader, Signal::SIGKILL).expect("the program is killed");
    }
}

/// Lets a thread run to its next system call. One that was killed meanwhile is gone.
fn resume(thread: Pid, signal: Option<Signal>) {
    match ptrace::syscall(thread, signal) {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(error) => panic!("a traced thread does not go on: {error}"),
    }
}
