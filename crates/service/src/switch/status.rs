//! Which mode holds, and how it is set up. Reads only.

use super::inventory::CREDENTIAL_PATHS;
use super::resume;
use crate::app::App;
use crate::error::ServiceError;
use commerce::configuration::ADMIN_ENABLED;
use domain::sign_in_mode::{SignInMode, Trial};
use openid::ims::CredentialsRefused;
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
    let mut disagreements = Vec::new();
    if commerce_is_on && mode == SignInMode::Commerce {
        disagreements.push(
            "PHP Commerce's own configuration says that the integration is enabled: \
             admin:adobe-ims:disable makes both agree."
                .to_owned(),
        );
    }
    if !commerce_is_on && mode == SignInMode::AdobeIms {
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
    /// The client ID, which is no secret.
    pub client_id: String,
    /// The 24 characters of the organization ID.
    pub organization_id: String,
    /// Whether a client secret is stored.
    pub has_client_secret: bool,
    /// What the provider says to them.
    pub provider: Result<(), CredentialsRefused>,
}

/// The settings of the integration; nothing while it is off. A provider that is down hides none
/// of them.
pub async fn info(app: &App) -> Result<Option<Info>, ServiceError> {
    let (_, mode) = resume::current(app).await?;
    if mode == SignInMode::Commerce {
        return Ok(None);
    }
    let settings = app.configuration().await?;
    let [organization_id, client_id, _] = CREDENTIAL_PATHS;
    let client_secret = settings.secret(CREDENTIAL_PATHS[2])?;
    let text = |path| Ok::<_, ServiceError>(settings.text(path)?.unwrap_or_default());
    let has_client_secret = client_secret
        .as_ref()
        .is_some_and(|secret| !secret.expose_secret().is_empty());
    let credentials = super::enable::Settings {
        organization_id: text(organization_id)?,
        client_id: text(client_id)?,
        client_secret: client_secret.unwrap_or_default(),
    };
    let provider = match super::enable::try_at_provider(app, &credentials).await {
        Ok(()) => Ok(()),
        Err(ServiceError::Switch(super::SwitchRefused::Credentials(refused))) => Err(refused),
        Err(other) => return Err(other),
    };
    Ok(Some(Info {
        client_id: credentials.client_id,
        organization_id: credentials.organization_id,
        has_client_secret,
        provider,
    }))
}
