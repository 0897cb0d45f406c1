//! Switching the integration off: the way back in.

use super::change::{self, Changed, Decision, Prepared};
use super::inventory::{self, Inventory};
use super::receipt::{AdminProspect, Ended, Outcome, Receipt, Removed, SecondFactors};
use super::residue::{self, Wanted};
use super::{acknowledgement, follow_up, resume, revocation};
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::reset_link;
use crate::second_factor::survey;
use domain::readiness::{Period, Prospect, Readiness, prospects};
use domain::sign_in_mode::{ModeRecord, SignInMode};
use jiff::Timestamp;
use openid::Provider;
use std::time::Instant;
use store::sessions::SessionError;
use store::{admins, adobe_tokens, audit_events};

/// How to do it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Only say what would be done.
    pub dry_run: bool,
    /// Mail a link to those who must set a password.
    pub notify: bool,
    /// Go on even if a stored value cannot be decrypted.
    pub discard_unreadable: bool,
}

/// What stands before the switch.
struct Before {
    record: ModeRecord,
    /// Whether anybody, Postern or PHP Commerce, takes the integration to be on.
    is_on: bool,
    inventory: Inventory,
    prospects: Vec<Prospect>,
    /// What is asked of people besides the password, or why that is not known.
    second_factors: Result<SecondFactors, String>,
    /// Admins there are, active or not.
    admin_count: u64,
    /// Stored tokens, whether a key opens them or not.
    stored_token_count: u64,
    provider: Option<Provider>,
}

impl Before {
    /// Whether there is nothing to do.
    fn is_clean(&self) -> bool {
        !self.is_on
            && self.inventory.is_empty()
            && self.stored_token_count == 0
            && !self.record.cleanup_pending
    }
}

/// Switches the integration off, or removes what is left of it. Doing it twice is harmless. The
/// search at its end closes the database: nothing can be done with `app` after it.
pub async fn disable(app: &App, options: Options) -> Result<Receipt, ServiceError> {
    let now = app.now();
    let settings = app.configuration().await?;
    if !options.discard_unreadable {
        inventory::refuse_unreadable(app, &settings)?;
    }
    let before = look(app, &settings, now).await?;
    follow_up::check_files(app)?;
    if options.dry_run {
        return preview(app, before, options.notify).await;
    }
    let mut receipt = empty_receipt(&before);
    let wanted = if before.is_clean() {
        // A command that was killed right after the last step may have left the log as it was.
        receipt
            .warnings
            .extend(follow_up::fold_away_deleted(app).await);
        Wanted::default()
    } else {
        carry_out(app, before, &mut receipt).await?
    };
    // The switch is made: what fails from here on is told beside what was done, not in its place.
    if options.notify {
        match reset_link::send_to_all(app, &receipt.admins).await {
            Ok(notified) => receipt.notified = notified,
            Err(error) => receipt.warnings.push(format!("no mail was sent: {error}")),
        }
    }
    // Last, since it closes the database.
    match residue::search_after_switch(app, wanted).await {
        Ok(residue) => receipt.residue = residue,
        Err(error) => receipt.warnings.push(format!(
            "the removed values were not searched for: {error}; admin:adobe-ims:residue does so"
        )),
    }
    Ok(receipt)
}

async fn look(app: &App, settings: &Settings, now: Timestamp) -> Result<Before, ServiceError> {
    let (record, _) = resume::with_trial(app).await?;
    let inventory = Inventory::take(app, settings)?;
    let mut connection = app.database().connection().await?;
    let admins = admins::list(&mut connection).await?;
    let stored = adobe_tokens::list(&mut connection).await?;
    let mut history = audit_events::history(&mut connection).await?;
    drop(connection);
    let is_on = record.mode == SignInMode::AdobeIms || inventory.flag_is_on;
    let last = history.periods.last();
    if is_on && last.is_none_or(|period| period.until.is_some()) {
        history.periods.push(Period {
            from: record.changed_at,
            until: None,
        });
    }
    let provider = match (inventory.value(1), inventory.value(2)) {
        (Some(id), Some(secret)) => revocation::before_removal(settings, id, secret)?,
        _ => None,
    };
    let prospects = prospects(&admins, &history, now);
    // The switch does not depend on what is asked for after it.
    let second_factors = match survey::by(app, settings).await {
        Ok(survey) => Ok(SecondFactors::from(&survey)),
        Err(error) => Err(format!("the second factors were not looked at: {error}")),
    };
    Ok(Before {
        record,
        is_on,
        inventory,
        prospects,
        second_factors,
        admin_count: admins.len() as u64,
        stored_token_count: stored.len() as u64,
        provider,
    })
}

