//! `info:adminuri`.

use crate::console::InitializationOption;
use crate::context::Context;
use crate::failure::Failure;

/// Displays the Magento Admin URI
#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    _initialization: InitializationOption,
}

/// Runs the command.
pub async fn run(_: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.open(1).await?;
    let front_name = app.front_name()?;
    app.database().close().await;
    context
        .output
        .result(format!("\nAdmin URI: /{front_name}\n"));
    Ok(())
}
