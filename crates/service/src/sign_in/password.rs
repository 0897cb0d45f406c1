//! The check of a user name and a Commerce password.
//!
//! Whatever an outsider could learn from (unknown name, wrong password, locked, inactive) is one
//! refusal, after the same work. That a role is missing is told only to who knew the password.

use crate::app::App;
use crate::error::ServiceError;
use crate::password_queue::NOBODYS_HASH;
use crate::switch;
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::lockout::LockoutPolicy;
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use store::{admins, audit_events};

/// Why a sign-in was refused. The codes are stable; pages and API find their words by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRefused {
    /// Unknown name, wrong password, locked or inactive: nobody outside may know which.
    BadCredentials,
    /// The password was right, but the person has no role.
    NoRole,
    /// The integration is on: no password is looked at.
    IntegrationIsOn,
}

impl SignInRefused {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadCredentials => "signin.bad_credentials",
            Self::NoRole => "signin.no_role",
            Self::IntegrationIsOn => "signin.integration_is_on",
        }
    }
}

/// What somebody typed, and at which door.
pub struct Attempt {
    /// User name as typed.
    pub username: String,
    /// Password as typed: never trimmed, never shortened.
    pub password: SecretString,
    /// Page or web API.
    pub door: Door,
}

/// A person whose password was right, in the epoch in which it was asked for.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The person, as they were before this sign-in.
    pub admin: Admin,
    /// A session that is opened on this ground ends with this epoch: where the mode is switched
    /// between the check and the opening, the session is born void.
    pub epoch: i64,
}

/// Who the attempt proves to be, or why not. Counts failures and notes the sign-in. An empty
/// field is no attempt at anybody's password, and is not counted.
pub async fn check(
    app: &App,
    attempt: Attempt,
) -> Result<Result<Verified, SignInRefused>, ServiceError> {
    let now = app.now();
    let (seen, mode) = switch::current(app).await?;
    if mode == SignInMode::AdobeIms {
        return Ok(Err(SignInRefused::IntegrationIsOn));
    }
    if attempt.username.is_empty() || is_blank(&attempt.password) {
        return Ok(Err(SignInRefused::BadCredentials));
    }
    let admin = {
        let mut connection = app.database().connection().await?;
        admins::find_by_username(&mut connection, &attempt.username).await?
    };
    let admin = admin.filter(|admin| is_spelled_like(admin, &attempt.username));
    let stored = admin.as_ref().map_or_else(
        || SecretString::from(NOBODYS_HASH.to_owned()),
        |admin| admin.password_hash.clone(),
    );
    let is_right = app
        .verify_password(stored, attempt.password.clone())
        .await?;
    let verdict = judge(admin, is_right, now);
    record(app, &attempt, &verdict, now).await?;
    Ok(verdict
        .map(|admin| Verified {
            admin,
            epoch: seen.epoch,
        })
        .map_err(|refusal| refusal.told))
}

/// MySQL folds accents and case when it looks a name up; case is Commerce's rule, accents and
/// trailing blanks are an accident that could confuse two people.
fn is_spelled_like(admin: &Admin, typed: &str) -> bool {
    admin.username.to_lowercase() == typed.to_lowercase()
}

/// A refusal, and what it means for the account.
struct Refusal {
    told: SignInRefused,
    reason: &'static str,
    failed_account: Option<Box<Admin>>,
}

fn judge(admin: Option<Admin>, is_right: bool, now: Timestamp) -> Result<Admin, Refusal> {
    let refuse = |told, reason, failed_account| {
        Err(Refusal {
            told,
            reason,
            failed_account,
        })
    };
    let bad = SignInRefused::BadCredentials;
    match admin {
        None => refuse(bad, "unknown_username", None),
        Some(admin) if !is_right => refuse(bad, "wrong_password", Some(Box::new(admin))),
        Some(admin) if admin.lockout.is_locked(now) => refuse(bad, "locked", None),
        Some(admin) if !admin.is_active => refuse(bad, "inactive", None),
        Some(admin) if admin.role.is_none() => refuse(SignInRefused::NoRole, "no_role", None),
        Some(admin) => Ok(admin),
    }
}

/// Writes down what came of the attempt, with the count of failures or the sign-in itself.
async fn record(
    app: &App,
    attempt: &Attempt,
    verdict: &Result<Admin, Refusal>,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let mut transaction = app.database().begin().await?;
    let door = attempt.door;
    let kind = match verdict {
        Ok(admin) => {
            admins::record_sign_in(&mut transaction, admin.id, now).await?;
            Kind::SignedIn {
                admin: admin.id,
                door,
            }
        }
        Err(refusal) => {
            if let Some(admin) = &refusal.failed_account {
                let policy = lockout_policy(app).await?;
                // The state is read again here: parallel attempts must not share one count.
                if let Some(fresh) = admins::find_by_id(&mut transaction, admin.id).await? {
                    let lockout = fresh.lockout.after_failure(policy, now);
                    admins::set_lockout(&mut transaction, admin.id, lockout).await?;
                }
            }
            let username = attempt.username.chars().take(40).collect();
            Kind::SignInRefused {
                username,
                reason: refusal.reason,
                door,
            }
        }
    };
    let event = Event {
        at: now,
        actor: attempt.username.chars().take(40).collect(),
        kind,
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    Ok(())
}

async fn lockout_policy(app: &App) -> Result<LockoutPolicy, ServiceError> {
    let configuration = app.configuration().await?;
    let number = |path: &str| {
        configuration
            .integer(path)
            .map(|number| number.unwrap_or(0))
    };
    Ok(LockoutPolicy {
        failures: u16::try_from(number("admin/security/lockout_failures")?.max(0))
            .unwrap_or(u16::MAX),
        threshold: SignedDuration::from_mins(
            number("admin/security/lockout_threshold")?.clamp(0, 525_600),
        ),
    })
}

/// A password of blanks only is as good as none.
fn is_blank(password: &SecretString) -> bool {
    password.expose_secret().trim().is_empty()
}
