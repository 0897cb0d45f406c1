//! Ending sessions by the person whose they are, and telling a browser once why its own is over.

use super::{Current, digest, end_all_in, handle, limits, record};
use crate::app::App;
use crate::error::ServiceError;
use domain::audit::{Event, Kind};
use domain::session::{EndReason, KnownMode, Standing};
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
    let mut transaction = app.database().begin().await?;
    let sessions = app.sessions();
    let Some(stored) = sessions.find(&mut transaction, &id_hash).await? else {
        return Ok(());
    };
    let was_open = stored.session.ended.is_none();
    if sessions.delete(&mut transaction, &id_hash).await? && was_open {
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
    let mut transaction = app.database().begin().await?;
    let sessions = app.sessions();
    let own = sessions.list(&mut transaction, Whose::Of(admin.id)).await?;
    let Some(found) = own
        .iter()
        .find(|stored| handle(app, &stored.id_hash) == wanted)
    else {
        return Ok(Err(HandleUnknown));
    };
    if !sessions
        .end(&mut transaction, &found.id_hash, reason)
        .await?
    {
        return Ok(Err(HandleUnknown));
    }
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
    let mut transaction = app.database().begin().await?;
    let ended = end_all_in(app, &mut transaction, whose, EndReason::EndedByOwner, by).await?;
    transaction.commit().await?;
    Ok(ended)
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
