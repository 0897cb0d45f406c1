//! The one transaction that switches. Everything that makes the old mode work is gone, and
//! everything that makes the new one work is there, in the same instant or not at all. A preview
//! runs it as well and does not commit: what would refuse the switch refuses the preview.

use super::obstacles::SwitchRefused;
use super::taken::Taken;
use crate::app::App;
use crate::error::ServiceError;
use commerce::configuration::{ADMIN_ENABLED, SWITCH_PATHS};
use domain::admin::PROVISIONED_ROLE;
use domain::audit::{Event, Kind};
use domain::session::EndReason;
use domain::sign_in_mode::{ModeRecord, SignInMode};
use jiff::Timestamp;
use std::time::Duration;
use store::database::{DatabaseError, Transaction};
use store::sessions::{self, SessionCount, Whose};
use store::{admin_tokens, admins, adobe_tokens, audit_events, configuration_rows};
use store::{provider_attempts, sign_in_mode};

/// How often, and how far apart, it is tried to get hold of the record.
const LOCKING: (u32, Duration) = (100, Duration::from_millis(20));

/// Who switches, and what they saw when they decided to.
pub(super) struct Decision<'a> {
    pub(super) seen: &'a ModeRecord,
    pub(super) actor: &'a str,
    /// Whether it will not be committed: then nobody who signs in waits for it long.
    pub(super) is_preview: bool,
}

/// A switch that is made but for the commit. Dropped, it never was.
#[must_use]
pub(super) struct Prepared {
    transaction: Transaction,
    changed: Changed,
}

impl Prepared {
    /// Makes the switch.
    pub(super) async fn commit(self) -> Result<Changed, ServiceError> {
        let committed = self.transaction.commit().await;
        committed.map_err(ServiceError::Uncertain)?;
        Ok(self.changed)
    }
}

/// What the transaction did.
pub(super) struct Changed {
    pub(super) record: ModeRecord,
    pub(super) sessions: SessionCount,
    pub(super) admins_with_void_tokens: u64,
    pub(super) tokens: Tokens,
}

/// The provider's tokens that were stored in the database.
pub(super) struct Tokens {
    /// How many rows held some.
    pub(super) rows: u64,
    /// How many stored PHP sessions did.
    pub(super) php_sessions: u64,
    pub(super) taken: Taken,
}

/// Switches to signing in with a Commerce password.
pub(super) async fn to_commerce(
    app: &App,
    decision: Decision<'_>,
    by_trial: bool,
) -> Result<Prepared, ServiceError> {
    let (mut transaction, held) = begin(app, &decision).await?;
    let record = held.switched_to(SignInMode::Commerce, None, app.now(), decision.actor);
    configuration_rows::delete_everywhere(&mut transaction, &SWITCH_PATHS).await?;
    configuration_rows::insert(&mut transaction, "default", 0, ADMIN_ENABLED, "0").await?;
    let kind = Kind::IntegrationDisabled {
        epoch: record.epoch,
        by_trial,
    };
    finish(app, transaction, decision, record, kind).await
}

