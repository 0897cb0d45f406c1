//! `setup:upgrade`.

use crate::console::InitializationOption;
use crate::context::Context;
use crate::failure::Failure;
use domain::sign_in_mode::SignInMode;
use service::setup::upgrade;

/// Upgrades the Magento application, DB data, and schema
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Adopts the instance: Postern's own tables (postern_*) are created or \
brought up to date. Commerce's tables are never altered. Safe to repeat."
)]
pub struct Arguments {
    #[command(flatten)]
    _initialization: InitializationOption,
}

/// Runs the command.
pub async fn run(_: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.open(2).await?;
    let upgraded = upgrade::upgrade(&app, &context.surroundings.program).await?;
    for unfinished in service::switch::resume(&app).await? {
        context.output.warning(unfinished);
    }
    app.database().close().await;
    let output = &context.output;
    output.result(match upgraded.applied.len() {
        0 => "Nothing to upgrade.".to_owned(),
        1 => "Applied 1 migration to Postern's tables.".to_owned(),
        many => format!("Applied {many} migrations to Postern's tables."),
    });
    if let Some(name) = &upgraded.passkey_domain {
        output.warning(super::bound_to(name));
    }
    if upgraded.wrote_launcher {
        output.note("Wrote bin/magento.");
    }
    output.note(match upgraded.mode {
        SignInMode::Commerce => "Admins sign in with their Commerce password.",
        SignInMode::AdobeIms => "Admins sign in with their Adobe ID (Adobe IMS is enabled).",
    });
    Ok(())
}
