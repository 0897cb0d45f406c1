//! `config:set`.

use super::scope::ScopeOptions;
use crate::context::Context;
use crate::failure::Failure;
use service::config::set::{self, Target};

/// Change system configuration
#[derive(clap::Args, Debug)]
#[command(
    after_help = "The Organization ID, Client ID, Client Secret and the flag of the Adobe \
IMS integration are changed by admin:adobe-ims:enable and :disable alone."
)]
pub struct Arguments {
    /// Configuration path in format section/group/field_name
    path: String,
    /// Configuration value
    value: String,
    #[command(flatten)]
    scope: ScopeOptions,
    /// Lock value which prevents modification in the Admin (will be saved in app/etc/env.php)
    #[arg(short = 'e', long)]
    lock_env: bool,
    /// Lock and share value with other installations, prevents modification in the Admin (will be saved in app/etc/config.php)
    #[arg(short = 'c', long)]
    lock_config: bool,
    /// Deprecated, use the --lock-env option instead.
    #[arg(short = 'l', long)]
    lock: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let target = match (arguments.lock_config, arguments.lock_env || arguments.lock) {
        (true, _) => Target::ConfigFile,
        (false, true) => Target::EnvFile,
        (false, false) => Target::Database,
    };
    let scope = arguments.scope.scope()?;
    let app = context.app().await?;
    let untold = set::set(&app, &scope, &arguments.path, &arguments.value, target).await?;
    app.database().close().await;
    context.output.result(match target {
        Target::Database => "Value was saved.",
        Target::EnvFile => "Value was saved in app/etc/env.php and locked.",
        Target::ConfigFile => "Value was saved in app/etc/config.php and locked.",
    });
    untold
        .into_iter()
        .for_each(|where_to| context.output.warning(where_to));
    Ok(())
}
