//! Help and list as Symfony lays them out: COMMERCE section 8.1 has the sample.
//!
//! A command's own options come first, then `--root`, then those of Symfony. `json.rs` and
//! `reference.rs` render the same descriptions for programs and for the documentation.

use super::catalogue::{Command, Opt, OptionValue, commands_of};
use super::globals::global_options;
use super::synopsis::short_synopsis;
use super::text::{Style, Text, width};
use super::{APPLICATION, VERSION};

/// The help of one command, without a line break at its end.
#[must_use]
pub fn command_help(command: &Command) -> Text {
    let mut text = heading("Description:")
        .plain("\n  ")
        .then(Text::markup(&command.description))
        .plain("\n\n")
        .then(heading("Usage:"))
        .plain(format!("\n  {}", short_synopsis(command)));
    let options: Vec<Opt> = command
        .options
        .iter()
        .cloned()
        .chain(global_options())
        .collect();
    let column = column(command, &options);
    if !command.arguments.is_empty() {
        text = text.plain("\n\n").then(heading("Arguments:"));
        for argument in &command.arguments {
            let description = described(&argument.description, argument.default.as_deref());
            text = text.then(entry(&argument.name, description, column));
        }
    }
    text = text.plain("\n\n").then(option_list(&options, column));
    if let Some(help) = &command.help {
        text = text.plain("\n\n").then(heading("Help:")).plain("\n  ");
        text = text.then(Text::markup(help).indented("  "));
    }
    text
}

/// The list of all commands, or of those in `namespace`, without a line break at its end.
#[must_use]
pub fn application_help(root: &clap::Command, namespace: Option<&str>) -> Text {
    let options = global_options();
    let commands = listed(root, namespace);
    let column = commands
        .iter()
        .map(|command| width(&command.name))
        .max()
        .unwrap_or(0);
    let title = match namespace {
        Some(namespace) => format!("Available commands for the \"{namespace}\" namespace:"),
        None => "Available commands:".to_owned(),
    };
    let mut text = Text::new()
        .plain(format!("{APPLICATION} "))
        .styled(Style::Info, VERSION)
        .plain("\n\n")
        .then(heading("Usage:"))
        .plain("\n  command [options] [arguments]\n\n")
        .then(option_list(
            &options,
            options
                .iter()
                .map(|one| width(&label(one)))
                .max()
                .unwrap_or(0),
        ))
        .plain("\n\n")
        .then(heading(&title));
    let mut current = "";
    for command in &commands {
        let first_part = first_part(&command.name);
        if namespace.is_none() && first_part != current {
            text = text.plain("\n ").then(heading(first_part));
            current = first_part;
        }
        text = text.then(entry(
            &command.name,
            Text::markup(&command.description),
            column,
        ));
    }
    text
}

/// One line for every command, for other programs: name, blanks, description.
#[must_use]
pub fn raw_list(root: &clap::Command, namespace: Option<&str>) -> String {
    let commands = listed(root, namespace);
    let column = commands
        .iter()
        .map(|command| width(&command.name))
        .max()
        .unwrap_or(0);
    let line = |command: &Command| {
        let line = format!(
            "{:column$}   {}",
            command.name,
            Text::markup(&command.description).bare()
        );
        line.trim_end().to_owned()
    };
    commands.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Visible commands, those without a namespace first.
pub(super) fn listed(root: &clap::Command, namespace: Option<&str>) -> Vec<Command> {
    let inside = |command: &Command| {
        let Some(namespace) = namespace else {
            return true;
        };
        let rest = command.name.strip_prefix(namespace);
        rest.is_some_and(|rest| rest.starts_with(':'))
    };
    let mut commands: Vec<Command> = commands_of(root)
        .into_iter()
        .filter(|one| !one.hidden && inside(one))
        .collect();
    commands.sort_by_key(|command| command.name.contains(':'));
    commands
}

/// `admin` of `admin:user:create`; nothing for a command without a namespace.
pub(super) fn first_part(name: &str) -> &str {
    name.split_once(':')
        .map(|(first, _)| first)
        .unwrap_or_default()
}

fn heading(text: &str) -> Text {
    Text::new().styled(Style::Comment, text)
}

fn column(command: &Command, options: &[Opt]) -> usize {
    let arguments = command
        .arguments
        .iter()
        .map(|argument| width(&argument.name));
    arguments
        .chain(options.iter().map(|option| width(&label(option))))
        .max()
        .unwrap_or(0)
}

fn entry(label: &str, description: Text, column: usize) -> Text {
    let gap = " ".repeat(column.saturating_sub(width(label)) + 2);
    let indent = " ".repeat(column + 4);
    let entry = Text::new().plain("\n  ").styled(Style::Info, label);
    if description.bare().is_empty() {
        return entry;
    }
    entry.plain(gap).then(description.indented(&indent))
}

fn option_list(options: &[Opt], column: usize) -> Text {
    options.iter().fold(heading("Options:"), |text, option| {
        let mut description = described(&option.description, option.default.as_deref());
        if option.multiple {
            description = description.styled(Style::Comment, " (multiple values allowed)");
        }
        text.then(entry(&label(option), description, column))
    })
}

fn described(description: &str, default: Option<&str>) -> Text {
    let text = Text::markup(description);
    match default {
        Some(default) => text.styled(Style::Comment, format!(" [default: \"{default}\"]")),
        None => text,
    }
}

/// `-o, --organization-id[=ORGANIZATION-ID]`.
pub(super) fn label(option: &Opt) -> String {
    let short = match &option.short {
        Some(short) => format!("-{short}, "),
        None => "    ".to_owned(),
    };
    let value = match option.value {
        OptionValue::None => String::new(),
        OptionValue::Optional => format!("[={}]", option.value_name()),
        OptionValue::Required => format!("={}", option.value_name()),
    };
    let negation = if option.negatable {
        format!("|--no-{}", option.long)
    } else {
        String::new()
    };
    format!("{short}--{}{negation}{value}", option.long)
}