/// The switch itself, and everything that follows it. From the commit on nothing turns back: what
/// fails then is told, and done by whoever comes next. Returns what to search for.
async fn carry_out(
    app: &App,
    before: Before,
    receipt: &mut Receipt,
) -> Result<Wanted, ServiceError> {
    let changed = prepare(app, &before, false).await?.commit().await?;
    let committed = Instant::now();
    if before.is_on {
        receipt.outcome = Outcome::Disabled;
    }
    receipt.epoch = changed.record.epoch;
    receipt.ended = ended(&changed);
    let Changed { record, tokens, .. } = changed;
    let mut followed = if before.record.cleanup_pending {
        follow_up::resume(app, &record).await
    } else {
        follow_up::run(app, &record).await
    };
    let mut taken = tokens.taken;
    receipt.ended.php_sessions += followed.session_tokens.len() as u64;
    taken.extend(std::mem::take(&mut followed.session_tokens));
    let wanted = Wanted::new(
        before.inventory.values,
        &taken,
        before.inventory.not_searched,
    );
    let (revoked, nodes) = tokio::join!(
        revocation::revoke(before.provider.as_ref(), taken),
        acknowledgement::wait(app.database(), record.epoch, committed),
    );
    receipt.ended.sessions += followed.sessions;
    receipt.warnings.extend(followed.warnings);
    if let Some(error) = followed.unfinished {
        forget_what_still_stands(app, &mut receipt.removed).await;
        receipt.unfinished = Some(ServiceError::Unfinished(Box::new(error)));
    }
    receipt.revoked = revoked;
    receipt.nodes = nodes;
    Ok(wanted)
}

/// Strikes off the list what was to be removed and is still there.
async fn forget_what_still_stands(app: &App, removed: &mut Vec<Removed>) {
    let settings = app.configuration().await;
    let left = settings.and_then(|settings| Inventory::take(app, &settings));
    if let Ok(left) = left {
        removed.retain(|removed| !left.places.contains(removed));
    }
}

/// The switch, or the removal of what is left, but for its commit.
async fn prepare(app: &App, before: &Before, is_preview: bool) -> Result<Prepared, ServiceError> {
    let decision = Decision {
        seen: &before.record,
        actor: app.actor(),
        is_preview,
    };
    match before.is_on {
        true => change::to_commerce(app, decision, false).await,
        false => change::forget_leftovers(app, decision).await,
    }
}

/// What the switch itself has ended.
fn ended(changed: &Changed) -> Ended {
    Ended {
        sessions: changed.sessions.own,
        commerce_sessions: changed.sessions.commerce,
        php_sessions: changed.tokens.php_sessions,
        adobe_tokens: changed.tokens.rows,
        admins_with_void_tokens: changed.admins_with_void_tokens,
    }
}

fn empty_receipt(before: &Before) -> Receipt {
    Receipt {
        outcome: Outcome::AlreadyDisabled,
        epoch: before.record.epoch,
        removed: before.inventory.places.clone(),
        ended: Ended::default(),
        revoked: None,
        nodes: Vec::new(),
        warnings: before.second_factors.clone().err().into_iter().collect(),
        residue: None,
        unfinished: None,
        admins: before.prospects.iter().map(AdminProspect::from).collect(),
        second_factors: before.second_factors.clone().ok(),
        would_notify: Vec::new(),
        notified: Vec::new(),
    }
}

/// What a switch would do. It is tried as far as it can be taken back.
async fn preview(app: &App, before: Before, notify: bool) -> Result<Receipt, ServiceError> {
    let mut receipt = empty_receipt(&before);
    if notify {
        let waiting = receipt.admins.iter().filter(|admin| needs_link(admin));
        receipt.would_notify = waiting.map(|admin| admin.username.clone()).collect();
    }
    if !before.is_clean() {
        drop(prepare(app, &before, true).await?);
    }
    if before.is_on {
        receipt.outcome = Outcome::WouldDisable;
        receipt.ended = count(app, &mut receipt.warnings).await?;
        receipt.ended.admins_with_void_tokens = before.admin_count;
    } else if !before.is_clean() {
        receipt.outcome = Outcome::WouldRemoveLeftovers;
    }
    receipt.ended.adobe_tokens = before.stored_token_count;
    Ok(receipt)
}

async fn count(app: &App, warnings: &mut Vec<String>) -> Result<Ended, ServiceError> {
    let mut connection = app.database().connection().await?;
    let commerce_sessions = store::sessions::commerce::count(&mut connection).await?;
    let sessions = match app.sessions().count(&mut connection).await {
        Ok(count) => count,
        // The switch does not depend on a session server, and so its preview does not either.
        Err(SessionError::Unreachable(why)) => {
            warnings.push(format!("the sessions were not counted: {why}"));
            0
        }
        Err(error) => return Err(error.into()),
    };
    drop(connection);
    Ok(Ended {
        sessions,
        commerce_sessions,
        php_sessions: app.php_sessions()?.count().await?,
        ..Ended::default()
    })
}

/// Those among `admins` who need a link to set a password.
pub(crate) fn needs_link(prospect: &AdminProspect) -> bool {
    prospect.sign_in == Readiness::MustReset.code()
}
