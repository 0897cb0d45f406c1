//! `admin:identity:unlink`.

use crate::context::Context;
use crate::failure::Failure;
use service::sign_in::identities::{self, Where};

/// Forget which identity at the provider is an admin's
#[derive(clap::Args, Debug)]
#[command(
    after_help = "For somebody who has another account at the provider now. Sessions that the \
forgotten identities opened end, and web API tokens of theirs are no longer taken. The next sign-in \
links anew, by the verified address: see to it first that the former account no longer has it.
To unlink:
      %command.full_name% username"
)]
pub struct Arguments {
    /// The admin username; or the number that admin:identity:list shows where the account is gone
    username: String,
    /// The identities at every provider, not only at the present one
    #[arg(long)]
    all: bool,
}

/// Runs the command. Where nothing was linked, nothing is to be done, and that is told.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let place = match arguments.all {
        true => Where::EveryProvider,
        false => Where::PresentProvider,
    };
    let app = context.app().await?;
    let unlinked = identities::unlink(&app, &arguments.username, place).await?;
    app.database().close().await;
    let output = &context.output;
    let identities = u64::try_from(unlinked.identities).unwrap_or(u64::MAX);
    let forgotten = counted(identities, "identity", "identities");
    output.result(format!("{forgotten} forgotten."));
    let ended = counted(unlinked.sessions, "session", "sessions");
    output.result(format!("{ended} ended."));
    if unlinked.others > 0 {
        output.note("Identities at other providers stay: see admin:identity:list, and --all.");
    }
    Ok(())
}

fn counted(count: u64, one: &str, several: &str) -> String {
    match count {
        0 => format!("No {one}"),
        1 => format!("1 {one}"),
        more => format!("{more} {several}"),
    }
}
