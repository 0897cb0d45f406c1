//! `help`: what a command does and takes; `COMMAND --help` comes here too.

use clap::{Args, ValueEnum};

use crate::console::reference::command_markdown;
use crate::console::{Output, UsageError, command_help, command_json, find_command};

/// Display help for a command
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
The <info>%command.name%</info> command displays help for a given command:

  <info>%command.full_name% list</info>

You can also output the help in other formats by using the <comment>--format</comment> option:

  <info>%command.full_name% --format=json list</info>

To display the list of available commands, please use the <info>list</info> command.")]
pub struct Arguments {
    /// The command name
    #[arg(default_value = "help")]
    command_name: String,
    /// The output format (txt, json, or md)
    #[arg(long, value_enum, default_value = "txt")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Txt,
    Json,
    Md,
}

/// Prints the help of one command under `root` on standard output.
///
/// # Errors
/// The command is unknown or ambiguous.
pub fn run(arguments: &Arguments, root: &clap::Command, output: &Output) -> Result<(), UsageError> {
    let command = find_command(root, &arguments.command_name)?;
    match arguments.format {
        Format::Txt => output.result(command_help(&command)),
        Format::Json => output.result(command_json(&command).to_string()),
        Format::Md => output.result(command_markdown(&command).trim_end()),
    }
    Ok(())
}
