//! Symfony Console's habits on top of clap: how a command line is read and how answers look.
//!
//! The order of a run is `read` (global options, abbreviations), `Output::standard`, `parse`, then the
//! command. Rule guarded here: results go to standard output, everything for a person's eyes to
//! standard error, and wrong usage is one sentence in Symfony's words with exit code 2.
//! The texts are those of COMMERCE section 8.1; `commands/` holds the commands themselves.

mod abbreviation;
mod ask;
mod catalogue;
mod columns;
mod complete;
mod error_box;
mod globals;
mod help;
mod hidden_input;
mod input_line;
mod invocation;
mod json;
mod output;
mod parse;
pub mod reference;
mod shared_options;
mod shell_words;
mod stream;
mod suggestion;
mod synopsis;
mod terminal;
mod text;
mod usage;

pub use ask::{AskError, Questions, read_secret_line, secret_from_standard_input};
pub use catalogue::{Argument, Command, Opt, OptionValue, command_named, commands_of};
pub use columns::columns;
pub use complete::{Candidate, candidates};
pub use error_box::error_box;
pub use globals::{Globals, Verbosity, global_options};
pub use help::{application_help, command_help, raw_list};
pub use input_line::LineError;
pub use invocation::{Invocation, read, resolve};
pub use json::{application_json, command_json};
pub use output::{Capture, Output};
pub use parse::{model, parse};
pub use shared_options::{BootstrapOption, InitializationOption};
pub use shell_words::{UnfinishedLine, after_word_break, split_line};
pub use terminal::{Device, Terminal};
pub use text::{Style, Text, width};
pub use usage::UsageError;

pub(crate) use abbreviation::{find_command, find_namespace};

/// The name that `--version` prints and that help texts use for the program.
pub const APPLICATION: &str = "Postern";

/// The version of this build, as `--version` prints it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
