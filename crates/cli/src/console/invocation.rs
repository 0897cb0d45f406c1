//! Reads a command line the way Symfony does, before clap sees it: global options anywhere, then the
//! command by name or abbreviation; `--` ends the options; no command means `list`.
//!
//! Rule: a word that begins with a dash is never the value of the option before it, except the dash
//! alone, which stands for standard input. What is left for clap is `postern FULL-NAME ARGUMENTS…`.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use super::abbreviation::find_command;
use super::catalogue::{Command, Opt, OptionValue, command_named};
use super::globals::{Globals, global_options};
use super::usage::{UsageError, unknown_option, value_not_accepted, value_required};

/// A command line that was read.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The global options, as far as they could be read.
    pub globals: Globals,
    /// What clap is to parse: the program's name, the command's full name, its own words.
    pub arguments: Result<Vec<OsString>, UsageError>,
}

/// Reads `argv`, whose first word is the program's name, for the commands under `root`.
#[must_use]
pub fn read(argv: &[OsString], root: &clap::Command) -> Invocation {
    let words = argv.get(1..).unwrap_or_default();
    let place = place_of_name(words);
    let typed = place.and_then(|place| words.get(place));
    let command = match typed {
        Some(typed) => find_command(root, &typed.to_string_lossy()),
        None => command_named(root, "list").ok_or_else(|| UsageError::new("No command given.")),
    };
    let mut reader = Reader::new(command.as_ref().ok());
    reader.read(
        words
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != place),
    );
    let Reader {
        globals,
        own,
        wrong,
        ..
    } = reader;
    let arguments = command.and_then(|command| {
        let program = OsString::from("postern");
        if globals.help || globals.version {
            let command = if typed.is_none() {
                "list".to_owned()
            } else {
                command.name
            };
            return Ok(vec![program, "help".into(), command.into()]);
        }
        match wrong {
            Some(message) => Err(UsageError::of(&command, message)),
            None => Ok([program, command.name.into()]
                .into_iter()
                .chain(own)
                .collect()),
        }
    });
    Invocation { globals, arguments }
}

/// Only the arguments of [`read`].
///
/// # Errors
/// The command is unknown or ambiguous, or a global option is used wrongly.
pub fn resolve(argv: &[OsString], root: &clap::Command) -> Result<Vec<OsString>, UsageError> {
    read(argv, root).arguments
}

/// The place of the command's name: the first word that is neither an option nor `--root`'s value.
#[must_use]
pub(super) fn place_of_name(words: &[OsString]) -> Option<usize> {
    let mut after_root = false;
    let mut options_ended = false;
    for (place, word) in words.iter().enumerate() {
        let is_option = begins_with_dash(word) && !options_ended;
        if !is_option && !after_root {
            return Some(place);
        }
        after_root = !options_ended && word == "--root";
        options_ended |= word == "--";
    }
    None
}

fn begins_with_dash(word: &OsStr) -> bool {
    word.as_bytes().first() == Some(&b'-')
}

struct Reader<'command> {
    command: Option<&'command Command>,
    known: Vec<Opt>,
    globals: Globals,
    own: Vec<OsString>,
    wrong: Option<String>,
}

impl<'command> Reader<'command> {
    fn new(command: Option<&'command Command>) -> Self {
        let (globals, own) = (Globals::default(), Vec::new());
        Self {
            command,
            known: global_options(),
            globals,
            own,
            wrong: None,
        }
    }

    fn read<'word>(&mut self, words: impl Iterator<Item = (usize, &'word OsString)>) {
        let mut words = words.map(|(_, word)| word).peekable();
        while let Some(word) = words.next() {
            let bytes = word.as_bytes();
            if bytes == b"--" {
                self.own.push(word.clone());
                self.own.extend(words.by_ref().cloned());
            } else if word == "--root" {
                match words.next_if(|next| !begins_with_dash(next)) {
                    Some(folder) => self.globals.root = Some(folder.into()),
                    None => self.complain(value_required("--root")),
                }
            } else if let Some(long) = bytes.strip_prefix(b"--") {
                self.long_option(word, long);
            } else if bytes.len() > 1 && bytes.first() == Some(&b'-') {
                self.short_options(word);
            } else {
                self.own.push(word.clone());
            }
        }
    }

    fn long_option(&mut self, word: &OsStr, long: &[u8]) {
        let (name, value) = match long.iter().position(|byte| *byte == b'=') {
            Some(at) => (long.get(..at).unwrap_or_default(), long.get(at + 1..)),
            None => (long, None),
        };
        let name = String::from_utf8_lossy(name);
        let is_global = name == "no-ansi" || self.known.iter().any(|one| one.long == name);
        match value {
            _ if !is_global => self.own.push(word.to_owned()),
            Some(folder) if name == "root" && !folder.is_empty() => {
                self.globals.root = Some(PathBuf::from(OsString::from_vec(folder.to_vec())));
            }
            _ if name == "root" => self.complain(value_required("--root")),
            Some(_) => self.complain(value_not_accepted(&format!("--{name}"))),
            None => self.globals.switch_on(&name),
        }
    }

    /// `-nv` is `-n -v`; from the first letter that takes a value on, the word is the command's.
    fn short_options(&mut self, word: &OsStr) {
        let Some(letters) = word.to_str().and_then(|word| word.strip_prefix('-')) else {
            self.own.push(word.to_owned());
            return;
        };
        for (place, letter) in letters.char_indices() {
            if let Some(global) = self.known.iter().find(|one| one.letter() == Some(letter)) {
                let long = global.long.clone();
                self.globals.switch_on(&long);
                continue;
            }
            let own = self
                .command
                .map(|command| command.options.as_slice())
                .unwrap_or_default();
            match own.iter().find(|one| one.letter() == Some(letter)) {
                Some(option) if option.value == OptionValue::None => {
                    self.own.push(format!("-{letter}").into());
                }
                Some(_) => {
                    let rest = letters.get(place..).unwrap_or_default();
                    self.own.push(format!("-{rest}").into());
                    return;
                }
                None => {
                    self.complain(unknown_option(&format!("-{letter}")));
                    return;
                }
            }
        }
    }

    fn complain(&mut self, message: String) {
        self.wrong.get_or_insert(message);
    }
}
