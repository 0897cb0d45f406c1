//! `admin:adobe-ims:info`.

use crate::context::Context;
use crate::failure::Failure;
use service::switch::status;

/// Information of Adobe IMS Module configuration
#[derive(clap::Args, Debug)]
pub struct Arguments {}

/// Runs the command.
pub async fn run(_: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let info = status::info(&app).await?;
    app.database().close().await;
    let output = &context.output;
    let Some(info) = info else {
        output.result("Module is disabled");
        return Ok(());
    };
    let settings = &info.settings;
    if let Some(issuer) = &settings.issuer {
        output.result(format!("Issuer: {issuer}"));
    }
    output.result(format!("Client ID: {}", settings.client_id));
    // An OpenID provider has one only where a claim stands for it.
    if settings.issuer.is_none() || settings.organization.is_some() {
        output.result(format!("Organization ID: {}", settings.organization_id));
    }
    let configured = if info.has_client_secret {
        "configured"
    } else {
        "not configured"
    };
    output.result(format!("Client Secret {configured}"));
    match info.provider {
        Ok(()) => output.note("The provider accepts the Client ID and the Client Secret."),
        Err(why) => output.warning(why.to_string()),
    }
    Ok(())
}
