//! Recovery codes: shown once when they are made, kept by their keyed digest. The key stands in
//! `env.php` and not in the database; each code is 80 random bits. Who adds a crypt key leaves the
//! older ones there, so that sheets which were printed before stay good.
//!
//! Codes stand in for what their owner has set up. Which factors that are is written down with them,
//! and kept up at every change made here ([`follow`]). They count as long as one of those is still
//! set up. If none is, somebody has taken them away in PHP Commerce, which does not know of codes:
//! what is set up since then has an owner who may have lost the sheet.

use super::user_config;
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use commerce::second_factor::{Provider, UserConfig};
use domain::admin::{Admin, AdminId};
use domain::audit::{Event, Kind};
use domain::second_factor::recovery_code::{self, ALPHABET, COUNT, LENGTH};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::audit_events;
use store::database::{Connection, DatabaseError};
use store::second_factors::{people, recovery_codes};

/// New codes for `admin`, in place of all earlier ones.
pub(super) async fn issue(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    now: Timestamp,
) -> Result<Vec<SecretString>, ServiceError> {
    let mut codes = Vec::with_capacity(COUNT);
    for _ in 0..COUNT {
        codes.push(SecretString::from(random::text(LENGTH, ALPHABET)?));
    }
    let digest = |code| {
        app.keyring()
            .keyed_digest(message(admin.id, code).as_bytes())
    };
    let digests: Vec<String> = codes.iter().map(digest).collect();
    recovery_codes::replace(connection, admin.id, &digests, now).await?;
    let config = readable(app, connection, admin).await?;
    stand_in_for(app, connection, admin, &config).await?;
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::RecoveryCodesIssued { admin: admin.id },
    };
    audit_events::append(connection, &event).await?;
    Ok(codes)
}

/// Uses up what was typed, in a transaction that holds the account; false where it is no code of
/// `admin`, or none that is left.
pub(super) async fn use_up(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    typed: &SecretString,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let Some(code) = recovery_code::typed(typed.expose_secret()) else {
        return Ok(false);
    };
    if !keep_or_forget(app, connection, admin).await? {
        return Ok(false);
    }
    for digest in digests(app, admin.id, &code) {
        if recovery_codes::use_once(connection, admin.id, &digest, now).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether what was typed is a code of `admin` that is left, without using it up: they show that
/// they have kept their codes.
pub async fn is_left(app: &App, admin: &Admin, typed: &SecretString) -> Result<bool, ServiceError> {
    let Some(code) = recovery_code::typed(typed.expose_secret()) else {
        return Ok(false);
    };
    let mut connection = app.database().connection().await?;
    for digest in digests(app, admin.id, &code) {
        if recovery_codes::is_left(&mut connection, admin.id, &digest).await? {
            return do_count(app, &mut connection, admin).await;
        }
    }
    Ok(false)
}

/// How many codes of `admin` are left.
pub(super) async fn count_left(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<u32, ServiceError> {
    let left = recovery_codes::count_left(connection, admin.id).await?;
    match left > 0 && do_count(app, connection, admin).await? {
        true => Ok(left),
        false => Ok(0),
    }
}

/// Before `config` is stored, in a transaction that holds the account: codes that still count stand
/// in for it from now on. The others go, or they would come back with it.
pub(super) async fn follow(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    config: &UserConfig,
) -> Result<(), ServiceError> {
    keep_or_forget(app, connection, admin).await?;
    stand_in_for(app, connection, admin, config).await
}

/// Whether the codes of `admin` count; if not they are deleted. Only for who holds the account: new
/// ones may be on their way.
async fn keep_or_forget(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<bool, ServiceError> {
    let count = do_count(app, connection, admin).await?;
    if !count {
        recovery_codes::delete_of(connection, admin.id).await?;
    }
    Ok(count)
}

/// Whether one of the factors that the codes of `admin` stand in for is still set up.
async fn do_count(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<bool, ServiceError> {
    let known = people::codes_stand_in_for(connection, admin.id).await?;
    let config = readable(app, connection, admin).await?;
    let keyring = app.keyring();
    let mut factors = factors(app, admin, &config).into_iter();
    Ok(factors.any(|factor| {
        let mut digests = keyring.keyed_digests(factor.as_bytes());
        digests.any(|digest| known.contains(&digest))
    }))
}

async fn stand_in_for(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    config: &UserConfig,
) -> Result<(), ServiceError> {
    let digest = |factor: String| app.keyring().keyed_digest(factor.as_bytes());
    let factors: Vec<_> = factors(app, admin, config)
        .into_iter()
        .map(digest)
        .collect();
    Ok(people::let_codes_stand_in_for(connection, admin.id, &factors).await?)
}

/// What `admin` has set up; nothing where that cannot be read, or where Commerce's module and its
/// table are gone, since nobody gets in by it.
async fn readable(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<UserConfig, ServiceError> {
    match user_config::load(app, connection, admin).await {
        Err(ServiceError::Refused(_) | ServiceError::Database(DatabaseError::MissingTable(_))) => {
            Ok(UserConfig::default())
        }
        loaded => loaded,
    }
}

/// What is written down of each factor, by a keyed digest: an app's secret, and the id of each key.
fn factors(app: &App, admin: &Admin, config: &UserConfig) -> Vec<String> {
    let secret = config.totp_secret(app.keyring()).unwrap_or_default();
    let secret = secret.filter(|_| config.is_active(Provider::Google));
    let keys = user_config::keys(admin, config).unwrap_or_default();
    let secret = secret.map(|secret| format!("app {}", secret.expose_secret()));
    let keys = keys.iter().map(|key| format!("key {}", key.digest()));
    let told = |factor| format!("recovery codes of {} stand in for {factor}", admin.id);
    secret.into_iter().chain(keys).map(told).collect()
}

/// What a code may be stored as.
fn digests(app: &App, admin: AdminId, code: &SecretString) -> Vec<String> {
    let message = message(admin, code);
    app.keyring().keyed_digests(message.as_bytes()).collect()
}

fn message(admin: AdminId, code: &SecretString) -> String {
    format!("recovery code of {admin}:{}", code.expose_secret())
}
