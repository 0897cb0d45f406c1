//! Work that waits for the disk or for another process, done where it is needed: a change of
//! threads costs more than most of it. On a server's runtime the other tasks of the thread are
//! handed on first.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Does `work` on this thread.
pub(crate) fn in_place<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
