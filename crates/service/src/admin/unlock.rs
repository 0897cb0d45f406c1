//! Taking the lock off an account: `admin:user:unlock`.

use crate::app::App;
use crate::error::ServiceError;
use domain::audit::{Event, Kind};
use domain::lockout::Lockout;
use store::{admins, audit_events, known_browsers};

/// How it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// The account was locked, or had failures counted, and is free now.
    Yes,
    /// There was nothing to unlock.
    WasNotLocked,
    /// There is no such account.
    NoSuchUser,
}

/// Takes the lock and the count of failures off `username`.
pub async fn unlock(app: &App, username: &str) -> Result<Unlocked, ServiceError> {
    let now = app.now();
    let mut transaction = app.database().begin().await?;
    let Some(admin) = admins::find_by_username(&mut transaction, username).await? else {
        return Ok(Unlocked::NoSuchUser);
    };
    let unlocked_browsers = known_browsers::unlock_of(&mut transaction, admin.id).await?;
    if admin.lockout == Lockout::default() && unlocked_browsers == 0 {
        return Ok(Unlocked::WasNotLocked);
    }
    admins::set_lockout(&mut transaction, admin.id, Lockout::default()).await?;
    let kind = Kind::AdminUnlocked { admin: admin.id };
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind,
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    Ok(Unlocked::Yes)
}
