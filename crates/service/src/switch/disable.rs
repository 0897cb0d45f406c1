//! Switching the integration off: the way back in.

use super::change::{self, Changed, Decision};
use super::inventory::{self, Inventory};
use super::receipt::{AdminProspect, Ended, Outcome, Receipt};
use super::residue::{self, Wanted};
use super::{acknowledgement, follow_up, resume, revocation};
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::reset_link;
use domain::readiness::{Period, Prospect, Readiness, prospects};
use domain::sign_in_mode::{ModeRecord, SignInMode};
use jiff::Timestamp;
use openid::Provider;
use secrecy::SecretString;
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
    /// Admins there are, active or not.
    admin_count: u64,
    stored_tokens: Vec<SecretString>,
    /// Rows that hold such a token, whether a key opens it or not.
    stored_token_count: u64,
    provider: Option<Provider>,
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
        return preview(app, before).await;
    }
    let nothing_to_do = !before.is_on
        && before.inventory.is_empty()
        && before.stored_token_count == 0
        && !before.record.cleanup_pending;
    let mut receipt = empty_receipt(&before);
    let wanted = if nothing_to_do {
        // A command that was killed right after the last step may have left the log as it was.
        receipt
            .warnings
            .extend(follow_up::fold_away_deleted(app).await);
        Wanted::default()
    } else {
        carry_out(app, before, now, &mut receipt).await?
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
    let mut periods = audit_events::list_integration_periods(&mut connection).await?;
    drop(connection);
    let is_on = record.mode == SignInMode::AdobeIms || inventory.flag_is_on;
    if is_on && periods.last().is_none_or(|period| period.until.is_some()) {
        periods.push(Period {
            from: record.changed_at,
            until: None,
        });
    }
    let stored_tokens: Vec<SecretString> = stored
        .iter()
        .filter_map(|token| app.keyring().decrypt_text(token).ok())
        .collect();
    let provider = match (inventory.value(1), inventory.value(2)) {
        (Some(id), Some(secret)) => revocation::provider(settings, id, secret)?,
        _ => None,
    };
    let prospects = prospects(&admins, &periods, now);
    Ok(Before {
        record,
        is_on,
        inventory,
        prospects,
        admin_count: admins.len() as u64,
        stored_tokens,
        stored_token_count: stored.len() as u64,
        provider,
    })
}

/// The switch itself, and everything that follows it. From the commit on nothing turns back: what
/// fails then is told, and done by whoever comes next. Returns what to search for.
async fn carry_out(
    app: &App,
    before: Before,
    now: Timestamp,
    receipt: &mut Receipt,
) -> Result<Wanted, ServiceError> {
    let decision = Decision {
        seen: &before.record,
        actor: app.actor(),
        now,
    };
    let changed = if before.is_on {
        receipt.outcome = Outcome::Disabled;
        change::to_commerce(app, decision, false).await?
    } else {
        change::forget_leftovers(app, decision).await?
    };
    receipt.epoch = changed.record.epoch;
    receipt.ended = Ended {
        sessions: changed.sessions.own,
        commerce_sessions: changed.sessions.commerce,
        php_sessions: changed.php_session_tokens.len() as u64,
        adobe_tokens: changed.adobe_tokens,
        admins_with_void_tokens: changed.admins_with_void_tokens,
    };
    let Changed {
        record,
        committed,
        php_session_tokens: mut tokens,
        ..
    } = changed;
    let followed = if before.record.cleanup_pending {
        follow_up::resume(app, &record).await
    } else {
        follow_up::run(app, &record).await
    };
    let followed = match followed {
        Ok(followed) => followed,
        Err(error) => {
            acknowledgement::wait(app.database(), record.epoch, committed).await;
            return Err(ServiceError::Unfinished(Box::new(error)));
        }
    };
    receipt.ended.sessions += followed.sessions;
    receipt.ended.php_sessions += followed.session_tokens.len() as u64;
    receipt.warnings.extend(followed.warnings);
    tokens.extend(followed.session_tokens);
    tokens.extend(before.stored_tokens);
    let wanted = Wanted::new(
        before.inventory.values,
        &tokens,
        before.inventory.not_searched,
    );
    let (revoked, nodes) = tokio::join!(
        revocation::revoke(before.provider.as_ref(), tokens),
        acknowledgement::wait(app.database(), record.epoch, committed),
    );
    receipt.revoked = revoked;
    receipt.nodes = nodes;
    Ok(wanted)
}

fn empty_receipt(before: &Before) -> Receipt {
    Receipt {
        outcome: Outcome::AlreadyDisabled,
        epoch: before.record.epoch,
        removed: before.inventory.places.clone(),
        ended: Ended::default(),
        revoked: None,
        nodes: Vec::new(),
        warnings: Vec::new(),
        residue: None,
        admins: before.prospects.iter().map(AdminProspect::from).collect(),
        notified: Vec::new(),
    }
}

/// What a switch would do, counted without touching anything.
async fn preview(app: &App, before: Before) -> Result<Receipt, ServiceError> {
    let mut receipt = empty_receipt(&before);
    if before.is_on {
        receipt.outcome = Outcome::WouldDisable;
        receipt.ended = count(app, &mut receipt.warnings).await?;
        receipt.ended.adobe_tokens = before.stored_token_count;
        receipt.ended.admins_with_void_tokens = before.admin_count;
    }
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
