//! `admin:adobe-ims:status`.

use crate::commands::format::Format;
use crate::context::Context;
use crate::failure::Failure;
use domain::sign_in_mode::SignInMode;
use service::switch::status;

/// Status of Adobe IMS Module
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let status = status::status(&app).await?;
    app.database().close().await;
    if arguments.format == Format::Json {
        return arguments.format.print(&status, &context.output);
    }
    let word = if status.mode() == SignInMode::AdobeIms {
        "enabled"
    } else {
        "disabled"
    };
    context
        .output
        .result(format!("Admin Adobe IMS integration is {word}"));
    context
        .output
        .note(format!("Since {}, by {}.", status.since, status.changed_by));
    if let Some(issuer) = &status.issuer {
        let told = format!("The provider is {issuer}.");
        context.output.note(told);
    }
    if let Some(seconds) = status.trial_seconds_left {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        context.output.warning(format!(
            "On trial: it reverts in {minutes} min {seconds} s, unless an admin with full rights \
             signs in through it."
        ));
    }
    for disagreement in &status.disagreements {
        context.output.warning(disagreement.clone());
    }
    Ok(())
}
