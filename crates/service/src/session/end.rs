//! Ending sessions by the person whose they are, and telling a browser once why its own is over.

use super::{Current, digest, end_all, handle, limits, record};
use crate::app::App;
use crate::error::ServiceError;
use domain::audit::{Event, Kind};
use domain::session::{EndReason, KnownMode, Standing};
use jiff::Timestamp;
use secrecy::SecretString;
use store::audit_events;
use store::sessions::{SessionCount, Whose};

/// There is no open session of this person by that handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandleUnknown;

impl HandleUnknown {
    /// The stable code.
    pub fn code(self) -> &'static str {
        "session.unknown"
    }
}

/// Signs out: removes the session behind a cookie, in whatever mode and epoch it is. One that is
/// gone already is no error.
pub async fn end(app: &App, id: &SecretString) -> Result<(), ServiceError> {
    let id_hash = digest(app, id);
    let sessions = app.sessions();
    let mut change = sessions.begin(app.database()).await?;
    let Some(stored) = sessions.find(&mut change, &id_hash).await? else {
        return Ok(());
    };
    let was_open = stored.session.ended.is_none();
    let is_signed_out = sessions.delete(&mut change, &id_hash).await? && was_open;
    let mut transaction = change.transaction(app.database()).await?;
    if is_signed_out {
        let admin = stored.session.admin;
        let event = Event {
            at: app.now(),
            actor: admin.to_string(),
            kind: Kind::SignedOut { admin },
        };
        audit_events::append(&mut transaction, &event).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Ends one session of the person in `current`, by its handle.
pub async fn end_one(
    app: &App,
    current: &Current,
    wanted: &str,
) -> Result<Result<(), HandleUnknown>, ServiceError> {
    let now = app.now();
    let admin = &current.admin;
    let reason = EndReason::EndedByOwner;
    let sessions = app.sessions();
    let mut change = sessions.begin(app.database()).await?;
    let own = sessions.list(&mut change, Whose::Of(admin.id)).await?;
    let Some(found) = own
        .iter()
        .find(|stored| handle(app, &stored.id_hash) == wanted)
    else {
        return Ok(Err(HandleUnknown));
    };
    if !sessions.end(&mut change, &found.id_hash, reason).await? {
        return Ok(Err(HandleUnknown));
    }
    let mut transaction = change.transaction(app.database()).await?;
    let by = (admin.username.as_str(), now);
    record(&mut transaction, Some(admin.id), 1, reason, by).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Ends all sessions of the person but the one in `current`, PHP Commerce's included.
pub async fn end_others(app: &App, current: &Current) -> Result<SessionCount, ServiceError> {
    let now = app.now();
    let admin = &current.admin;
    let whose = Whose::OthersOf(admin.id, &current.id_hash);
    let by = (admin.username.as_str(), now);
    let (transaction, ended) = end_all(app, whose, EndReason::EndedByOwner, by).await?;
    transaction.commit().await?;
    Ok(ended)
}

/// Ends the session of a person whose account was locked in it.
pub(crate) async fn end_locked(app: &App, current: &Current) -> Result<(), ServiceError> {
    end_disabled(app, &current.id_hash, current.admin.id, app.now()).await
}

/// Ends a session of an account that is disabled, so that it stays ended if the account is enabled
/// again.
pub(super) async fn end_disabled(
    app: &App,
    id_hash: &str,
    admin: u32,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let reason = EndReason::AccountDisabled;
    let sessions = app.sessions();
    let mut change = sessions.begin(app.database()).await?;
    if sessions.end(&mut change, id_hash, reason).await? {
        let mut transaction = change.transaction(app.database()).await?;
        record(&mut transaction, Some(admin), 1, reason, (app.actor(), now)).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Why the session behind a cookie is over, for the page that tells the person: answered once, and
/// forgotten with that. A session that still opens doors is left alone.
pub async fn acknowledge(
    app: &App,
    id: &SecretString,
    known: KnownMode,
) -> Result<Option<EndReason>, ServiceError> {
    let now = app.now();
    let id_hash = digest(app, id);
    let limits = limits(app).await?;
    let mut connection = app.database().connection().await?;
    let sessions = app.sessions();
    let Some(stored) = sessions.find(&mut connection, &id_hash).await? else {
        return Ok(None);
    };
    let Standing::Ended(reason) = stored.session.standing(known, limits, now) else {
        return Ok(None);
    };
    let is_first = sessions.delete(&mut connection, &id_hash).await?;
    Ok(is_first.then_some(reason))
}
