//! `_complete`: hidden; the completion scripts ask it what may come next on a command line.
//!
//! One candidate a line, its description after a tabulator. It reads no instance and never fails.

use clap::Args;

use super::completion::Shell;
use crate::console::{Output, UnfinishedLine, after_word_break, candidates, split_line};

/// Internal command to provide shell completion suggestions
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// The shell type (bash, zsh or fish)
    #[arg(value_enum)]
    shell: Shell,
    /// Characters at which the shell cuts words
    #[arg(long, default_value = "")]
    breaks: String,
    /// The words up to the cursor; for bash the line up to the cursor
    #[arg(last = true)]
    words: Vec<String>,
}

/// Prints the candidates for the word under the cursor on standard output.
pub fn run(arguments: &Arguments, root: &clap::Command, output: &Output) {
    let line = match arguments.shell {
        Shell::Bash => split_line(&arguments.words.join(" ")),
        Shell::Zsh | Shell::Fish => UnfinishedLine {
            words: arguments.words.clone(),
            in_quotes: false,
        },
    };
    let breaks = if line.in_quotes {
        ""
    } else {
        arguments.breaks.as_str()
    };
    let typed = line.words.last().map(String::as_str).unwrap_or_default();
    for candidate in candidates(root, &line.words) {
        let value = after_word_break(&candidate.value, typed, breaks);
        output.result(format!("{value}\t{}", candidate.description));
    }
}
