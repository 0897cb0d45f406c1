//! The check of a user name and a Commerce password.
//!
//! Whatever an outsider could learn from (unknown name, wrong password, locked, inactive, expired)
//! is one refusal, after the same work. That a role is missing is told only to who knew the
//! password. The verdict is made in `domain::sign_in`, and written down in `conclusion`.

use super::conclusion::{Checked, Conclusion, Entrant, conclude};
use super::policy::SignInPolicy;
use super::throttle::{self, Challenge, Sending};
use super::verified::Verified;
use crate::app::App;
use crate::error::ServiceError;
use crate::password_queue::NOBODYS_HASH;
use crate::second_factor::pending::{self, PendingId};
use crate::switch;
use commerce::password_hash::PasswordHash;
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::puzzle::Answer;
use domain::sign_in::Refusal;
use domain::sign_in_mode::SignInMode;
use domain::throttle::Form;
use domain::username::Username;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::{admins, audit_events};

/// Why a sign-in was refused. The codes are stable; pages and API find their words by them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInRefused {
    /// Unknown name, wrong password, locked, inactive or expired: nobody outside may know which.
    BadCredentials,
    /// The password was right, but the person has no role.
    NoRole,
    /// The integration is on: no password is looked at.
    IntegrationIsOn,
    /// There were several attempts: the form is to come back with this puzzle answered. No
    /// password was looked at, and nothing was counted.
    PuzzleNeeded(Challenge),
    /// The password was right, and a second factor is asked for: what [`crate::second_factor`] goes
    /// on with, for this browser alone.
    FactorNeeded(PendingId),
}

impl SignInRefused {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadCredentials => "signin.bad_credentials",
            Self::NoRole => "signin.no_role",
            Self::IntegrationIsOn => "signin.integration_is_on",
            Self::PuzzleNeeded(_) => "signin.puzzle_needed",
            Self::FactorNeeded(_) => "signin.factor_needed",
        }
    }
}

impl From<Refusal> for SignInRefused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoRole => Self::NoRole,
            _ => Self::BadCredentials,
        }
    }
}

/// What somebody typed, at which door, and from where.
pub struct Attempt {
    /// User name as typed.
    pub username: String,
    /// Password as typed: never trimmed, never shortened.
    pub password: SecretString,
    /// Page or web API.
    pub door: Door,
    /// The sender's address, as far as it is to be believed; empty where there is none.
    pub ip: String,
    /// The browser's id, of the cookie that an earlier sign-in left.
    pub browser: Option<SecretString>,
    /// The puzzle that the form came back with.
    pub answer: Option<Answer>,
}

/// Who the attempt proves to be, or why not. Counts failures and notes the sign-in. An empty
/// field is no attempt at anybody's password, and is not counted. Nor is one that finds no place in
/// the queue: in a flood the surplus must not cost as much as a look at the database.
pub async fn check(
    app: &App,
    attempt: Attempt,
) -> Result<Result<Verified, SignInRefused>, ServiceError> {
    let door = attempt.door;
    let checked = look_at(app, attempt).await?;
    let refused = checked.as_ref().err().map(SignInRefused::code);
    app.metrics().count_sign_in(door, refused);
    Ok(checked)
}

async fn look_at(
    app: &App,
    attempt: Attempt,
) -> Result<Result<Verified, SignInRefused>, ServiceError> {
    let place = app.passwords().reserve()?;
    let now = app.now();
    let (seen, mode) = switch::current(app).await?;
    if mode == SignInMode::AdobeIms {
        return Ok(Err(SignInRefused::IntegrationIsOn));
    }
    let username = Username::typed(&attempt.username);
    if username.is_empty() || is_blank(&attempt.password) {
        return Ok(Err(SignInRefused::BadCredentials));
    }
    let policy = SignInPolicy::read(&app.configuration().await?)?;
    if attempt.door == Door::Page {
        let (sending, answer) = (sending(&username, &attempt.ip), attempt.answer.as_ref());
        let admitted = throttle::admit(app, &policy.throttle, sending, answer, now).await?;
        if let Err(challenge) = admitted {
            return Ok(Err(SignInRefused::PuzzleNeeded(challenge)));
        }
    }
    let admin = find(app, &username, &policy).await?;
    let stored = admin.as_ref().map_or_else(
        || SecretString::from(NOBODYS_HASH),
        |admin| admin.password_hash.clone(),
    );
    let is_right = app
        .verify_password_at(place, stored, attempt.password.clone())
        .await?;
    let checked = Checked {
        attempt: &attempt,
        username: &username,
        policy: &policy,
        admin: admin.as_ref(),
        is_right,
        now,
    };
    match conclude(app, &checked, seen.epoch).await? {
        Err(refusal) => Ok(Err(refusal.into())),
        Ok(Conclusion::Pending(id)) => {
            strengthen_pending(app, &checked, &id).await?;
            Ok(Err(SignInRefused::FactorNeeded(id)))
        }
        Ok(Conclusion::Entered(entrant)) => Ok(Ok(welcome(app, &checked, *entrant).await?)),
        Ok(Conclusion::SwitchedOn) => Ok(Err(SignInRefused::IntegrationIsOn)),
    }
}

