//! `admin:adobe-ims:enable`: changes nothing until the provider has accepted both the client ID
//! and the secret, and says beforehand who would be locked out.

use super::report;
use crate::commands::format::Format;
use crate::console::{read_secret_line, secret_from_standard_input};
use crate::context::Context;
use crate::failure::Failure;
use jiff::SignedDuration;
use secrecy::SecretString;
use service::switch::InvalidSetting;
use service::switch::enable::{self, Enabled, Options, Settings};
use std::fs::File;
use std::path::PathBuf;

/// Commerce's own error where one of the four is missing at the end, and what to do about it.
const INCOMPLETE: &str = "The Client ID, Client Secret, Organization ID and 2FA are required when \
                          enabling the Admin Adobe IMS Module: require 2FA of the organization in \
                          the Adobe Admin Console first";

/// Neither the file nor standard input held one.
const EMPTY_SECRET: &str = "The client secret is empty: this field is required to enable the Admin \
                            Adobe IMS Module";

/// What may be given on the command line.
#[derive(clap::Args)]
#[command(
    about = "Enable Adobe IMS Module.",
    after_help = "Nothing is changed until the provider has accepted both the Client ID and \
the Client Secret.

Give the secret in one of these ways; on the command line other users of this machine can see it:

  postern admin:adobe-ims:enable ...                            asks for it, hidden
  postern admin:adobe-ims:enable --client-secret-file FILE ...
  postern admin:adobe-ims:enable --client-secret - ... < FILE

