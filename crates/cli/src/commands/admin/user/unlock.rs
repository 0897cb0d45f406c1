//! `admin:user:unlock`.

use crate::context::Context;
use crate::failure::Failure;
use service::admin::unlock::{self, Unlocked};

/// Unlock Admin Account
#[derive(clap::Args, Debug)]
#[command(after_help = "This command unlocks an admin account by its username.
To unlock:
      %command.full_name% username")]
pub struct Arguments {
    /// The admin username to unlock
    username: String,
}

/// Runs the command. Commerce answers 0 in every case; a name that does not exist is refused here,
/// so that a script notices.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let unlocked = unlock::unlock(&app, &arguments.username).await?;
    app.database().close().await;
    let username = &arguments.username;
    match unlocked {
        Unlocked::Yes => {
            context
                .output
                .result(format!("The user account \"{username}\" has been unlocked"));
        }
        Unlocked::WasNotLocked => context.output.result(format!(
            "The user account \"{username}\" was not locked or could not be unlocked"
        )),
        Unlocked::NoSuchUser => {
            let sentence = format!("Couldn't find the user account \"{username}\"");
            return Err(Failure::Refused(sentence));
        }
    }
    Ok(())
}