/// The puzzle that the next attempt on a name will be asked for at the page's door.
pub async fn foresee_puzzle(
    app: &App,
    username: &str,
    ip: &str,
) -> Result<Option<Challenge>, ServiceError> {
    let username = Username::typed(username);
    let policy = SignInPolicy::read(&app.configuration().await?)?;
    throttle::foresee(app, &policy.throttle, sending(&username, ip), app.now()).await
}

/// What a form about a name is throttled by.
pub(super) fn sending<'a>(username: &'a Username, ip: &'a str) -> Sending<'a> {
    Sending {
        form: Form::SignIn,
        subject: username.key(),
        ip,
    }
}

async fn find(
    app: &App,
    username: &Username,
    policy: &SignInPolicy,
) -> Result<Option<Admin>, ServiceError> {
    let mut connection = app.database().connection().await?;
    let admin = admins::find_by_username(&mut connection, username.as_str()).await?;
    Ok(admin.filter(|admin| username.is_of(&admin.username, policy.is_case_sensitive)))
}

/// What is done for somebody who is in: their time does not matter to anybody outside.
async fn welcome(
    app: &App,
    checked: &Checked<'_>,
    entrant: Entrant,
) -> Result<Verified, ServiceError> {
    let Entrant {
        admin,
        introduction,
        epoch,
    } = entrant;
    let mut password_set_at = admin.password_set_at;
    if checked.attempt.door == Door::Page
        && strengthen(app, &admin, &checked.attempt.password, checked.now)
            .await?
            .is_some()
    {
        password_set_at = Some(checked.now);
    }
    Ok(Verified {
        password_age: checked.policy.lifetime.age(password_set_at, checked.now),
        admin,
        epoch,
        browser: introduction,
        factor: None,
        grant: None,
    })
}

/// The same renewal for who is still to show a second factor: only now the password is at hand.
async fn strengthen_pending(
    app: &App,
    checked: &Checked<'_>,
    pending: &PendingId,
) -> Result<(), ServiceError> {
    let Some(admin) = checked.admin.filter(|_| checked.attempt.door == Door::Page) else {
        return Ok(());
    };
    let password = &checked.attempt.password;
    if let Some(hash) = strengthen(app, admin, password, checked.now).await? {
        let mut connection = app.database().connection().await?;
        pending::rebind(app, &mut connection, pending, &hash).await?;
    }
    Ok(())
}

/// Renews a hash of an older kind. As in Commerce this counts as a new password: the clock of its
/// lifetime begins again. Where too much is waiting, the next sign-in does it. Returns the new hash.
async fn strengthen(
    app: &App,
    admin: &Admin,
    password: &SecretString,
    now: Timestamp,
) -> Result<Option<SecretString>, ServiceError> {
    let is_old = PasswordHash::parse(admin.password_hash.expose_secret())
        .is_ok_and(|hash| hash.needs_rehash());
    if !is_old {
        return Ok(None);
    }
    let hash = match app.hash_password(password.clone()).await {
        Err(ServiceError::Overloaded(_)) => return Ok(None),
        hash => hash?,
    };
    let mut transaction = app.database().begin().await?;
    let old = &admin.password_hash;
    if !admins::strengthen_password(&mut transaction, admin.id, old, &hash, now).await? {
        return Ok(None);
    }
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::PasswordStrengthened { admin: admin.id },
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    Ok(Some(hash))
}

/// A password of blanks only is as good as none.
fn is_blank(password: &SecretString) -> bool {
    password.expose_secret().trim().is_empty()
}

#[cfg(test)]
mod tests;
