//! `security:tfa:google:set-secret`. Commerce takes the secret on the command line, where every
//! user of the machine sees it; here it is typed or piped.

use crate::console::{UsageError, secret_from_standard_input};
use crate::context::Context;
use crate::failure::Failure;
use secrecy::{ExposeSecret, SecretString};
use service::second_factor::set_secret;

/// A secret among the arguments.
const SEEN: &str = "A secret on the command line is seen by every user of this machine and stays \
                    in the shell's history, so it is not taken: leave it out to be asked for it, \
                    or give - and pipe it in.";

/// Set the secret used for Google OTP generation.
#[derive(clap::Args)]
#[command(
    after_help = "The secret is text in base32 of at least 26 letters, as authenticator apps take \
it. It replaces the app that was there and counts at once. Sessions of the person end; their \
recovery codes and security keys stay.

  postern security:tfa:google:set-secret ann            asks for it, hidden
  postern security:tfa:google:set-secret ann - < FILE"
)]
pub struct Arguments {
    /// Username
    user: String,
    /// - to read the secret from standard input; it is asked for, hidden, where this is left out
    secret: Option<SecretString>,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let secret = secret(arguments.secret, context)?;
    let app = context.app().await?;
    set_secret::set_secret(&app, &arguments.user, &secret).await?;
    app.database().close().await;
    context.output.result("Google OTP secret has been set");
    Ok(())
}

fn secret(given: Option<SecretString>, context: &Context) -> Result<SecretString, Failure> {
    match given {
        Some(dash) if dash.expose_secret() == "-" => Ok(secret_from_standard_input("the secret")?),
        Some(_) => Err(UsageError::new(SEEN).into()),
        None => {
            let ask = context.questions()?;
            Ok(ask.secret("Secret:", "the secret", |typed| {
                match typed.expose_secret().trim().is_empty() {
                    true => Err("The value cannot be empty".to_owned()),
                    false => Ok(typed),
                }
            })?)
        }
    }
}
