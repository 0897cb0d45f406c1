//! Asking the person who is signed in to show once more who they are, before something that a
//! stolen session must not do. A password that is right leaves a confirmation behind, which the
//! action takes up in its own transaction; a fresh sign-in at the provider leaves the same.
//! A wrong one counts as a failed sign-in, and where that locks, the session is over.

use super::conclusion::lockout;
use super::known_browser::{self, Recognised};
use super::policy::SignInPolicy;
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use crate::session::{self, Current};
use crate::switch;
use data_encoding::BASE64URL_NOPAD;
use domain::audit::{Event, Kind};
use domain::identity::{Action, Confirmation};
use domain::lockout::Lockout;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::database::{Connection, Transaction};
use store::{admins, audit_events, identity_confirmations};

/// Why nobody was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityRefused {
    /// The password is not that of the person who is signed in.
    WrongPassword,
    /// Too many wrong ones: the session is over.
    Locked,
    /// The integration is on: no password is looked at.
    IntegrationIsOn,
    /// The confirmation is used up, too old, or for something else.
    Unconfirmed,
}

impl IdentityRefused {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongPassword => "identity.wrong_password",
            Self::Locked => "identity.locked",
            Self::IntegrationIsOn => "identity.integration_is_on",
            Self::Unconfirmed => "identity.unconfirmed",
        }
    }
}

/// What shows who somebody is.
pub enum Proof {
    /// The password, typed once more.
    Password {
        /// As typed.
        password: SecretString,
        /// The id by which the browser is known.
        browser: Option<SecretString>,
    },
    /// The id of a confirmation from before.
    Confirmation(SecretString),
}

/// Turns a proof into the id of a confirmation for `action`. Nothing may be said about what the
/// person wants before this: whether a new password was used before, say, tells of the present one.
pub async fn confirm(
    app: &App,
    current: &Current,
    action: Action,
    proof: Proof,
) -> Result<Result<SecretString, IdentityRefused>, ServiceError> {
    let (password, browser) = match proof {
        Proof::Confirmation(id) => return look_up(app, current, action, id).await,
        Proof::Password { password, browser } => (password, browser),
    };
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(IdentityRefused::IntegrationIsOn));
    }
    if password.expose_secret().trim().is_empty() {
        return Ok(Err(IdentityRefused::WrongPassword));
    }
    let now = app.now();
    let policy = SignInPolicy::read(&app.configuration().await?)?;
    let stored = current.admin.password_hash.clone();
    let is_right = app.verify_password(stored, password).await?;
    let mut transaction = app.database().begin().await?;
    let id = current.admin.id;
    let admin = admins::lock(&mut transaction, id).await?;
    let browser =
        known_browser::recognise(app, &mut transaction, browser.as_ref(), id, now).await?;
    let before = lockout(admin.as_ref(), browser.as_ref());
    let outcome = if before.is_locked(now) {
        Err(IdentityRefused::Locked)
    } else if is_right {
        Ok(create(app, &mut transaction, current, action, now).await?)
    } else {
        let after = before.after_failure(policy.lockout, now);
        count(&mut transaction, current, browser.as_ref(), after).await?;
        Err(match after.is_locked(now) {
            true => IdentityRefused::Locked,
            false => IdentityRefused::WrongPassword,
        })
    };
    note(
        &mut transaction,
        current,
        action,
        outcome.as_ref().err(),
        now,
    )
    .await?;
    transaction.commit().await?;
    if outcome.as_ref().err() == Some(&IdentityRefused::Locked) {
        session::end_locked(app, current).await?;
    }
    Ok(outcome)
}

/// Leaves a confirmation for who has just signed in anew at the provider.
pub(super) async fn confirm_at_provider(
    app: &App,
    transaction: &mut Connection,
    current: &Current,
    action: Action,
    now: Timestamp,
) -> Result<SecretString, ServiceError> {
    let id = create(app, transaction, current, action, now).await?;
    note(transaction, current, action, None, now).await?;
    Ok(id)
}

/// Uses a confirmation up, in the transaction of the action that it was given for.
pub(crate) async fn take(
    app: &App,
    transaction: &mut Transaction,
    current: &Current,
    action: Action,
    id: &SecretString,
    now: Timestamp,
) -> Result<Result<(), IdentityRefused>, ServiceError> {
    let taken = identity_confirmations::take(transaction, &digest(app, id)).await?;
    let is_good = is_good(taken.as_ref(), current, action, now);
    Ok(is_good.then_some(()).ok_or(IdentityRefused::Unconfirmed))
}

/// The same id, if it is of a confirmation that still holds. It is not used up by that.
async fn look_up(
    app: &App,
    current: &Current,
    action: Action,
    id: SecretString,
) -> Result<Result<SecretString, IdentityRefused>, ServiceError> {
    let mut connection = app.database().connection().await?;
    let found = identity_confirmations::find(&mut connection, &digest(app, &id)).await?;
    let is_good = is_good(found.as_ref(), current, action, app.now());
    Ok(is_good.then_some(id).ok_or(IdentityRefused::Unconfirmed))
}

fn is_good(
    confirmation: Option<&Confirmation>,
    current: &Current,
    action: Action,
    now: Timestamp,
) -> bool {
    let (admin, session) = (current.admin.id, current.id_hash());
    confirmation.is_some_and(|found| found.allows(admin, session, action, now))
}

async fn create(
    app: &App,
    connection: &mut Connection,
    current: &Current,
    action: Action,
    now: Timestamp,
) -> Result<SecretString, ServiceError> {
    let id = SecretString::from(BASE64URL_NOPAD.encode(&random::bytes::<32>()?));
    let confirmation = Confirmation {
        admin: current.admin.id,
        session: current.id_hash().to_owned(),
        action: action.code().to_owned(),
        confirmed_at: now,
    };
    identity_confirmations::create(connection, &digest(app, &id), &confirmation).await?;
    Ok(id)
}

async fn count(
    connection: &mut Connection,
    current: &Current,
    browser: Option<&Recognised>,
    lockout: Lockout,
) -> Result<(), ServiceError> {
    let id = current.admin.id;
    match browser {
        Some(browser) => browser.set_lockout(connection, id, lockout).await?,
        None => admins::set_lockout(connection, id, lockout).await?,
    }
    Ok(())
}

async fn note(
    connection: &mut Connection,
    current: &Current,
    action: Action,
    refused: Option<&IdentityRefused>,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let (admin, action) = (current.admin.id, action.code());
    let kind = match refused {
        None => Kind::IdentityConfirmed { admin, action },
        Some(refused) => Kind::IdentityRefused {
            admin,
            action,
            reason: refused.code(),
        },
    };
    let event = Event {
        at: now,
        actor: current.admin.username.clone(),
        kind,
    };
    Ok(audit_events::append(connection, &event).await?)
}

fn digest(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("identity:{}", id.expose_secret()).as_bytes())
}
