//! The log: structured lines on standard error, for the server; commands log warnings only. What
//! is never logged: passwords, secrets, tokens, cookies, session ids, reset links.

use crate::console::{Globals, Verbosity};
use tracing_subscriber::EnvFilter;

/// Begins logging. `filter` is the variable `POSTERN_LOG`, in the usual syntax of such filters.
pub(crate) fn start(globals: &Globals, filter: Option<&str>) {
    let default = match globals.verbosity {
        Verbosity::Quiet => "off",
        Verbosity::Normal => "warn,postern=info,service=info,web=info",
        Verbosity::Verbose => "info",
        _ => "debug",
    };
    let filter =
        EnvFilter::try_new(filter.unwrap_or(default)).unwrap_or_else(|_| EnvFilter::new(default));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(globals.ansi.unwrap_or(false))
        .finish();
    // Fails only where a test has begun logging before.
    let _ = tracing::subscriber::set_global_default(lines);
}
