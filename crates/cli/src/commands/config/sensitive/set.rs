//! `config:sensitive:set`.

use crate::commands::config::scope::ScopeOptions;
use crate::commands::given_secret;
use crate::context::Context;
use crate::failure::Failure;
use secrecy::{ExposeSecret, SecretString};
use service::config::sensitive;

/// Set sensitive configuration values
#[derive(clap::Args)]
#[command(
    after_help = "The value goes into app/etc/env.php. It is asked for, hidden, where it is \
not given; - reads it from standard input."
)]
pub struct Arguments {
    /// Configuration path for example group/section/field_name
    path: Option<String>,
    /// Configuration value
    value: Option<SecretString>,
    /// Enable interactive mode to set all sensitive variables
    #[arg(short = 'i', long)]
    interactive: bool,
    #[command(flatten)]
    scope: ScopeOptions,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let scope = arguments.scope.scope()?;
    let app = context.app().await?;
    if arguments.interactive {
        context
            .output
            .note("Please set configuration values or skip them by pressing [Enter]:");
        for path in sensitive::PATHS {
            let question = format!("{path}:");
            let typed = context.questions()?.secret(&question, "the value", Ok)?;
            if !typed.expose_secret().is_empty() {
                let untold = sensitive::set(&app, &scope, path, &typed).await?;
                untold
                    .into_iter()
                    .for_each(|where_to| context.output.warning(where_to));
            }
        }
        context
            .output
            .result("Configuration values saved in app/etc/env.php");
        return Ok(());
    }
    let path = match arguments.path {
        Some(path) => path,
        None => context
            .questions()?
            .text("Please enter config path:", "the path", |typed| {
                Ok(typed.trim().to_owned())
            })?,
    };
    let value = match arguments.value {
        Some(value) => given_secret::given(value, "the value", "- or the prompt", context)?,
        None => context
            .questions()?
            .secret("Please enter value:", "the value", Ok)?,
    };
    let untold = sensitive::set(&app, &scope, &path, &value).await?;
    context
        .output
        .result("Configuration value saved in app/etc/env.php");
    untold
        .into_iter()
        .for_each(|where_to| context.output.warning(where_to));
    Ok(())
}
