//! The options that every command takes, before or after its name.
//!
//! Rule: they are read by `invocation.rs`, before clap sees the line, so that `-q`, `--no-ansi` and
//! `--root` hold even where the rest of the line is wrong.

use std::path::PathBuf;

use super::catalogue::{Opt, OptionValue};

/// How much is said, from `-q` to `-vvv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// `-q`: nothing but errors.
    Quiet,
    /// Neither `-q` nor `-v`.
    #[default]
    Normal,
    /// `-v`.
    Verbose,
    /// `-vv`.
    VeryVerbose,
    /// `-vvv`.
    Debug,
}

/// The global options of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Globals {
    /// `-h`: answered by `read`, which turns the line into `help COMMAND`.
    pub help: bool,
    /// `-V`: print name and version, run nothing.
    pub version: bool,
    /// `-n`: ask nothing.
    pub no_interaction: bool,
    /// `-q` and `-v`.
    pub verbosity: Verbosity,
    /// `--ansi` (true), `--no-ansi` (false); `None` leaves it to the terminal.
    pub ansi: Option<bool>,
    /// `--root`: the instance's folder.
    pub root: Option<PathBuf>,
}

impl Globals {
    /// Whether questions may be asked: neither `-n` nor, as in Symfony, `-q` was given.
    #[must_use]
    pub fn interactive(&self) -> bool {
        !self.no_interaction && self.verbosity != Verbosity::Quiet
    }

    /// Takes in the switch `long`, which may repeat itself. `-q` wins over `-v`.
    pub(super) fn switch_on(&mut self, long: &str) {
        match long {
            "help" => self.help = true,
            "version" => self.version = true,
            "no-interaction" => self.no_interaction = true,
            "ansi" => self.ansi = Some(true),
            "no-ansi" => self.ansi = Some(false),
            "quiet" => self.verbosity = Verbosity::Quiet,
            "verbose" => self.verbosity = louder(self.verbosity),
            _ => {}
        }
    }
}

fn louder(verbosity: Verbosity) -> Verbosity {
    match verbosity {
        Verbosity::Quiet => Verbosity::Quiet,
        Verbosity::Normal => Verbosity::Verbose,
        Verbosity::Verbose => Verbosity::VeryVerbose,
        Verbosity::VeryVerbose | Verbosity::Debug => Verbosity::Debug,
    }
}

/// The global options as help and completion show them; ours, `--root`, comes first.
#[must_use]
pub fn global_options() -> Vec<Opt> {
    let mut root = switch("root", None, "The Commerce instance's folder");
    root.value = OptionValue::Required;
    let mut ansi = switch("ansi", None, "Force (or disable --no-ansi) ANSI output");
    ansi.negatable = true;
    vec![
        root,
        switch(
            "help",
            Some("h"),
            "Display help for the given command. When no command is given display help for the \
             <info>list</info> command",
        ),
        switch("quiet", Some("q"), "Do not output any message"),
        switch("version", Some("V"), "Display this application version"),
        ansi,
        switch(
            "no-interaction",
            Some("n"),
            "Do not ask any interactive question",
        ),
        switch(
            "verbose",
            Some("v|vv|vvv"),
            "Increase the verbosity of messages: 1 for normal output, 2 for more verbose output and \
             3 for debug",
        ),
    ]
}

fn switch(long: &str, short: Option<&str>, description: &str) -> Opt {
    Opt {
        long: long.to_owned(),
        short: short.map(str::to_owned),
        value: OptionValue::None,
        multiple: false,
        negatable: false,
        description: description.to_owned(),
        default: None,
        choices: Vec::new(),
    }
}
