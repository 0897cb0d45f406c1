//! `security:tfa:configure-link`: the way into an instance that sends no mail.

use crate::console::Output;
use crate::context::Context;
use crate::failure::Failure;
use secrecy::ExposeSecret;
use service::app::App;
use service::error::ServiceError;
use service::second_factor::link;

/// Print a link that lets an admin set up a second factor
#[derive(clap::Args, Debug)]
#[command(
    after_help = "For who has no second factor yet and cannot be reached by mail. The link alone \
is on standard output. It is good for an hour and once. Whoever has it can set a second factor up for this admin, so \
give it to nobody else; signing in needs the password besides."
)]
pub struct Arguments {
    /// Username
    user: String,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let link = link::make_for(&app, &arguments.user).await?;
    warn_of_address(&app, &context.output).await?;
    app.database().close().await;
    context.output.result(link.expose_secret());
    Ok(())
}

/// Says what to do about a link that does not lead to the shop.
pub(crate) async fn warn_of_address(app: &App, output: &Output) -> Result<(), ServiceError> {
    if app.configuration().await?.set_base_url()?.is_none() {
        output.warning(
            "The shop's address is not set: put it in place of http://localhost/, and set it with \
             config:set web/unsecure/base_url",
        );
    }
    Ok(())
}
