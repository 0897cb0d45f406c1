//! `cache:clean`.

use crate::console::BootstrapOption;
use crate::context::Context;
use crate::failure::Failure;
use service::cache;

/// Cleans cache type(s)
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Space-separated list of cache types or omit to apply to all cache types.
    types: Vec<String>,
    #[command(flatten)]
    _bootstrap: BootstrapOption,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let cleaned = cache::clean(&app, &arguments.types).await?;
    app.database().close().await;
    context.output.result("Cleaned cache types:");
    cleaned.iter().for_each(|name| context.output.result(*name));
    Ok(())
}
