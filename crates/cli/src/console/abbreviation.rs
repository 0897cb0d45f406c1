//! Finds a command by its name or a unique abbreviation: `a:a:d` is `admin:adobe-ims:disable`.
//!
//! Every part between colons may be shortened to a prefix; an exact name always wins; capitals count
//! only where something matches with them. Hidden commands are found by their full name alone.
//! Behaviour and texts are Symfony's (COMMERCE section 8.1); `suggestion.rs` finds what was meant.

use super::catalogue::{Command, command_named, commands_of};
use super::suggestion::alternatives;
use super::usage::UsageError;

/// The command that `typed` stands for.
///
/// # Errors
/// No command, or more than one, goes by that name; the error lists the candidates.
pub(crate) fn find_command(root: &clap::Command, typed: &str) -> Result<Command, UsageError> {
    if let Some(command) = command_named(root, typed) {
        return Ok(command);
    }
    let visible = visible(root);
    let names: Vec<&str> = visible
        .iter()
        .map(|command| command.name.as_str())
        .collect();
    let found = matching(typed, &names);
    let as_deep = found.iter().any(|name| depth(name) == depth(typed));
    if typed.is_empty() || !as_deep {
        return Err(undefined(root, typed, &names));
    }
    let mut candidates = visible
        .iter()
        .filter(|one| found.contains(&one.name.as_str()));
    match (candidates.next(), candidates.next()) {
        (Some(only), None) => Ok(only.clone()),
        _ => Err(ambiguous(typed, &visible, &found)),
    }
}

/// The namespace that `typed` stands for, such as `admin` for `a`.
///
/// # Errors
/// No namespace, or more than one, goes by that name; the error lists the candidates.
pub(crate) fn find_namespace(root: &clap::Command, typed: &str) -> Result<String, UsageError> {
    let all = namespaces(root);
    let names: Vec<&str> = all.iter().map(String::as_str).collect();
    let found = matching(typed, &names);
    if found.contains(&typed) {
        return Ok(typed.to_owned());
    }
    match found.as_slice() {
        [] => {
            let message = format!("There are no commands defined in the \"{typed}\" namespace.");
            Err(UsageError::new(
                message + &did_you_mean(&alternatives(typed, &names)),
            ))
        }
        [only] => Ok((*only).to_owned()),
        several => Err(UsageError::new(format!(
            "The namespace \"{typed}\" is ambiguous.\nDid you mean one of these?\n    {}.",
            several.join("\n    ")
        ))),
    }
}

/// All namespaces of the visible commands, sorted: `admin`, `admin:adobe-ims`, …
#[must_use]
pub(crate) fn namespaces(root: &clap::Command) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for command in visible(root) {
        let ends = command.name.match_indices(':').map(|(end, _)| end);
        all.extend(ends.filter_map(|end| command.name.get(..end).map(str::to_owned)));
    }
    all.sort();
    all.dedup();
    all
}

fn visible(root: &clap::Command) -> Vec<Command> {
    commands_of(root)
        .into_iter()
        .filter(|command| !command.hidden)
        .collect()
}

fn undefined(root: &clap::Command, typed: &str, names: &[&str]) -> UsageError {
    if let Some((namespace, _)) = typed.rsplit_once(':')
        && let Err(error) = find_namespace(root, namespace)
    {
        return error;
    }
    let message = format!("Command \"{typed}\" is not defined.");
    UsageError::new(message + &did_you_mean(&alternatives(typed, names)))
}

fn ambiguous(typed: &str, visible: &[Command], found: &[&str]) -> UsageError {
    let widest = found.iter().map(|name| name.len()).max().unwrap_or(0);
    let lines: Vec<String> = visible
        .iter()
        .filter(|command| found.contains(&command.name.as_str()))
        .map(|command| format!("    {:widest$} {}", command.name, command.description))
        .collect();
    let lines = lines.join("\n");
    UsageError::new(format!(
        "Command \"{typed}\" is ambiguous.\nDid you mean one of these?\n{}.",
        lines.trim_end_matches('.')
    ))
}

fn did_you_mean(names: &[&str]) -> String {
    let question = match names {
        [] => return String::new(),
        [_] => "Did you mean this?",
        _ => "Did you mean one of these?",
    };
    format!("\n\n{question}\n    {}", names.join("\n    "))
}

/// The names whose first parts begin with the parts of `typed`.
fn matching<'names>(typed: &str, names: &[&'names str]) -> Vec<&'names str> {
    let with = |fold: fn(&str) -> String| -> Vec<&'names str> {
        let typed = fold(typed);
        names
            .iter()
            .copied()
            .filter(|name| is_abbreviation(&typed, &fold(name)))
            .collect()
    };
    let exact = with(str::to_owned);
    if exact.is_empty() {
        with(str::to_lowercase)
    } else {
        exact
    }
}

/// Whether every part of `typed` is a prefix of the part of `name` at the same place.
#[must_use]
pub(super) fn is_abbreviation(typed: &str, name: &str) -> bool {
    let mut parts = name.split(':');
    typed
        .split(':')
        .all(|typed| parts.next().is_some_and(|part| part.starts_with(typed)))
}

fn depth(name: &str) -> usize {
    name.matches(':').count()
}
