//! `admin:adobe-ims:enable`: changes nothing until the provider has accepted both the client ID
//! and the secret, and says beforehand who would be locked out.

mod settings;

use super::report;
use crate::commands::format::Format;
use crate::context::Context;
use crate::failure::Failure;
use jiff::SignedDuration;
use openid::RequiredClaim;
use secrecy::SecretString;
use service::switch::enable::{self, Enabled, Options};
use std::path::PathBuf;

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
through it within that time.

Any OpenID provider can stand in for Adobe. The Organization ID is then the value that a claim of \
your people must hold:

  postern admin:adobe-ims:enable --issuer https://id.example.com/realms/shop \\
      --organization-claim groups --organization-id shop-admins --client-id shop \\
      --role-claim groups --map-role editors=Content --map-role owners=Administrators"
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
    /// Sign in at this OpenID provider instead of Adobe: its issuer, to the letter
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    /// The claim that stands for belonging to the organization; it must hold the Organization ID
    #[arg(long, value_name = "NAME", conflicts_with = "everybody")]
    organization_claim: Option<String>,
    /// Let everybody in whom the OpenID provider signs in, whatever organization they belong to
    #[arg(long)]
    everybody: bool,
    /// Ask the OpenID provider for this scope; can be given several times [default: openid email profile]
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// Let nobody in whose ID token does not say so, such as amr=mfa; of several, one is enough
    #[arg(long = "second-factor", value_name = "CLAIM=VALUE", value_parser = settings::claim)]
    second_factor: Vec<RequiredClaim>,
    /// Show the OpenID provider the ID token of whoever signs out, in the address, if it needs that
    #[arg(long)]
    id_token_hint: bool,
    /// The claim that names the role of an admin
    #[arg(long, value_name = "NAME")]
    role_claim: Option<String>,
    /// Give this role to whose role claim holds the value; can be given several times
    #[arg(long = "map-role", value_name = "VALUE=ROLE", value_parser = settings::role)]
    roles: Vec<(String, String)>,
    /// Make an account, without rights unless its role is mapped, for members whom nobody knows yet
    #[arg(long)]
    provision: bool,
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
    // Settling a trial or an interrupted switch would change something.
    let app = match arguments.dry_run {
        true => context.open(2).await?,
        false => context.app().await?,
    };
    let settings = if arguments.dry_run {
        settings::warn_of_seen_secret(&arguments, context);
        None
    } else {
        Some(settings::read(&mut arguments, context)?)
    };
    let preview = enable::preview(&app).await?;
    if arguments.dry_run {
        enable::rehearse(&app).await?;
    }
    if arguments.format == Format::Txt {
        if arguments.dry_run {
            context.output.note("Nothing was changed.");
        }
        let account = match arguments.issuer {
            Some(_) => "at the provider",
            None => "with an Adobe ID",
        };
        tell_prospects(&preview, account, context);
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
    tell(&enabled, arguments.format, context)?;
    enabled.unfinished.map_or(Ok(()), |why| Err(why.into()))
}

fn tell(enabled: &Enabled, format: Format, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    if format == Format::Json {
        return format.print(enabled, output);
    }
    if enabled.unfinished.is_none() {
        output.result("Admin Adobe IMS integration is enabled");
    }
    if let Some(revoked) = enabled.revoked {
        report::at_provider("Provider", revoked, output);
    }
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

/// Who could not sign in any more; `account` completes "could not sign in …".
fn tell_prospects(preview: &enable::Preview, account: &str, context: &Context) {
    let output = &context.output;
    for admin in preview
        .admins
        .iter()
        .filter(|admin| admin.adobe_obstacle.is_some())
    {
        let email = admin.email.as_deref().unwrap_or_default();
        output.warning(match admin.adobe_obstacle {
            Some("shared_mail") => format!(
                "{} could not sign in {account}: another admin has the address {email}, too",
                admin.username
            ),
            _ => format!(
                "{} could not sign in {account}: there is no usable mail address",
                admin.username
            ),
        });
    }
    if !preview
        .admins
        .iter()
        .any(|admin| admin.has_full_rights && admin.adobe_obstacle.is_none())
    {
        output.warning(format!(
            "No admin with full rights could sign in {account}."
        ));
    }
    report::admins(&preview.admins, true, output);
    output.note("");
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
