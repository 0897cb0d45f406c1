//! Which session a cookie is of, and what it is worth now. Every request of a signed-in browser
//! asks, so an answer is given up soon where the database or the session server is away: the
//! browser gets a quick "try again", and is never taken for signed out.

use super::backing::{Asked, Over};
use super::end::end_disabled;
use super::{digest, limits, withdraw};
use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;
use domain::session::{EndReason, KnownMode, Session, Standing};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use std::time::Duration;
use store::admins;
use store::database::{Connection, DatabaseError};
use store::second_factors::session_factors::SessionFactor;

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// A session that opens doors, and whose it is.
#[derive(Clone, Debug)]
pub struct Current {
    /// The session.
    pub session: Session,
    /// The person, as the database has it at this request.
    pub admin: Admin,
    /// When it ends at the latest, unless it is used again.
    pub expires_at: Timestamp,
    /// Until when it goes on at the most, where the provider that vouched for it gives no answer.
    pub grace_until: Option<Timestamp>,
    /// What was shown in it besides the password, where anything is asked for.
    pub factor: Option<SessionFactor>,
    /// Whether what the person may do has changed since the session was given its id: at the next
    /// page it gets another ([`super::rotate`]).
    pub rights_changed: bool,
    /// The digest that it is kept under.
    pub(super) id_hash: String,
}

impl Current {
    /// The digest that the session is kept under.
    pub(crate) fn id_hash(&self) -> &str {
        &self.id_hash
    }
}

/// What is behind a cookie.
#[derive(Clone, Debug)]
pub enum Found {
    /// A session that opens doors.
    Current(Box<Current>),
    /// One that is over. It is answered as often as it is asked for; who tells the person calls
    /// [`super::acknowledge`], which answers once.
    Ended(EndReason),
    /// None, or one of another mode or epoch.
    None,
}

impl Found {
    /// The session, if it opens doors.
    pub fn current(self) -> Option<Current> {
        match self {
            Self::Current(current) => Some(*current),
            Self::Ended(_) | Self::None => None,
        }
    }
}

/// The session behind a cookie. `known` is what this node may rely on. The use is noted now and
/// then.
pub async fn find(app: &App, id: &SecretString, known: KnownMode) -> Result<Found, ServiceError> {
    within_patience(Box::pin(look(app, id, known, None))).await
}

/// The same for a person who says "I am still here", and nothing else: the use is noted at once.
pub async fn extend(app: &App, id: &SecretString, known: KnownMode) -> Result<Found, ServiceError> {
    within_patience(Box::pin(look(app, id, known, Some(SignedDuration::ZERO)))).await
}

async fn within_patience(
    looking: impl Future<Output = Result<Found, ServiceError>>,
) -> Result<Found, ServiceError> {
    tokio::time::timeout(PATIENCE, looking)
        .await
        .unwrap_or_else(|_| {
            let why = format!("no answer in {} s", PATIENCE.as_secs());
            Err(DatabaseError::Unreachable(why).into())
        })
}

async fn look(
    app: &App,
    id: &SecretString,
    known: KnownMode,
    touch_after: Option<SignedDuration>,
) -> Result<Found, ServiceError> {
    let now = app.now();
    let id_hash = digest(app, id);
    // Before a connection is taken: who holds one must not wait for another.
    let limits = limits(app).await?;
    let asked = Asked::read(app).await?;
    let mut connection = app.database().connection().await?;
    let sessions = app.sessions();
    let Some(stored) = sessions.find(&mut connection, &id_hash).await? else {
        return Ok(Found::None);
    };
    let mut session = stored.session;
    let mut expires_at = match session.standing(known, limits, now) {
        Standing::Current(expires_at) => expires_at,
        Standing::Ended(reason) => return Ok(Found::Ended(reason)),
        Standing::Void => return Ok(Found::None),
    };
    let admin = admins::find_by_id(&mut connection, session.admin).await?;
    let Some(admin) = admin.filter(|admin| admin.is_active) else {
        drop(connection);
        end_disabled(app, &id_hash, session.admin, now).await?;
        return Ok(Found::Ended(EndReason::AccountDisabled));
    };
    let whose = (&session, &admin);
    let backing = asked.backing(app, &mut connection, whose, &id_hash, now);
    let backing = match backing.await? {
        Ok(backing) => backing,
        Err(over) => return give_up(app, connection, &id_hash, over).await,
    };
    let touch_after = touch_after.unwrap_or_else(|| limits.touch_after());
    if now.duration_since(session.last_seen_at) >= touch_after {
        session.last_seen_at = now;
        expires_at = limits.expires_at(&session);
        let forget_at = limits.forget_at(&session);
        sessions
            .touch(&mut connection, &id_hash, now, forget_at)
            .await?;
    }
    Ok(Found::Current(Box::new(Current {
        session,
        admin,
        expires_at,
        grace_until: backing.grace_until,
        rights_changed: backing.rights_changed,
        factor: backing.factor,
        id_hash,
    })))
}

/// Ends a session that rests on nothing any more.
async fn give_up(
    app: &App,
    mut connection: Connection,
    id_hash: &str,
    (reason, grant): Over,
) -> Result<Found, ServiceError> {
    if let Some(grant) = grant {
        drop(connection);
        // Rare, and not worth its room in every request.
        Box::pin(withdraw(app, &grant, reason)).await?;
        return Ok(Found::Ended(reason));
    }
    // One that has just got another id is there no more, and nobody has ended it.
    let is_ended = app.sessions().end(&mut connection, id_hash, reason).await?;
    Ok(match is_ended {
        true => Found::Ended(reason),
        false => Found::None,
    })
}
