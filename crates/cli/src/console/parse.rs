//! Lets clap parse what `invocation.rs` left, and says what was wrong in Symfony's words.
//!
//! Rule: no value that was typed is repeated, except a surplus word and one outside a list of choices
//! (as Symfony does): it may be a secret.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Error, Subcommand};

use super::catalogue::{Command, OptionValue, command_named};
use super::usage::{UsageError, unknown_option, value_not_accepted, value_required};

/// The commands of `C`, with clap's own help, version and suggestions switched off.
#[must_use]
pub fn model<C: Subcommand>() -> clap::Command {
    C::augment_subcommands(clap::Command::new("postern"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_required(true)
        .args_override_self(true)
        .mut_subcommands(|command| {
            command
                .disable_help_flag(true)
                .disable_version_flag(true)
                .args_override_self(true)
        })
}

/// Parses the words that [`super::read`] left into a command of `C`, by the [`model`] that was read
/// with.
///
/// # Errors
/// An option or argument is unknown, missing or malformed.
pub fn parse<C: Subcommand>(
    mut root: clap::Command,
    arguments: &[OsString],
) -> Result<C, UsageError> {
    let typed = arguments
        .get(1)
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    let command = command_named(&root, &typed)
        .ok_or_else(|| UsageError::new(format!("Command \"{typed}\" is not defined.")))?;
    root.try_get_matches_from_mut(arguments)
        .and_then(|matches| C::from_arg_matches(&matches))
        .map_err(|error| UsageError::of(&command, sentence(&error, &command, arguments)))
}

fn sentence(error: &Error, command: &Command, arguments: &[OsString]) -> String {
    let named = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let option = option_name(&named);
    match error.kind() {
        ErrorKind::UnknownArgument => unknown(command, &named, arguments),
        ErrorKind::InvalidValue => invalid_value(error, option),
        ErrorKind::TooManyValues => value_not_accepted(option),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            value_required(option)
        }
        ErrorKind::MissingRequiredArgument => missing(error, command),
        ErrorKind::ValueValidation => refused(error, &named),
        ErrorKind::ArgumentConflict => conflict(error, option),
        ErrorKind::InvalidUtf8 => "An argument is not valid UTF-8.".to_owned(),
        _ => "The arguments cannot be understood.".to_owned(),
    }
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

fn unknown(command: &Command, word: &str, arguments: &[OsString]) -> String {
    let options_end = arguments
        .iter()
        .position(|one| one == "--")
        .unwrap_or(arguments.len());
    let before_end = arguments.iter().take(options_end);
    let is_option = word.starts_with('-')
        && before_end
            .filter_map(|one| one.to_str())
            .any(|one| one.starts_with(word));
    let names: Vec<&str> = command
        .arguments
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    if is_option {
        unknown_option(word)
    } else if names.is_empty() {
        format!(
            "No arguments expected for \"{}\" command, got \"{word}\".",
            command.name
        )
    } else {
        let (name, names) = (&command.name, names.join("\" \""));
        format!("Too many arguments to \"{name}\" command, expected arguments \"{names}\".")
    }
}

fn invalid_value(error: &Error, option: &str) -> String {
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    let choices = text(error, ContextKind::ValidValue).unwrap_or_default();
    if value.is_empty() {
        return value_required(option);
    }
    match option {
        "--format" => format!("Unsupported format \"{value}\"; supported formats: {choices}."),
        _ if choices.is_empty() => refused(error, option),
        _ => format!(
            "The value \"{value}\" of {} is not one of: {choices}.",
            label(option)
        ),
    }
}

fn refused(error: &Error, named: &str) -> String {
    let reason = std::error::Error::source(error).map(ToString::to_string);
    let option = option_name(named);
    match reason.as_deref().map(|reason| reason.trim_end_matches('.')) {
        Some(reason) => format!("The value of {} is not valid: {reason}.", label(option)),
        None => format!("The value of {} is not valid.", label(option)),
    }
}

/// `--try <TIME>` is `--try`; an argument stays as clap writes it.
fn option_name(named: &str) -> &str {
    let end = if named.starts_with('-') {
        named.find([' ', '=', '['])
    } else {
        None
    };
    named.get(..end.unwrap_or(named.len())).unwrap_or(named)
}

fn label(named: &str) -> String {
    if named.starts_with('-') {
        format!("the \"{named}\" option")
    } else {
        format!("the argument \"{}\"", bare(named))
    }
}

/// `<USERNAME>...` is `username`.
fn bare(named: &str) -> String {
    named
        .trim_matches(|sign| "<>[].".contains(sign))
        .to_lowercase()
        .replace('_', "-")
}

fn missing(error: &Error, command: &Command) -> String {
    let all = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    if let Some(option) = all.iter().find(|one| one.starts_with('-')) {
        let option = option.split(' ').next().unwrap_or_default();
        return format!("The \"{option}\" option is required.");
    }
    let bare: Vec<String> = all.iter().map(|one| self::bare(one)).collect();
    let in_order = command.arguments.iter().map(|one| one.name.clone());
    let mut names: Vec<String> = in_order.filter(|name| bare.contains(name)).collect();
    if names.is_empty() {
        names = bare;
    }
    format!("Not enough arguments (missing: \"{}\").", names.join(", "))
}

fn conflict(error: &Error, option: &str) -> String {
    let others = text(error, ContextKind::PriorArg).unwrap_or_default();
    let others: Vec<&str> = others
        .split(", ")
        .filter_map(|one| one.split(' ').next())
        .collect();
    format!(
        "The \"{option}\" option cannot be used together with \"{}\".",
        others.join("\", \"")
    )
}

/// Whether the word after the option `token` of `command` is its value.
#[must_use]
pub(super) fn takes_next_word(command: &Command, token: &str) -> bool {
    let named = command
        .options
        .iter()
        .find(|option| option.is_named_by(token));
    token.starts_with('-') && named.is_some_and(|option| option.value != OptionValue::None)
}
