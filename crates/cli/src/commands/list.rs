//! `list`: what commands there are; runs when no command is given.

use clap::{Args, ValueEnum};

use crate::console::{
    Output, UsageError, application_help, application_json, find_namespace, raw_list,
};

/// List commands
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
The <info>%command.name%</info> command lists all commands:

  <info>%command.full_name%</info>

You can also display the commands for a specific namespace:

  <info>%command.full_name% admin</info>

You can also output the information in other formats by using the <comment>--format</comment> option:

  <info>%command.full_name% --format=json</info>

It's also possible to get raw list of commands (useful for embedding command runner):

  <info>%command.full_name% --raw</info>")]
pub struct Arguments {
    /// The namespace name
    namespace: Option<String>,
    /// To output raw command list
    #[arg(long)]
    raw: bool,
    /// The output format (txt or json)
    #[arg(long, value_enum, default_value = "txt")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Txt,
    Json,
}

/// Lists the visible commands under `root` on standard output.
///
/// # Errors
/// The namespace is unknown or ambiguous.
pub fn run(arguments: &Arguments, root: &clap::Command, output: &Output) -> Result<(), UsageError> {
    let typed = arguments.namespace.as_deref();
    let namespace = typed.map(|typed| find_namespace(root, typed)).transpose()?;
    match arguments.format {
        Format::Json => output.result(application_json(root, namespace.as_deref()).to_string()),
        Format::Txt if arguments.raw => output.result(raw_list(root, namespace.as_deref())),
        Format::Txt => output.result(application_help(root, namespace.as_deref())),
    }
    Ok(())
}