With --try 15m the integration reverts by itself, unless an admin with full rights signs in \
through it within that time."
)]
pub struct Arguments {
    /// Set Organization ID for Adobe IMS configuration. Required when enabling the module
    #[arg(short = 'o', long, num_args = 0..=1, default_missing_value = "")]
    organization_id: Option<String>,
    /// Set the client ID for Adobe IMS configuration. Required when enabling the module
    #[arg(short = 'c', long, num_args = 0..=1, default_missing_value = "")]
    client_id: Option<String>,
    /// Set the client Secret for Adobe IMS configuration. Required when enabling the module
    #[arg(short = 's', long, num_args = 0..=1, default_missing_value = "")]
    client_secret: Option<SecretString>,
    /// Check if 2FA is enabled for Organization in Adobe Admin Console. Required when enabling the module
    #[arg(short = 't', long = "2fa", num_args = 0..=1, default_missing_value = "")]
    two_factor: Option<String>,
    /// Read the client secret from this file
    #[arg(long, conflicts_with = "client_secret")]
    client_secret_file: Option<PathBuf>,
    /// Revert by itself after so long (for example 15m), unless an admin with full rights signs in
    #[arg(long = "try", value_name = "TIME", value_parser = duration)]
    trial: Option<SignedDuration>,
    /// Report who would be locked out, and stop there
    #[arg(long)]
    dry_run: bool,
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(mut arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let settings = if arguments.dry_run {
        None
    } else {
        Some(settings(&mut arguments, context)?)
    };
    let preview = enable::preview(&app).await?;
    if arguments.format == Format::Txt {
        tell_prospects(&preview, context);
    }
    let Some(settings) = settings else {
        return match arguments.format {
            Format::Json => arguments.format.print(&preview, &context.output),
            Format::Txt => Ok(()),
        };
    };
    let enabled = enable::enable(
        &app,
        settings,
        Options {
            trial: arguments.trial,
        },
    )
    .await?;
    app.database().close().await;
    tell(&enabled, arguments.format, context)
}

fn tell(enabled: &Enabled, format: Format, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    if format == Format::Json {
        return format.print(enabled, output);
    }
    output.result("Admin Adobe IMS integration is enabled");
    for warning in &enabled.warnings {
        output.warning(warning.clone());
    }
    if let Some(until) = &enabled.trial_until {
        output.warning(format!(
            "On trial until {until}: it reverts by itself, unless an admin with full rights signs \
             in through it."
        ));
    }
    Ok(())
}

fn tell_prospects(preview: &enable::Preview, context: &Context) {
    let output = &context.output;
    for admin in preview
        .admins
        .iter()
        .filter(|admin| admin.adobe_obstacle.is_some())
    {
        let email = admin.email.as_deref().unwrap_or_default();
        output.warning(match admin.adobe_obstacle {
            Some("shared_mail") => format!(
                "{} could not sign in with an Adobe ID: another admin has the address {email}, too",
                admin.username
            ),
            _ => format!(
                "{} could not sign in with an Adobe ID: there is no usable mail address",
                admin.username
            ),
        });
    }
    if !preview
        .admins
        .iter()
        .any(|admin| admin.has_full_rights && admin.adobe_obstacle.is_none())
    {
        output.warning("No admin with full rights could sign in with an Adobe ID.");
    }
    report::admins(&preview.admins, true, output);
    output.note("");
}

/// The settings from options, files and prompts, in Commerce's order.
fn settings(arguments: &mut Arguments, context: &Context) -> Result<Settings, Failure> {
    let ask = context.questions()?;
    let organization_id = match given(arguments.organization_id.take()) {
        Some(id) => {
            enable::organization_id(&id).map_err(invalid)?;
            id
        }
        None => ask.text(
            "Please enter your Organization ID:",
            "the organization ID (--organization-id)",
            |id| checked(id, enable::organization_id),
        )?,
    };
    let client_id = match given(arguments.client_id.take()) {
        Some(id) => {
            enable::client_id(&id).map_err(invalid)?;
            id
        }
        None => ask.text(
            "Please enter your Client ID:",
            "the client ID (--client-id)",
            |id| checked(id, enable::client_id),
        )?,
    };
    let client_secret = match client_secret(arguments, context)? {
        Some(secret) => {
            enable::client_secret(&secret).map_err(|why| match why {
                InvalidSetting::Empty => Failure::Refused(EMPTY_SECRET.to_owned()),
                other => invalid(other),
            })?;
            secret
        }
        None => ask.secret(
            "Please enter your Client Secret:",
            "the client secret (--client-secret-file)",
            |secret| {
                enable::client_secret(&secret)
                    .map_err(|why| why.to_string())
                    .map(|()| secret)
            },
        )?,
    };
    let confirmed = match given(arguments.two_factor.take()) {
        Some(answer) => answer.to_lowercase().starts_with('y'),
        None => ask.confirm(
            "Is 2FA enabled for Organization in Adobe Admin Console? (yes/no):",
            "the answer about 2FA (--2fa)",
            false,
        )?,
    };
    if !confirmed {
        return Err(Failure::Refused(INCOMPLETE.to_owned()));
    }
    Ok(Settings {
        organization_id,
        client_id,
        client_secret,
    })
}

fn client_secret(
    arguments: &mut Arguments,
    context: &Context,
) -> Result<Option<SecretString>, Failure> {
    use secrecy::ExposeSecret;
    if let Some(path) = &arguments.client_secret_file {
        let mut file = File::open(path).map_err(|why| {
            let path = path.display();
            Failure::Refused(format!(
                "The client secret cannot be read from {path}: {why}"
            ))
        })?;
        let what = format!("the client secret in {}", path.display());
        return Ok(Some(read_secret_line(&mut file, &what)?));
    }
    match arguments.client_secret.take() {
        Some(secret) if secret.expose_secret() == "-" => {
            Ok(Some(secret_from_standard_input("the client secret")?))
        }
        Some(secret) if !secret.expose_secret().trim().is_empty() => {
            context.output.warning(
                "A secret on the command line is seen by every user of this machine and stays in \
                 the shell's history: next time use --client-secret-file or the prompt.",
            );
            Ok(Some(secret))
        }
        _ => Ok(None),
    }
}

/// What was given is told at once, before anybody is asked for more.
fn invalid(why: InvalidSetting) -> Failure {
    Failure::Refused(why.to_string())
}

fn checked<E: ToString>(
    typed: &str,
    check: impl Fn(&str) -> Result<(), E>,
) -> Result<String, String> {
    check(typed)
        .map(|()| typed.to_owned())
        .map_err(|why| why.to_string())
}

/// An option's value, unless it is blank or `0`: then Commerce asks.
fn given(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty() && value != "0")
}

/// `15m`, `90s`, `2h`, or several of them.
fn duration(text: &str) -> Result<SignedDuration, String> {
    let duration: SignedDuration = text
        .parse()
        .map_err(|_| "write a time such as 15m, 90s or 2h".to_owned())?;
    let bounds = SignedDuration::from_mins(1)..=SignedDuration::from_hours(24);
    if bounds.contains(&duration) {
        Ok(duration)
    } else {
        Err("it must be between one minute and 24 hours".to_owned())
    }
}
