//! Sign-ins whose password was right and that still owe a second factor. One belongs to the browser
//! that has its id in a cookie, for ten minutes; it is over when the password, the mode or the
//! account changes.

use super::user_config;
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use data_encoding::BASE64URL_NOPAD;
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::second_factor::Enrolled;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use store::database::Connection;
use store::pending_sign_ins::{self, StoredPendingSignIn};
use store::{admins, audit_events, sign_in_mode, user_expirations};
use subtle::ConstantTimeEq;

/// How long a person has.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What a browser goes on with.
#[derive(Clone, Debug)]
pub struct PendingId(SecretString);

impl PendingId {
    /// From the cookie that it came back in.
    pub fn of_cookie(cookie: SecretString) -> Self {
        Self(cookie)
    }

    /// For the cookie.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for PendingId {
    fn eq(&self, other: &Self) -> bool {
        self.expose()
            .as_bytes()
            .ct_eq(other.expose().as_bytes())
            .into()
    }
}

impl Eq for PendingId {}

/// A sign-in that owes a second factor.
#[derive(Clone)]
pub struct Pending {
    /// Who it is, by the password.
    pub admin: Admin,
    /// What they have set up.
    pub enrolled: Enrolled,
    /// Where they wanted to go.
    pub back: Option<String>,
    /// What they had typed when their session was found to be over, sealed.
    pub kept: Option<String>,
    pub(super) stored: StoredPendingSignIn,
    pub(super) id_hash: String,
}

/// Begins one, in the transaction that found the password right.
pub(crate) async fn begin(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    epoch: i64,
    (door, ip): (Door, &str),
    now: Timestamp,
) -> Result<PendingId, ServiceError> {
    let id = SecretString::from(BASE64URL_NOPAD.encode(&random::bytes::<32>()?));
    let stored = StoredPendingSignIn {
        admin: admin.id,
        epoch,
        password_hash: password_digest(app, &admin.password_hash),
        ip: ip.to_owned(),
        back: None,
        kept: None,
        begun_at: now,
    };
    pending_sign_ins::create(connection, &digest(app, &id), &stored).await?;
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::SecondFactorAsked {
            admin: admin.id,
            door,
        },
    };
    audit_events::append(connection, &event).await?;
    Ok(PendingId(id))
}

/// Keeps where the person wanted to go, and what they had typed.
pub async fn set_errand(
    app: &App,
    id: &PendingId,
    back: Option<&str>,
    kept: Option<&str>,
) -> Result<(), ServiceError> {
    let mut connection = app.database().connection().await?;
    let id_hash = digest(app, &id.0);
    Ok(pending_sign_ins::set_errand(&mut connection, &id_hash, back, kept).await?)
}

/// The sign-in of a browser, as far as it still holds.
pub async fn find(app: &App, id: &PendingId) -> Result<Option<Pending>, ServiceError> {
    let mut connection = app.database().connection().await?;
    find_in(app, &mut connection, id).await
}

/// The same within a transaction.
pub(super) async fn find_in(
    app: &App,
    connection: &mut Connection,
    id: &PendingId,
) -> Result<Option<Pending>, ServiceError> {
    let id_hash = digest(app, &id.0);
    let Some(stored) = pending_sign_ins::find(connection, &id_hash).await? else {
        return Ok(None);
    };
    let Some(admin) = admins::find_by_id(connection, stored.admin).await? else {
        return Ok(None);
    };
    let now = app.now();
    let record = sign_in_mode::find(connection).await?;
    let expires_at = user_expirations::find(connection, admin.id).await?;
    let age = now.duration_since(stored.begun_at);
    let holds = record.is_some_and(|record| record.epoch == stored.epoch)
        && (!age.is_negative() && age < LIFETIME)
        && expires_at.is_none_or(|end| end > now)
        && admin.is_active
        && admin.role.is_some()
        && stored.password_hash == password_digest(app, &admin.password_hash);
    if !holds {
        return Ok(None);
    }
    let config = user_config::load(app, connection, &admin).await?;
    Ok(Some(Pending {
        enrolled: user_config::enrolled(app, &admin, &config)?,
        back: stored.back.clone(),
        kept: stored.kept.clone(),
        admin,
        stored,
        id_hash,
    }))
}

/// Gives a sign-in up: the person wants to be somebody else, or later.
pub async fn abandon(app: &App, id: &PendingId) -> Result<(), ServiceError> {
    let mut connection = app.database().connection().await?;
    pending_sign_ins::delete(&mut connection, &digest(app, &id.0)).await?;
    Ok(())
}

/// Binds it to the password's new hash: the same password, hashed as Commerce does today. Whatever
/// hash stands there by now may be that of another password.
pub(crate) async fn rebind(
    app: &App,
    connection: &mut Connection,
    id: &PendingId,
    hash: &SecretString,
) -> Result<(), ServiceError> {
    let bound = password_digest(app, hash);
    pending_sign_ins::bind(connection, &digest(app, &id.0), &bound).await?;
    Ok(())
}

/// The key of the forms of its pages, which only this browser can know.
pub fn form_token(app: &App, id: &PendingId) -> String {
    app.keyring()
        .keyed_digest(format!("form of pending:{}", id.expose()).as_bytes())
}

fn digest(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("pending sign-in:{}", id.expose_secret()).as_bytes())
}

fn password_digest(app: &App, hash: &SecretString) -> String {
    let hash = hash.expose_secret();
    app.keyring()
        .keyed_digest(format!("password of pending:{hash}").as_bytes())
}
