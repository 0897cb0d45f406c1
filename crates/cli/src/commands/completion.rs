//! `completion`: the script that lets a shell complete `postern`, `magento` and `bin/magento`.
//!
//! The scripts hold no names; they ask `_complete` (`complete.rs`), so they never go stale.

use clap::{Args, ValueEnum};

use crate::console::Output;

/// Dump the shell completion script
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
The <info>%command.name%</info> command dumps the shell completion script required to use shell \
autocompletion (bash, zsh and fish are supported).

To load it in the current shell:

  <info>source <(%command.full_name% bash)</info>
  <info>source <(%command.full_name% zsh)</info>
  <info>%command.full_name% fish | source</info>

To load it in every shell from now on:

  <info>%command.full_name% bash > /etc/bash_completion.d/postern</info>
  <info>%command.full_name% zsh > /usr/local/share/zsh/site-functions/_postern</info>
  <info>%command.full_name% fish > /etc/fish/completions/postern.fish</info>")]
pub struct Arguments {
    /// The shell type (bash, zsh or fish)
    #[arg(value_enum, default_value = "bash")]
    shell: Shell,
}

/// A shell that we can complete in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU bash 4 or newer, with or without the bash-completion package.
    Bash,
    /// Z shell 5 or newer, with its completion system.
    Zsh,
    /// fish 3 or newer.
    Fish,
}

/// Prints the script for one shell on standard output.
pub fn run(arguments: &Arguments, output: &Output) {
    let script = match arguments.shell {
        Shell::Bash => include_str!("completion/postern.bash"),
        Shell::Zsh => include_str!("completion/postern.zsh"),
        Shell::Fish => include_str!("completion/postern.fish"),
    };
    output.result(script.trim_end());
}
