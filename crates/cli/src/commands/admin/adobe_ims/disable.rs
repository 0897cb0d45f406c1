//! `admin:adobe-ims:disable`: the way back in. Nothing stands between the operator and it: no
//! question is asked, and the one line that Commerce prints is all there is on standard output.

use super::report;
use crate::commands::format::Format;
use crate::context::Context;
use crate::failure::Failure;
use service::switch::disable::{self, Options};

/// What Commerce prints, to the letter.
const DISABLED: &str = "Admin Adobe IMS integration is disabled.";

/// Disable Adobe IMS Module
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Commerce's own sign-in and password policies hold again at once, on every \
server. The Organization ID, Client ID and Client Secret leave the database and the configuration \
files; sessions opened with an Adobe ID end.

  postern admin:adobe-ims:disable --dry-run   show what would change, and who could sign in
  postern admin:adobe-ims:disable --notify    mail a link to those who must set a password"
)]
pub struct Arguments {
    /// Show what would change and who could sign in afterwards; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Mail everybody who has no usable password a link to set one
    #[arg(long)]
    notify: bool,
    /// Go on even if a stored value cannot be decrypted, and so cannot be searched for afterwards
    #[arg(long)]
    discard_unreadable: bool,
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.open(1).await?;
    let options = Options {
        dry_run: arguments.dry_run,
        notify: arguments.notify,
        discard_unreadable: arguments.discard_unreadable,
    };
    let receipt = disable::disable(&app, options).await?;
    app.database().close().await;
    match arguments.format {
        Format::Json => arguments.format.print(&receipt, &context.output)?,
        Format::Txt => {
            if !arguments.dry_run && receipt.unfinished.is_none() {
                context.output.result(DISABLED);
            }
            report::receipt(&receipt, &context.output);
        }
    }
    receipt.unfinished.map_or(Ok(()), |why| Err(why.into()))
}
