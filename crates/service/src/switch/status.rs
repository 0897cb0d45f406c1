//! Which mode holds, and how it is set up. Reads only.

use super::{inventory, resume};
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::ProviderSettings;
use commerce::configuration::{ADMIN_ENABLED, OPENID_ISSUER};
use domain::sign_in_mode::{SignInMode, Trial};
use openid::TrialRefused;
use secrecy::ExposeSecret;
use serde::Serialize;

/// What `admin:adobe-ims:status` tells.
#[derive(Debug, Serialize)]
pub struct Status {
    #[serde(serialize_with = "code")]
    mode: SignInMode,
    /// The epoch that holds.
    pub epoch: i64,
    /// When it began (RFC 3339, UTC).
    pub since: String,
    /// Who switched.
    pub changed_by: String,
    /// The OpenID provider that people sign in at; nothing for Adobe, and while it is off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Seconds until a trial reverts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trial_seconds_left: Option<i64>,
    /// Whether files, PHP sessions or caches still have to follow.
    pub cleanup_pending: bool,
    /// Where PHP Commerce's configuration says otherwise, in words.
    pub disagreements: Vec<String>,
}

impl Status {
    /// The mode that holds.
    pub fn mode(&self) -> SignInMode {
        self.mode
    }
}

fn code<S: serde::Serializer>(mode: &SignInMode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(mode.code())
}

/// Looks.
pub async fn status(app: &App) -> Result<Status, ServiceError> {
    let (record, trial) = resume::with_trial(app).await?;
    let mode = record.mode_at(trial);
    let settings = app.configuration().await?;
    let commerce_is_on = settings.flag(ADMIN_ENABLED)?;
    let issuer = match mode {
        SignInMode::AdobeIms => settings.text(OPENID_ISSUER)?,
        SignInMode::Commerce => None,
    };
    let pinned = inventory::pinned(&settings)?;
    let mut disagreements = Vec::new();
    if !pinned.is_empty() {
        disagreements.push(format!(
            "The environment pins what a switch has to change: unset {} for PHP and for Postern.",
            pinned.join(", ")
        ));
    } else if commerce_is_on && mode == SignInMode::Commerce {
        disagreements.push(
            "PHP Commerce's own configuration says that the integration is enabled: \
             admin:adobe-ims:disable makes both agree."
                .to_owned(),
        );
    } else if !commerce_is_on && mode == SignInMode::AdobeIms {
        disagreements.push(
            "PHP Commerce's own configuration says that the integration is disabled: \
             admin:adobe-ims:enable or :disable makes both agree."
                .to_owned(),
        );
    }
    Ok(Status {
        mode,
        epoch: record.epoch,
        since: record.changed_at.to_string(),
        changed_by: record.changed_by,
        issuer: issuer.filter(|issuer| !issuer.is_empty()),
        trial_seconds_left: match trial {
            Trial::Running(left) => Some(left.as_secs()),
            _ => None,
        },
        cleanup_pending: record.cleanup_pending,
        disagreements,
    })
}

/// What `admin:adobe-ims:info` tells.
#[derive(Debug)]
pub struct Info {
    /// What is set; credentials that are missing are empty.
    pub settings: ProviderSettings,
    /// Whether a client secret is stored.
    pub has_client_secret: bool,
    /// What the provider says to them.
    pub provider: Result<(), TrialRefused>,
}

/// The settings of the integration; nothing while it is off. A provider that is down hides none
/// of them.
pub async fn info(app: &App) -> Result<Option<Info>, ServiceError> {
    let (_, mode) = resume::current(app).await?;
    if mode == SignInMode::Commerce {
        return Ok(None);
    }
    let settings = ProviderSettings::read_incomplete(&app.configuration().await?)?;
    let provider = match super::enable::try_at_provider(app, &settings).await {
        Ok(()) => Ok(()),
        Err(ServiceError::Switch(super::SwitchRefused::Credentials(refused))) => Err(refused),
        Err(other) => return Err(other),
    };
    Ok(Some(Info {
        has_client_secret: !settings.client_secret.expose_secret().is_empty(),
        settings,
        provider,
    }))
}
