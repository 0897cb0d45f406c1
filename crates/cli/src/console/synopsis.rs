//! The line that shows how a command is used: `config:set [--scope [SCOPE]] [--] <path> <value>`.
//!
//! The long form stands below errors and in the reference, the short one (`[options]`) in help.

use super::catalogue::{Argument, Command, Opt, OptionValue};

/// With every option spelled out.
#[must_use]
pub(super) fn synopsis(command: &Command) -> String {
    line(command, command.options.iter().map(option_part).collect())
}

/// With `[options]` in their place.
#[must_use]
pub(super) fn short_synopsis(command: &Command) -> String {
    let options = if command.options.is_empty() {
        vec![]
    } else {
        vec!["[options]".to_owned()]
    };
    line(command, options)
}

fn line(command: &Command, options: Vec<String>) -> String {
    let mut parts = vec![command.name.clone()];
    let separator = !options.is_empty() && !command.arguments.is_empty();
    parts.extend(options);
    parts.extend(separator.then(|| "[--]".to_owned()));
    parts.extend(command.arguments.iter().map(argument_part));
    parts.join(" ")
}

fn option_part(option: &Opt) -> String {
    let short = option
        .short
        .as_ref()
        .map(|short| format!("-{short}|"))
        .unwrap_or_default();
    let value = match option.value {
        OptionValue::None => String::new(),
        OptionValue::Optional => format!(" [{}]", option.value_name()),
        OptionValue::Required => format!(" {}", option.value_name()),
    };
    format!("[{short}--{}{value}]", option.long)
}

fn argument_part(argument: &Argument) -> String {
    let several = if argument.multiple { "..." } else { "" };
    if argument.required {
        format!("<{}>{several}", argument.name)
    } else {
        format!("[<{}>{several}]", argument.name)
    }
}
