//! `config:show`.

use super::scope::ScopeOptions;
use crate::context::Context;
use crate::failure::Failure;
use service::config::show;

/// Shows configuration value for given path. If path is not specified, all saved values will be shown
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Configuration path, for example section_id/group_id/field_id
    path: Option<String>,
    #[command(flatten)]
    scope: ScopeOptions,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let scope = arguments.scope.scope()?;
    let app = context.app().await?;
    let values = show::show(&app, &scope, arguments.path.as_deref()).await?;
    app.database().close().await;
    for value in values {
        let exact = arguments.path.as_deref() == Some(value.path.as_str());
        context.output.result(if exact {
            value.text
        } else {
            format!("{} - {}", value.path, value.text)
        });
    }
    Ok(())
}
