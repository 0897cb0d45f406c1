//! Secrets among a command's options: as they were given, from standard input, or from a prompt that
//! does not show them.

use crate::console::secret_from_standard_input;
use crate::context::Context;
use crate::failure::Failure;
use secrecy::{ExposeSecret, SecretString};

/// What an option says: `-` stands for the next line of standard input; anything else was seen by
/// everybody, which is warned of. `what` names the secret in an error, and `instead` says how to
/// give it next time.
pub(super) fn given(
    value: SecretString,
    what: &str,
    instead: &str,
    context: &Context,
) -> Result<SecretString, Failure> {
    if value.expose_secret() == "-" {
        return Ok(secret_from_standard_input(what)?);
    }
    if !value.expose_secret().is_empty() {
        context.output.warn_of_seen_secret(instead);
    }
    Ok(value)
}

/// An admin's password, asked for where `--admin-password` does not give it.
pub(super) fn admin_password(
    option: Option<SecretString>,
    context: &Context,
) -> Result<SecretString, Failure> {
    const OPTION: &str = "--admin-password";
    if let Some(value) = option {
        return given(value, OPTION, "--admin-password - or the prompt", context);
    }
    let typed = context
        .questions()?
        .secret("Admin password:", OPTION, |typed| {
            match typed.expose_secret().trim().is_empty() {
                true => Err("The value cannot be empty".to_owned()),
                false => Ok(typed),
            }
        })?;
    Ok(typed)
}