/// Switches to signing in with Adobe ID, or at another provider. `rows` are the paths and values
/// of `core_config_data` that set it up.
pub(super) async fn to_adobe_ims(
    app: &App,
    decision: Decision<'_>,
    rows: &[(&'static str, String)],
    trial_until: Option<Timestamp>,
) -> Result<Prepared, ServiceError> {
    let (mut transaction, held) = begin(app, &decision).await?;
    let (mode, actor) = (SignInMode::AdobeIms, decision.actor);
    let record = held.switched_to(mode, trial_until, app.now(), actor);
    configuration_rows::delete_everywhere(&mut transaction, &SWITCH_PATHS).await?;
    for (path, value) in rows {
        configuration_rows::insert(&mut transaction, "default", 0, path, value).await?;
    }
    configuration_rows::insert(&mut transaction, "default", 0, ADMIN_ENABLED, "1").await?;
    admins::ensure_role_exists(&mut transaction, PROVISIONED_ROLE).await?;
    let kind = Kind::IntegrationEnabled {
        epoch: record.epoch,
        trial_until: trial_until.map(Timestamp::as_second),
    };
    finish(app, transaction, decision, record, kind).await
}

/// Forgets what an earlier integration left behind, where the mode is Commerce's already: nobody
/// who signed in with a password is disturbed.
pub(super) async fn forget_leftovers(
    app: &App,
    decision: Decision<'_>,
) -> Result<Prepared, ServiceError> {
    let (mut transaction, held) = begin(app, &decision).await?;
    configuration_rows::delete_everywhere(&mut transaction, &SWITCH_PATHS).await?;
    configuration_rows::insert(&mut transaction, "default", 0, ADMIN_ENABLED, "0").await?;
    let tokens = take_tokens(app, &mut transaction).await?;
    let record = ModeRecord {
        cleanup_pending: true,
        ..held
    };
    let event = Event {
        at: app.now(),
        actor: decision.actor.to_owned(),
        kind: Kind::LeftoversRemoved {
            epoch: record.epoch,
        },
    };
    audit_events::append(&mut transaction, &event).await?;
    sign_in_mode::replace(&mut transaction, &record, record.epoch).await?;
    let changed = Changed {
        record,
        sessions: SessionCount::default(),
        admins_with_void_tokens: 0,
        tokens,
    };
    Ok(Prepared {
        transaction,
        changed,
    })
}

/// Begins the transaction and takes hold of the record, which must still be the one that was
/// seen. Whoever comes second is told so at once. The switch takes place now, at no time before:
/// somebody may have signed in while it waited, and that is no sign-in after it.
async fn begin(
    app: &App,
    decision: &Decision<'_>,
) -> Result<(Transaction, ModeRecord), ServiceError> {
    let busy = |error| match error {
        DatabaseError::Busy => SwitchRefused::AnotherSwitch.into(),
        other => ServiceError::from(other),
    };
    let mut transaction = app.database().begin().await.map_err(busy)?;
    if decision.is_preview {
        transaction.wait_briefly().await?;
    }
    let held = lock(&mut transaction)
        .await
        .map_err(busy)?
        .ok_or(SwitchRefused::NotAdopted)?;
    if held.epoch != decision.seen.epoch {
        return Err(SwitchRefused::AnotherSwitch.into());
    }
    Ok((transaction, held))
}

/// The record, locked. A sign-in holds it for a moment; who holds it for longer is another switch.
async fn lock(transaction: &mut Transaction) -> Result<Option<ModeRecord>, DatabaseError> {
    let (times, pause) = LOCKING;
    for _ in 1..times {
        match sign_in_mode::lock(transaction).await {
            Err(DatabaseError::Busy) => tokio::time::sleep(pause).await,
            other => return other,
        }
    }
    sign_in_mode::lock(transaction).await
}

/// What both directions have in common: no session, no token and no cached answer of the other
/// mode survives, and the record says which mode holds.
async fn finish(
    app: &App,
    mut transaction: Transaction,
    decision: Decision<'_>,
    record: ModeRecord,
    kind: Kind,
) -> Result<Prepared, ServiceError> {
    let sessions = SessionCount {
        own: app.sessions().delete_all_in(&mut transaction).await?,
        commerce: end_commerce_sessions(&mut transaction).await?,
    };
    let tokens = take_tokens(app, &mut transaction).await?;
    provider_attempts::delete_all(&mut transaction).await?;
    let admins_with_void_tokens =
        admin_tokens::void_all(&mut transaction, record.changed_at).await?;
    let event = Event {
        at: record.changed_at,
        actor: decision.actor.to_owned(),
        kind,
    };
    audit_events::append(&mut transaction, &event).await?;
    if !sign_in_mode::replace(&mut transaction, &record, decision.seen.epoch).await? {
        return Err(SwitchRefused::AnotherSwitch.into());
    }
    let changed = Changed {
        record,
        sessions,
        admins_with_void_tokens,
        tokens,
    };
    Ok(Prepared {
        transaction,
        changed,
    })
}

/// Forgets the tokens, in the transaction that switches: none is renewed, and so neither revoked
/// nor searched for, between the look and the switch.
async fn take_tokens(app: &App, transaction: &mut Transaction) -> Result<Tokens, ServiceError> {
    let erased = adobe_tokens::erase(transaction).await?;
    let of_sessions = app.php_sessions()?.end_stored_in(transaction).await?;
    let php_sessions = of_sessions.len() as u64;
    let mut taken = Taken::open(app, erased.tokens);
    taken.extend(of_sessions);
    Ok(Tokens {
        rows: erased.rows,
        php_sessions,
        taken,
    })
}

/// PHP says of a session that ended so that it has expired.
async fn end_commerce_sessions(transaction: &mut Transaction) -> Result<u64, DatabaseError> {
    sessions::commerce::end_all(transaction, Whose::Everybody, EndReason::Expired).await
}
