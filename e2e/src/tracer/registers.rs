//! A system call as the processor has it: number, arguments and result.

use nix::errno::Errno;
use nix::sys::ptrace;
use nix::unistd::Pid;

#[cfg(not(target_arch = "x86_64"))]
compile_error!("the tracer of these tests knows the registers of x86-64 only");

/// The number of a system call and its first three arguments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registers {
    pub(super) number: i64,
    pub(super) arguments: [u64; 3],
}

/// Reads them from a thread that has stopped at the entry of a call; nothing where it is gone.
pub(super) fn read(thread: Pid) -> Option<Registers> {
    let registers = ptrace::getregs(thread).ok()?;
    Some(Registers {
        number: registers.orig_rax.cast_signed(),
        arguments: [registers.rdi, registers.rsi, registers.rdx],
    })
}

/// Keeps the call at whose entry the thread has stopped from doing anything.
pub(super) fn prevent(thread: Pid) {
    if let Ok(mut registers) = ptrace::getregs(thread) {
        registers.orig_rax = u64::MAX;
        let _ = ptrace::setregs(thread, registers);
    }
}

/// Halves the number of bytes that the call is about to write.
pub(super) fn halve(thread: Pid) {
    if let Ok(mut registers) = ptrace::getregs(thread) {
        registers.rdx /= 2;
        let _ = ptrace::setregs(thread, registers);
    }
}

/// Lets the call from which the thread is about to return have failed.
pub(super) fn fail(thread: Pid, error: Errno) {
    if let Ok(mut registers) = ptrace::getregs(thread) {
        registers.rax = (-i64::from(error as i32)).cast_unsigned();
        let _ = ptrace::setregs(thread, registers);
    }
}
