//! Why a command did not do as asked, and the exit code that tells a script: 1 refused, 2 wrong
//! usage, 70 a fault of ours. The one place where errors become words on the terminal.

use crate::console::{AskError, Output, UsageError};
use service::error::ServiceError;

/// An unsuccessful end.
#[derive(Debug)]
pub enum Failure {
    /// The request cannot be granted; the sentence says why and what to do.
    Refused(String),
    /// The command line is wrong.
    Usage(UsageError),
    /// Something that should not happen.
    Fault(String),
}

impl Failure {
    /// Tells the person, and returns the exit code.
    pub fn tell(&self, output: &Output) -> u8 {
        match self {
            Self::Refused(sentence) => {
                output.error_box(sentence);
                1
            }
            Self::Usage(error) => {
                output.usage_error(error);
                2
            }
            Self::Fault(what) => {
                let incident = incident();
                tracing::error!(incident, fault = what, "a command failed");
                output.error_box(&format!(
                    "Postern failed: {what}. Please report this with the reference {incident}."
                ));
                70
            }
        }
    }
}

/// A reference to find a fault by, shared by the log and the terminal.
fn incident() -> String {
    service::random::text(8, b"23456789abcdefghjkmnpqrstuvwxyz").unwrap_or_default()
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let sentence = capitalized(&error.to_string());
        if error.is_fault() {
            Self::Fault(error.to_string())
        } else {
            Self::Refused(sentence)
        }
    }
}

impl From<UsageError> for Failure {
    fn from(error: UsageError) -> Self {
        Self::Usage(error)
    }
}

impl From<AskError> for Failure {
    fn from(error: AskError) -> Self {
        Self::Refused(capitalized(&error.to_string()))
    }
}

/// A sentence begins with a capital, unless it begins with a path or a name.
fn capitalized(sentence: &str) -> String {
    let first_word = sentence.split(' ').next().unwrap_or_default();
    if first_word.contains(['/', '.', ':']) {
        return sentence.to_owned();
    }
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
