//! The commands as a person sees them, taken from clap: names, arguments, options, texts.
//!
//! Rule: help, list, completion, reference and synopsis all read this one description, so that they
//! cannot disagree. `globals.rs` holds the options that every command takes.

use clap::ArgAction;

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The full name, such as `admin:adobe-ims:disable`.
    pub name: String,
    /// One line on what it does.
    pub description: String,
    /// The longer text below the options, with `<info>` and `<comment>` marks.
    pub help: Option<String>,
    /// Arguments in their order.
    pub arguments: Vec<Argument>,
    /// The command's own options in their order.
    pub options: Vec<Opt>,
    /// Hidden commands are found by their full name only and appear in no list.
    pub hidden: bool,
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name in angle brackets.
    pub name: String,
    /// One line on its meaning.
    pub description: String,
    /// Whether the command refuses to run without it.
    pub required: bool,
    /// Whether it takes all words that follow.
    pub multiple: bool,
    /// The value that stands when the argument is not given.
    pub default: Option<String>,
    /// What completion offers.
    pub choices: Vec<String>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// The name without the dashes.
    pub long: String,
    /// The letters after one dash, `v|vv|vvv` for one that can be repeated.
    pub short: Option<String>,
    /// Whether a value follows.
    pub value: OptionValue,
    /// Whether it may be given several times.
    pub multiple: bool,
    /// Whether `--no-NAME` exists as well.
    pub negatable: bool,
    /// One line on its meaning.
    pub description: String,
    /// The value that stands when the option is not given.
    pub default: Option<String>,
    /// What completion offers as a value.
    pub choices: Vec<String>,
}

/// Whether an option takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// It is a switch.
    None,
    /// `--name` and `--name=VALUE` both stand.
    Optional,
    /// `--name=VALUE` only.
    Required,
}

impl Opt {
    /// The value as help shows it: the option's name in capitals.
    #[must_use]
    pub fn value_name(&self) -> String {
        self.long.to_uppercase()
    }

    /// Whether `token` (`--name` or the last letter of `-abc`) is this option.
    #[must_use]
    pub fn is_named_by(&self, token: &str) -> bool {
        match token.strip_prefix("--") {
            Some(long) => long == self.long,
            None => self.short.is_some() && token.chars().last() == self.letter(),
        }
    }

    /// The letter after one dash.
    #[must_use]
    pub fn letter(&self) -> Option<char> {
        self.short.as_deref()?.chars().next()
    }
}

/// All commands under `root`, sorted by name.
#[must_use]
pub fn commands_of(root: &clap::Command) -> Vec<Command> {
    let mut commands: Vec<Command> = root.get_subcommands().map(describe).collect();
    commands.sort_by(|left, right| left.name.cmp(&right.name));
    commands
}

/// The command of exactly that name.
#[must_use]
pub fn command_named(root: &clap::Command, name: &str) -> Option<Command> {
    root.find_subcommand(name).map(describe)
}

fn describe(command: &clap::Command) -> Command {
    let shown = || {
        command
            .get_arguments()
            .filter(|argument| !argument.is_hide_set())
    };
    Command {
        name: command.get_name().to_owned(),
        description: command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default(),
        help: longer_text(command),
        arguments: shown()
            .filter(|one| one.is_positional())
            .map(describe_argument)
            .collect(),
        options: shown()
            .filter(|one| !one.is_positional())
            .filter_map(describe_option)
            .collect(),
        hidden: command.is_hide_set(),
    }
}

fn longer_text(command: &clap::Command) -> Option<String> {
    let text = match command
        .get_after_help()
        .or_else(|| command.get_after_long_help())
    {
        Some(after) => after.to_string(),
        None => {
            let long = command.get_long_about()?.to_string();
            let about = command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            let rest = long.strip_prefix(&about).unwrap_or(&long);
            rest.trim_start_matches('.').to_owned()
        }
    };
    let text = text.trim_matches('\n').trim_end();
    let text = text.replace("%command.name%", command.get_name()).replace(
        "%command.full_name%",
        &format!("postern {}", command.get_name()),
    );
    (!text.is_empty()).then_some(text)
}

fn describe_argument(argument: &clap::Arg) -> Argument {
    Argument {
        name: argument.get_id().as_str().replace('_', "-"),
        description: argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
        required: argument.is_required_set(),
        multiple: takes_several(argument),
        default: default_value(argument),
        choices: choices(argument),
    }
}

fn describe_option(argument: &clap::Arg) -> Option<Opt> {
    let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    let optional = argument
        .get_num_args()
        .is_some_and(|range| range.min_values() == 0);
    let value = match (takes_value, optional) {
        (false, _) => OptionValue::None,
        (true, true) => OptionValue::Optional,
        (true, false) => OptionValue::Required,
    };
    Some(Opt {
        long: argument.get_long()?.to_owned(),
        short: argument.get_short().map(String::from),
        value,
        multiple: takes_several(argument),
        negatable: false,
        description: argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
        default: if takes_value {
            default_value(argument)
        } else {
            None
        },
        choices: if takes_value {
            choices(argument)
        } else {
            Vec::new()
        },
    })
}

fn default_value(argument: &clap::Arg) -> Option<String> {
    let values = argument.get_default_values().iter();
    let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
    (!values.is_empty() && !argument.is_hide_default_value_set()).then(|| values.join(","))
}

fn takes_several(argument: &clap::Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Append)
        || argument
            .get_num_args()
            .is_some_and(|range| range.max_values() > 1)
}

fn choices(argument: &clap::Arg) -> Vec<String> {
    argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect()
}
