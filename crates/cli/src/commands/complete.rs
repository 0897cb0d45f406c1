//! `_complete`: hidden; the completion scripts ask it what may come next on a command line.
//!
//! One candidate a line, its description after a tabulator. It reads no instance and never fails.

use clap::Args;

use super::completion::Shell;
use crate::console::{Output, after_word_break, candidates, split_line};

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
    let words = match arguments.shell {
        Shell::Bash => arguments
            .words
            .iter()
            .flat_map(|line| split_line(line))
            .collect(),
        Shell::Zsh | Shell::Fish => arguments.words.clone(),
    };
    let typed = words.last().map(String::as_str).unwrap_or_default();
    for candidate in candidates(root, &words) {
        let value = after_word_break(&candidate.value, typed, &arguments.breaks);
        output.result(format!("{value}\t{}", candidate.description));
    }
}
