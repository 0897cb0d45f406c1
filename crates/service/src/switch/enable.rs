//! Switching the integration on. Nothing changes until the form of every setting is right and the
//! provider has accepted the client ID and the secret.

pub use super::settings::{
    Members, OpenId, Settings, client_id, client_secret, issuer, open_id_client_id,
    organization_id, organization_value,
};

use super::change::{self, Decision};
use super::inventory::Inventory;
use super::obstacles::SwitchRefused;
use super::receipt::{AdminProspect, NodeNotice, Revoked, in_words};
use super::{acknowledgement, follow_up, resume, revocation, settings};
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::{self, ProviderSettings};
use domain::admin::PROVISIONED_ROLE;
use domain::readiness::prospects;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::time::Instant;
use store::{admins, audit_events};

/// How to do it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Revert after so long, unless an admin with full rights has signed in.
    pub trial: Option<SignedDuration>,
}

/// What would happen to whom.
#[derive(Debug, Serialize)]
pub struct Preview {
    /// Every active admin, with what keeps them from signing in with Adobe ID or, later, again
    /// with a password.
    pub admins: Vec<AdminProspect>,
}

/// The integration is on.
#[derive(Debug, Serialize)]
pub struct Enabled {
    /// The epoch that began.
    pub epoch: i64,
    /// The end of the trial, for a person and a script to read (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trial_until: Option<String>,
    /// Whether the provider of an integration that was on already was told to forget its tokens;
    /// nothing when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revoked>,
    /// How the servers took notice.
    pub nodes: Vec<NodeNotice>,
    /// What could not be done yet.
    pub warnings: Vec<String>,
    /// Why something that must follow the switch has not done so yet; it will be tried again.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "in_words")]
    pub unfinished: Option<ServiceError>,
    /// Every active admin, as in a preview.
    pub admins: Vec<AdminProspect>,
}

/// Tries the switch as far as it can be taken back: where it cannot be written, say, is told.
pub async fn rehearse(app: &App) -> Result<(), ServiceError> {
    let (seen, _) = resume::with_trial(app).await?;
    let decision = Decision {
        seen: &seen,
        actor: app.actor(),
        is_preview: true,
    };
    drop(change::to_adobe_ims(app, decision, &[], None).await?);
    Ok(())
}

/// Who would be locked out. Changes nothing, asks nobody.
pub async fn preview(app: &App) -> Result<Preview, ServiceError> {
    Inventory::take(app, &app.configuration().await?)?;
    follow_up::check_files(app)?;
    let mut connection = app.database().connection().await?;
    let admins = admins::list(&mut connection).await?;
    let history = audit_events::history(&mut connection).await?;
    let prospects = prospects(&admins, &history, app.now());
    Ok(Preview {
        admins: prospects.iter().map(AdminProspect::from).collect(),
    })
}

/// Switches the integration on.
pub async fn enable(
    app: &App,
    settings: Settings,
    options: Options,
) -> Result<Enabled, ServiceError> {
    let settings = settings
        .to_be_stored()
        .map_err(SwitchRefused::InvalidSetting)?;
    check_roles(app, &settings).await?;
    let Preview { admins } = preview(app).await?;
    let (seen, _) = resume::with_trial(app).await?;
    try_at_provider(app, &settings).await?;
    let now = app.now();
    // Kept and told in whole seconds.
    let trial_until = options.trial.and_then(|time| {
        Timestamp::from_second(now.as_second().saturating_add(time.as_secs())).ok()
    });
    let rows = settings::rows(app, &settings)?;
    let decision = Decision {
        seen: &seen,
        actor: app.actor(),
        is_preview: false,
    };
    let issuing = revocation::set_up_now(app).await;
    let prepared = change::to_adobe_ims(app, decision, &rows, trial_until).await?;
    let changed = prepared.commit().await?;
    let committed = Instant::now();
    let mut followed = follow_up::run(app, &changed.record).await;
    let mut taken = changed.tokens.taken;
    taken.extend(std::mem::take(&mut followed.session_tokens));
    let epoch = changed.record.epoch;
    let (revoked, nodes) = tokio::join!(
        revocation::revoke(issuing.as_ref(), taken),
        acknowledgement::wait(app.database(), epoch, committed),
    );
    let unfinished = followed.unfinished;
    let unfinished = unfinished.map(|error| ServiceError::Unfinished(Box::new(error)));
    Ok(Enabled {
        epoch,
        trial_until: trial_until.map(|at: Timestamp| at.to_string()),
        revoked,
        nodes,
        warnings: followed.warnings,
        unfinished,
        admins,
    })
}

/// Refuses where somebody would be given a role that there is none of.
async fn check_roles(app: &App, settings: &ProviderSettings) -> Result<(), ServiceError> {
    let mut connection = app.database().connection().await?;
    let known = admins::list_role_names(&mut connection).await?;
    // The switch itself makes this one.
    let is_known = |role: &&String| *role == PROVISIONED_ROLE || known.contains(role);
    match settings.roles.values().find(|role| !is_known(role)) {
        Some(role) => Err(SwitchRefused::NoSuchRole {
            role: role.clone(),
            known,
        }
        .into()),
        None => Ok(()),
    }
}

/// Tries the client ID and its secret at the provider.
pub(super) async fn try_at_provider(
    app: &App,
    settings: &ProviderSettings,
) -> Result<(), ServiceError> {
    let configuration = app.configuration().await?;
    let redirect_uri = configuration.redirect_uri(&app.front_name()?)?;
    let locale = configuration
        .text("general/locale/code")?
        .unwrap_or_else(|| "en_US".to_owned());
    provider::make(settings, &configuration)?
        .try_credentials(&redirect_uri, &locale)
        .await
        .map_err(SwitchRefused::from)?;
    Ok(())
}
