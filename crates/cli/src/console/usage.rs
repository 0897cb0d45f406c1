//! Wrong usage: one sentence in Symfony's words, and the synopsis of the command it is about.
//!
//! Exit code 2. `parse.rs` makes these from clap's errors, `abbreviation.rs` from unknown names.

use super::catalogue::Command;
use super::synopsis::synopsis;

/// A command line that cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct UsageError {
    message: String,
    synopsis: Option<String>,
}

impl UsageError {
    /// Wrong usage that concerns no one command.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            synopsis: None,
        }
    }

    /// Wrong usage of `command`; its synopsis is shown below the sentence.
    #[must_use]
    pub fn of(command: &Command, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            synopsis: Some(synopsis(command)),
        }
    }

    /// The sentence; several lines where candidates are listed.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line that shows how the command is used.
    #[must_use]
    pub fn synopsis(&self) -> Option<&str> {
        self.synopsis.as_deref()
    }
}

pub(super) fn unknown_option(name: &str) -> String {
    format!("The \"{name}\" option does not exist.")
}

pub(super) fn value_required(name: &str) -> String {
    format!("The \"{name}\" option requires a value.")
}

pub(super) fn value_not_accepted(name: &str) -> String {
    format!("The \"{name}\" option does not accept a value.")
}
