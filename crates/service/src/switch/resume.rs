//! What everybody does who opens an instance: settle a trial whose time has come, finish what an
//! interrupted switch left undone, and say which mode holds.

use super::change::{self, Decision};
use super::follow_up;
use super::obstacles::SwitchRefused;
use crate::app::App;
use crate::error::ServiceError;
use domain::audit::{Event, Kind};
use domain::sign_in_mode::{ModeRecord, SignInMode, Trial};
use store::database::DatabaseError;
use store::{admins, audit_events, sign_in_mode};

/// The record, and the mode that holds by it now. Reads only.
pub async fn current(app: &App) -> Result<(ModeRecord, SignInMode), ServiceError> {
    let (record, trial) = with_trial(app).await?;
    let mode = record.mode_at(trial);
    Ok((record, mode))
}

/// The record, and where its trial stands.
pub(super) async fn with_trial(app: &App) -> Result<(ModeRecord, Trial), ServiceError> {
    let mut connection = app.database().connection().await?;
    let record = match sign_in_mode::find(&mut connection).await {
        // It is the first of our tables that anybody asks for.
        Ok(None) | Err(DatabaseError::MissingTable(_)) => {
            return Err(SwitchRefused::NotAdopted.into());
        }
        found => found?.ok_or(SwitchRefused::NotAdopted)?,
    };
    // Who signed in last is asked only where it can matter.
    let last_sign_in = match record.trial_until {
        Some(_) => admins::last_full_rights_sign_in(&mut connection).await?,
        None => None,
    };
    let trial = record.trial(last_sign_in, app.now());
    Ok((record, trial))
}

/// Settles a trial and finishes an interrupted switch. Cheap where there is nothing to do.
/// Returns what could not be finished yet, in words.
pub async fn resume(app: &App) -> Result<Vec<String>, ServiceError> {
    let (record, trial) = with_trial(app).await?;
    let record = match trial {
        Trial::None | Trial::Running(_) => record,
        Trial::Passed => pass(app, record).await?,
        Trial::Failed => fail(app, record).await?,
    };
    if record.cleanup_pending {
        return Ok(follow_up::resume(app, &record).await?.warnings);
    }
    Ok(Vec::new())
}

async fn pass(app: &App, record: ModeRecord) -> Result<ModeRecord, ServiceError> {
    let mut transaction = app.database().begin().await?;
    if sign_in_mode::end_trial(&mut transaction, record.epoch).await? {
        let kind = Kind::TrialPassed {
            epoch: record.epoch,
        };
        let event = Event {
            at: app.now(),
            actor: app.actor().to_owned(),
            kind,
        };
        audit_events::append(&mut transaction, &event).await?;
        transaction.commit().await?;
    }
    Ok(ModeRecord {
        trial_until: None,
        ..record
    })
}

/// Ends the integration. Where somebody else is just doing that, theirs is as good.
async fn fail(app: &App, record: ModeRecord) -> Result<ModeRecord, ServiceError> {
    let decision = Decision {
        seen: &record,
        actor: app.actor(),
        now: app.now(),
    };
    match change::to_commerce(app, decision, true).await {
        Ok(changed) => {
            tracing::warn!("nobody signed in through the integration in time: it is off again");
            Ok(changed.record)
        }
        Err(ServiceError::Switch(SwitchRefused::AnotherSwitch)) => Ok(record),
        Err(error) => Err(error),
    }
}
