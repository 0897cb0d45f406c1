//! Adopting an instance: Postern's own tables are added, Commerce's stay as they are, and the
//! record of the mode begins with what Commerce's configuration says today. Safe to repeat.

use super::{SetupRefused, launcher};
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::security_key::binding;
use commerce::configuration::ADMIN_ENABLED;
use domain::audit::{Event, Kind};
use domain::sign_in_mode::{ModeRecord, SignInMode};
use jiff::Timestamp;
use std::path::Path;
use store::{audit_events, configuration_rows, schema, sign_in_mode};

/// What adopting did.
#[derive(Debug)]
pub struct Upgraded {
    /// Migrations of Postern's tables that were applied now.
    pub applied: Vec<u32>,
    /// The mode that the instance is in.
    pub mode: SignInMode,
    /// The name that keys are bound to since now.
    pub passkey_domain: Option<String>,
    /// Whether `bin/magento` was written.
    pub wrote_launcher: bool,
}

/// Adopts the instance, or brings Postern's tables up to date.
pub async fn upgrade(app: &App, program: &Path) -> Result<Upgraded, ServiceError> {
    let mut connection = app.database().connection().await?;
    let report = schema::check(&mut connection).await?;
    let missing = super::db_status::missing_of_commerce(&report);
    if !missing.is_empty() {
        return Err(SetupRefused::Incomplete(missing).into());
    }
    let applied = schema::migrate(&mut connection).await?;
    let record = match sign_in_mode::find(&mut connection).await? {
        Some(record) => record,
        None => {
            let record = first_record(app).await?;
            sign_in_mode::create(&mut connection, &record).await?;
            if record.mode == SignInMode::AdobeIms {
                audit_events::append(&mut connection, &event_of(&record)).await?;
            }
            record
        }
    };
    drop(connection);
    let passkey_domain = binding::bind(app).await?;
    let wrote_launcher = launcher::create(app.instance().root(), program)?;
    Ok(Upgraded {
        applied,
        mode: record.mode,
        passkey_domain,
        wrote_launcher,
    })
}

/// That PHP Commerce switched the integration on, so that the times in which it was on are known.
fn event_of(record: &ModeRecord) -> Event {
    let kind = Kind::IntegrationEnabled {
        epoch: record.epoch,
        trial_until: None,
    };
    Event {
        at: record.changed_at,
        actor: record.changed_by.clone(),
        kind,
    }
}

/// The record as Commerce's effective configuration has it. The integration counts as on since
/// its flag was written: accounts made after that hold a password nobody knows.
async fn first_record(app: &App) -> Result<ModeRecord, ServiceError> {
    let is_on = app.configuration().await?.flag(ADMIN_ENABLED)?;
    let mode = if is_on {
        SignInMode::AdobeIms
    } else {
        SignInMode::Commerce
    };
    let mut connection = app.database().connection().await?;
    let since = configuration_rows::list(&mut connection)
        .await?
        .into_iter()
        .find(|row| row.path == ADMIN_ENABLED && row.scope == "default")
        .and_then(|row| Timestamp::from_second(row.updated_at?).ok());
    Ok(ModeRecord::initial(
        mode,
        since.unwrap_or(app.now()),
        app.actor(),
    ))
}
