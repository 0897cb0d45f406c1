//! `security:tfa:reset`.

use crate::context::Context;
use crate::failure::Failure;
use service::second_factor::remove;

/// Reset configuration for one user
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Takes what the person has set up with the provider away, and with the last of it \
the recovery codes. Sessions of the person end. Who has nothing left sets something up at the next \
sign-in, by a link that is mailed or that security:tfa:configure-link prints.

  postern security:tfa:reset ann google   the authenticator app
  postern security:tfa:reset ann u2fkey   every security key and passkey"
)]
pub struct Arguments {
    /// Username
    user: String,
    /// Provider code
    provider: String,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let Arguments { user, provider } = arguments;
    let provider = remove::reset_named(&app, &user, &provider).await?;
    app.database().close().await;
    let name = provider.name();
    context
        .output
        .result(format!("Provider {name} has been reset for user {user}"));
    Ok(())
}
