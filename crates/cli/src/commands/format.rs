//! `--format`: words for a person, JSON for a script.

use crate::console::Output;
use crate::failure::Failure;
use serde::Serialize;

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Words.
    Txt,
    /// One JSON document on standard output.
    Json,
}

impl Format {
    /// Writes `result` as JSON on standard output.
    pub fn print(self, result: &impl Serialize, output: &Output) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(result)
            .map_err(|error| Failure::Fault(error.to_string()))?;
        output.result(json);
        Ok(())
    }
}
