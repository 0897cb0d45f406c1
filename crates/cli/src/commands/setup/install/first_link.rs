//! The way into a new instance that asks for a second factor and sends no mail yet: the first admin's
//! link is told to who installs it.

use crate::commands::security::tfa::configure_link::warn_of_address;
use crate::console::Output;
use crate::context::Context;
use secrecy::{ExposeSecret, SecretString};
use service::error::ServiceError;
use service::second_factor::link;
use std::path::Path;

/// The link, where one is needed. The instance is made: what fails here is told, and the command to
/// do it with.
pub(super) async fn make(root: &Path, username: &str, context: &Context) -> Option<SecretString> {
    match try_make(root, username, context).await {
        Ok(link) => link,
        Err(error) => {
            context.output.warning(format!(
                "There is no link yet for {username} to set up a second factor with: {error}. \
                 Make one with security:tfa:configure-link {username}"
            ));
            None
        }
    }
}

async fn try_make(
    root: &Path,
    username: &str,
    context: &Context,
) -> Result<Option<SecretString>, ServiceError> {
    let app = context.open_at(root).await?;
    let link = link::make_for_newcomer(&app, username).await?;
    if link.is_some() {
        warn_of_address(&app, &context.output).await?;
    }
    app.database().close().await;
    Ok(link)
}

/// Tells it, for a person to read: on standard output a script reads the lines that it knows.
pub(super) fn tell(username: &str, link: &SecretString, output: &Output) {
    output.note(format!(
        "{username} sets up a second factor with this link, and the password. It is good for an \
         hour and once; security:tfa:configure-link {username} makes another:"
    ));
    output.note(link.expose_secret());
}
