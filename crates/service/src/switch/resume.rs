//! What everybody does who opens an instance: settle a trial whose time has come, finish what an
//! interrupted switch left undone, and say which mode holds.

use super::change::{self, Decision};
use super::follow_up::{self, FollowedUp};
use super::obstacles::SwitchRefused;
use super::receipt::Revoked;
use super::revocation;
use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::sign_in_mode::{LastSignIn, ModeRecord, SignInMode, Trial};
use store::database::{Connection, DatabaseError};
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
        Some(_) => last_sign_in(&mut connection).await?,
        None => None,
    };
    let trial = record.trial(last_sign_in, app.now());
    Ok((record, trial))
}

/// The latest sign-in with full rights. Events are appended within the transactions that they tell
/// of, and whoever comes in at the provider holds the mode meanwhile: so their order tells whether
/// somebody did after the switch.
async fn last_sign_in(connection: &mut Connection) -> Result<Option<LastSignIn>, DatabaseError> {
    let admins = admins::list(connection).await?;
    let full_rights = || {
        let may_all = |admin: &&Admin| admin.is_active && admin.has_full_rights();
        admins.iter().filter(may_all)
    };
    let Some(at) = full_rights().filter_map(|admin| admin.last_sign_in).max() else {
        return Ok(None);
    };
    let after_switch = audit_events::list_sign_ins_after_switch(connection).await?;
    Ok(Some(LastSignIn {
        at,
        is_recorded_after: full_rights().any(|admin| after_switch.contains(&admin.id)),
    }))
}

/// Settles a trial and finishes an interrupted switch. Cheap where there is nothing to do.
/// Returns what could not be finished yet, in words: who wants to see the mode, unlock somebody or
/// open the door is not kept from it by a file that cannot be written.
pub async fn resume(app: &App) -> Result<Vec<String>, ServiceError> {
    let (record, trial) = with_trial(app).await?;
    match trial {
        Trial::None | Trial::Running(_) => follow(app, &record).await,
        Trial::Passed => follow(app, &pass(app, record).await?).await,
        Trial::Failed => fail(app, record).await,
    }
}

async fn follow(app: &App, record: &ModeRecord) -> Result<Vec<String>, ServiceError> {
    if record.cleanup_pending {
        return Ok(unfinished(follow_up::resume(app, record).await));
    }
    Ok(Vec::new())
}

/// What could not be done of what follows a switch.
fn unfinished(followed: FollowedUp) -> Vec<String> {
    let mut told = followed.warnings;
    if let Some(error) = followed.unfinished {
        told.push(format!("The last switch has not come to its end: {error}"));
    }
    told
}

/// Lets this machine follow a switch after the epoch `known`, once whoever made it is done: each
/// machine may have files, sessions and caches of its own. Returns the epoch that it has followed
/// to, and what could not be done.
pub async fn follow_here(app: &App, known: i64) -> Result<(i64, Vec<String>), ServiceError> {
    let (record, _) = with_trial(app).await?;
    if record.cleanup_pending || record.epoch <= known {
        return Ok((known, Vec::new()));
    }
    let followed = follow_up::run_here(app, &record).await;
    Ok((record.epoch, unfinished(followed)))
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
async fn fail(app: &App, record: ModeRecord) -> Result<Vec<String>, ServiceError> {
    let decision = Decision {
        seen: &record,
        actor: app.actor(),
        is_preview: false,
    };
    let issuing = revocation::set_up_now(app).await;
    let changed = match change::to_commerce(app, decision, true).await {
        Ok(prepared) => prepared.commit().await?,
        Err(ServiceError::Switch(SwitchRefused::AnotherSwitch)) => {
            return follow(app, &record).await;
        }
        Err(error) => return Err(error),
    };
    tracing::warn!("nobody signed in through the integration in time: it is off again");
    let mut followed = follow_up::resume(app, &changed.record).await;
    let mut taken = changed.tokens.taken;
    taken.extend(std::mem::take(&mut followed.session_tokens));
    if let Some(told) = revocation::revoke(issuing.as_ref(), taken).await {
        let Revoked {
            revoked,
            refused,
            unreached,
        } = told;
        tracing::info!(revoked, refused, unreached, "tokens were revoked with it");
    }
    Ok(unfinished(followed))
}
