//! `admin:adobe-ims:residue`: the search for removed values, repeated later. The values are typed
//! at a hidden prompt; nothing is kept of them.

use super::report;
use crate::commands::format::Format;
use crate::console::secret_from_standard_input;
use crate::context::Context;
use crate::failure::Failure;
use secrecy::{ExposeSecret, SecretString};
use service::switch::residue;

/// Search the instance for a value that was removed
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Searches the database, configuration files, logs, caches and sessions for \
a value (such as the former Client Secret) in clear, base64, hex and inside encrypted values, and \
exits with 1 if it is found."
)]
pub struct Arguments {
    /// Read the value from standard input
    #[arg(long)]
    stdin: bool,
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let value = if arguments.stdin {
        secret_from_standard_input("the value")?
    } else {
        context
            .questions()?
            .secret("Value to search for:", "the value (--stdin)", non_empty)?
    };
    let residue = residue::search_everywhere(&app, value).await?;
    app.database().close().await;
    match arguments.format {
        Format::Json => arguments.format.print(&residue, &context.output)?,
        Format::Txt => report::residue(&residue, &context.output),
    }
    if residue.found.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(
            "The value is still there: see above for the places.".to_owned(),
        ))
    }
}

fn non_empty(value: SecretString) -> Result<SecretString, String> {
    if value.expose_secret().is_empty() {
        Err("Type a value.".to_owned())
    } else {
        Ok(value)
    }
}
