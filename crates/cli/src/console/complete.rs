//! What may come next on an unfinished command line; the shells' scripts ask for it.
//!
//! Rule: it reads nothing but the line, so it is quick and works without an instance. Names are
//! found by abbreviation (`a:a:` offers all of `admin:adobe-ims:…`).

use std::ffi::OsString;

use super::abbreviation::{find_command, is_abbreviation, namespaces};
use super::catalogue::{Command, Opt};
use super::globals::global_options;
use super::help::listed;
use super::invocation::place_of_name;
use super::parse::takes_next_word;
use super::text::Text;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What replaces the word under the cursor.
    pub value: String,
    /// One line on it, possibly empty.
    pub description: String,
}

/// The candidates for the last of `words`, of which the first is the program's name.
#[must_use]
pub fn candidates(root: &clap::Command, words: &[String]) -> Vec<Candidate> {
    let Some((current, before)) = words.split_last().filter(|(_, before)| !before.is_empty())
    else {
        return Vec::new();
    };
    let before = before.get(1..).unwrap_or_default();
    let as_read: Vec<OsString> = before.iter().map(OsString::from).collect();
    let name = place_of_name(&as_read).and_then(|place| before.get(place));
    let options_ended = before.iter().any(|word| word == "--");
    let previous = before.last().map(String::as_str).unwrap_or_default();
    if previous == "--root" && !options_ended {
        return Vec::new();
    }
    let Some(name) = name else {
        return match current.starts_with('-') {
            true => options(&[], current),
            false => commands(root, current),
        };
    };
    let Ok(command) = find_command(root, name) else {
        return Vec::new();
    };
    if options_ended {
        return arguments(root, &command, before, current);
    }
    if current.starts_with('-') {
        return match current.split_once('=') {
            Some((option, value)) => values(&command, option, value, &format!("{option}=")),
            None => options(&command.options, current),
        };
    }
    if takes_next_word(&command, previous) {
        return values(&command, previous, current, "");
    }
    arguments(root, &command, before, current)
}

fn commands(root: &clap::Command, typed: &str) -> Vec<Candidate> {
    let all = listed(root, None);
    let found = all
        .into_iter()
        .filter(|command| is_abbreviation(typed, &command.name));
    found
        .map(|command| candidate(command.name, &command.description))
        .collect()
}

fn options(own: &[Opt], typed: &str) -> Vec<Candidate> {
    let mut all = Vec::new();
    for option in own.iter().cloned().chain(global_options()) {
        if option.negatable {
            all.push(candidate(
                format!("--no-{}", option.long),
                &option.description,
            ));
        }
        all.push(candidate(format!("--{}", option.long), &option.description));
    }
    all.retain(|candidate| candidate.value.starts_with(typed));
    all
}

fn values(command: &Command, option: &str, typed: &str, prefix: &str) -> Vec<Candidate> {
    let named = command.options.iter().find(|one| one.is_named_by(option));
    let choices = named
        .map(|option| option.choices.as_slice())
        .unwrap_or_default();
    let found = choices.iter().filter(|choice| choice.starts_with(typed));
    found
        .map(|choice| candidate(format!("{prefix}{choice}"), ""))
        .collect()
}

fn arguments(
    root: &clap::Command,
    command: &Command,
    before: &[String],
    typed: &str,
) -> Vec<Candidate> {
    let place = given_arguments(command, before);
    match (command.name.as_str(), place) {
        ("help", 0) => return commands(root, typed),
        ("list", 0) => {
            let found = namespaces(root)
                .into_iter()
                .filter(|name| is_abbreviation(typed, name));
            return found.map(|name| candidate(name, "")).collect();
        }
        _ => {}
    }
    let last = command
        .arguments
        .last()
        .filter(|argument| argument.multiple);
    let argument = command.arguments.get(place).or(last);
    let choices = argument
        .map(|argument| argument.choices.as_slice())
        .unwrap_or_default();
    let found = choices
        .iter()
        .filter(|choice| choice.starts_with(typed) && !before.contains(choice));
    found.map(|choice| candidate(choice.clone(), "")).collect()
}

/// How many arguments of the command stand before the cursor.
fn given_arguments(command: &Command, before: &[String]) -> usize {
    let mut previous = "";
    let mut count = 0_usize;
    let mut options_ended = false;
    for word in before {
        let is_value = previous == "--root" || takes_next_word(command, previous);
        let is_option = word.starts_with('-');
        if options_ended || !(is_option || is_value) {
            count += 1;
        }
        options_ended |= word == "--";
        previous = if options_ended { "" } else { word };
    }
    // The command's own name is among the words.
    count.saturating_sub(1)
}

fn candidate(value: String, description: &str) -> Candidate {
    let description = Text::markup(description).bare();
    let first_line = description.lines().next().unwrap_or_default();
    Candidate {
        value,
        description: first_line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::OptionValue;

    #[test]
    fn a_switch_does_not_swallow_the_next_word() {
        let command = Command {
            name: "x".to_owned(),
            description: String::new(),
            help: None,
            arguments: Vec::new(),
            options: vec![Opt {
                long: "key".to_owned(),
                short: Some("k".to_owned()),
                value: OptionValue::Required,
                multiple: false,
                negatable: false,
                description: String::new(),
                default: None,
                choices: Vec::new(),
            }],
            hidden: false,
        };
        let count = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            given_arguments(&command, &words)
        };
        assert_eq!(count("x -q a"), 1);
        assert_eq!(count("x -k a"), 0);
        assert_eq!(count("x --key=v a"), 1);
        assert_eq!(count("--root /r x -nk v a b"), 2);
        assert_eq!(count("x -- -k a"), 2);
    }
}
